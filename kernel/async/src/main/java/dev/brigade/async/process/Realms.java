package dev.brigade.async.process;

import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Class loaders by number, on one side of the pipes: the same number is the same place on the
/// other side. Zero is the class path and the JDK, which both sides have.
interface Realms {
  /// The number of a class's loader; zero for what both sides have.
  int number(ClassLoader loader);

  /// The loader of a number.
  ClassLoader loader(int number);

  /// The lambdas that were linked here.
  Map<Lambda.Shape, MethodHandle> linked();

  /// Whether both sides have what a loader defines.
  static boolean isCommon(@Nullable ClassLoader loader) {
    return loader == null
        || loader == ClassLoader.getPlatformClassLoader()
        || loader == ClassLoader.getSystemClassLoader();
  }
}
