package dev.brigade.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a copy of the runtime's `LoopTrace` in which nobody can ever listen, so that the JIT
/// compiler drops the log altogether: put before the real one on the class path, it shows what an
/// event log costs that is off.
public final class WithoutLog {
  private static final String CLASS = "dev/brigade/async/LoopTrace.class";

  /// @param arguments the directory to write to
  public static void main(String[] arguments) throws IOException {
    Path copy = Path.of(arguments[0], CLASS);
    Files.createDirectories(copy.getParent());
    Files.write(copy, withoutLog(original()));
  }

  private static byte[] original() throws IOException {
    try (InputStream in = WithoutLog.class.getClassLoader().getResourceAsStream(CLASS)) {
      if (in == null) throw new IOException(CLASS + " is not on the class path");
      return in.readAllBytes();
    }
  }

  private static byte[] withoutLog(byte[] original) {
    ClassFile files = ClassFile.of();
    return files.transformClass(
        files.parse(original),
        (copy, element) -> {
          if (element instanceof MethodModel method && method.methodName().equalsString("isOn")) {
            copy.withMethodBody(
                method.methodName(),
                method.methodType(),
                method.flags().flagsMask(),
                code -> code.iconst_0().ireturn());
          } else {
            copy.with(element);
          }
        });
  }

  private WithoutLog() {}
}
