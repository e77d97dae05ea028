package dev.brigade.async;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How a connection or a server is made.
///
/// @param limit how far a reader looks for a separator, in bytes
/// @param tls the context for TLS, or null for none
/// @param serverName the name the server's certificate must bear; null means the host's
/// @param happyEyeballsDelay for a host with several addresses: seconds after which the next is
///     tried beside the one before (RFC 8305 advises 0.25); 0 means one after the other
/// @param backlog how many connections may wait to be accepted
/// @param writeLimits how many unsent bytes make a writer wait
public record StreamOptions(
    int limit,
    @Nullable SSLContext tls,
    @Nullable String serverName,
    double happyEyeballsDelay,
    int backlog,
    WriteLimits writeLimits) {

  /// 64 KiB, without TLS, addresses one after the other, a backlog of 100.
  public static StreamOptions defaults() {
    return new StreamOptions(
        StreamReader.DEFAULT_LIMIT, null, null, 0, 100, WriteLimits.defaults());
  }

  public StreamOptions withLimit(int bytes) {
    return new StreamOptions(bytes, tls, serverName, happyEyeballsDelay, backlog, writeLimits);
  }

  public StreamOptions withTls(SSLContext context) {
    return new StreamOptions(limit, context, serverName, happyEyeballsDelay, backlog, writeLimits);
  }

  public StreamOptions withServerName(String name) {
    return new StreamOptions(limit, tls, name, happyEyeballsDelay, backlog, writeLimits);
  }

  public StreamOptions withHappyEyeballs(double delaySeconds) {
    return new StreamOptions(limit, tls, serverName, delaySeconds, backlog, writeLimits);
  }

  public StreamOptions withBacklog(int connections) {
    return new StreamOptions(limit, tls, serverName, happyEyeballsDelay, connections, writeLimits);
  }

  public StreamOptions withWriteLimits(WriteLimits limits) {
    return new StreamOptions(limit, tls, serverName, happyEyeballsDelay, backlog, limits);
  }
}
