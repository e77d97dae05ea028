package dev.brigade.async.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// In a worker: the parent's loaders, and the questions to the parent about what they have.
final class RemoteRealms implements Realms, RemoteLoader.Questions {
  private final Frames frames;
  private final Map<Integer, RemoteLoader> loaders = new ConcurrentHashMap<>();
  private final Map<Long, CompletableFuture<byte[]>> open = new ConcurrentHashMap<>();
  private final Map<Lambda.Shape, MethodHandle> linked = new ConcurrentHashMap<>();
  private final AtomicLong count = new AtomicLong();

  RemoteRealms(Frames frames) {
    this.frames = frames;
  }

  @Override
  public int number(ClassLoader loader) {
    return loader instanceof RemoteLoader remote ? remote.number() : 0;
  }

  @Override
  public ClassLoader loader(int number) {
    return number == 0 ? ClassLoader.getSystemClassLoader() : remote(number);
  }

  @Override
  public Map<Lambda.Shape, MethodHandle> linked() {
    return linked;
  }

  @Override
  public RemoteLoader remote(int number) {
    return loaders.computeIfAbsent(number, n -> new RemoteLoader(n, this));
  }

  @Override
  public RemoteLoader.Found find(int loader, String className) throws ClassNotFoundException {
    try (var answer = ask(Frames.Kind.CLASS, loader, className)) {
      int found = answer.readInt();
      if (found < 0) throw new ClassNotFoundException(className);
      return new RemoteLoader.Found(found, answer.readAllBytes());
    } catch (IOException e) {
      throw new ClassNotFoundException(className, e);
    }
  }

  @Override
  public List<String> resources(int loader, String name) {
    try (var answer = ask(Frames.Kind.RESOURCES, loader, name)) {
      var found = new ArrayList<String>();
      for (int n = answer.readInt(); n > 0; n--) found.add(answer.readUTF());
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DataInputStream ask(Frames.Kind kind, int loader, String name) throws IOException {
    long question = count.incrementAndGet();
    var answer = new CompletableFuture<byte[]>();
    open.put(question, answer);
    var body = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(body)) {
      out.writeInt(loader);
      out.writeUTF(name);
    }
    frames.write(kind, question, body.toByteArray());
    return new DataInputStream(new ByteArrayInputStream(answer.join()));
  }

  /// The parent's answer came.
  void answered(long question, byte[] body) {
    CompletableFuture<byte[]> answer = open.remove(question);
    if (answer != null) answer.complete(body);
  }
}
