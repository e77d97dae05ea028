package dev.brigade.async.process;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/// The names of what a lambda captured, where its class file tells them: the captured values are
/// the first parameters of the method that holds its code.
final class CapturedNames {

  /// @param index which of the captured values
  static @Nullable String name(SerializedLambda lambda, int index, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(lambda.getImplClass() + ".class")) {
      if (in == null) return null;
      for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
        if (method.methodName().equalsString(lambda.getImplMethodName())
            && method.methodType().equalsString(lambda.getImplMethodSignature())) {
          return name(method, slot(lambda, index));
        }
      }
      return null;
    } catch (IOException | IllegalArgumentException _) {
      return null;
    }
  }

  private static int slot(SerializedLambda lambda, int index) {
    boolean isStatic = lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeStatic;
    int slot = isStatic ? 0 : 1;
    int parameters = isStatic ? index : index - 1;
    if (parameters < 0) return 0;
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(lambda.getImplMethodSignature());
    for (ClassDesc each : type.parameterList().subList(0, parameters)) {
      String descriptor = each.descriptorString();
      slot += descriptor.equals("J") || descriptor.equals("D") ? 2 : 1;
    }
    return slot;
  }

  private static @Nullable String name(MethodModel method, int slot) {
    return method
        .code()
        .flatMap(
            code ->
                code.elementStream()
                    .filter(LocalVariable.class::isInstance)
                    .map(LocalVariable.class::cast)
                    .filter(variable -> variable.slot() == slot)
                    .map(variable -> variable.name().stringValue())
                    .findFirst())
        .orElse(null);
  }

  private CapturedNames() {}
}
