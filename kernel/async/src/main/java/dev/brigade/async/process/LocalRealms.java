package dev.brigade.async.process;

import java.lang.classfile.ClassModel;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/// The loaders of this process that a worker has been told of. Any thread.
public final class LocalRealms implements Realms {
  // Weak, because a class that nothing else holds is looked at no more. Used by one thread at a
  // time.
  private final Map<Class<?>, ClassModel> models = new WeakHashMap<>();
  private final Map<Lambda.Shape, MethodHandle> linked = new ConcurrentHashMap<>();
  // Guarded by this; its index is one less than the number.
  private final List<ClassLoader> loaders = new ArrayList<>();

  @Override
  public Map<Lambda.Shape, MethodHandle> linked() {
    return linked;
  }

  /// What the code of classes was found to be; for the thread that holds its monitor.
  Map<Class<?>, ClassModel> models() {
    return models;
  }

  @Override
  public synchronized int number(ClassLoader loader) {
    if (Realms.isCommon(loader)) return 0;
    int index = loaders.indexOf(loader);
    if (index < 0) {
      loaders.add(loader);
      index = loaders.size() - 1;
    }
    return index + 1;
  }

  @Override
  public synchronized ClassLoader loader(int number) {
    return number == 0 ? ClassLoader.getSystemClassLoader() : loaders.get(number - 1);
  }
}
