package dev.brigade.async.process;

/// Where in a worker process something was thrown: the cause of what comes out of the job's future.
/// Python: `concurrent.futures.process._RemoteTraceback`.
public final class RemoteTrace extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RemoteTrace(String worker, StackTraceElement[] frames) {
    super("thrown in " + worker, null, false, true);
    setStackTrace(frames);
  }
}
