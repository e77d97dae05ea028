package dev.brigade.async.process;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;

/// A lookup of a class's own strength. Only such a one may link lambdas, and the class of another
/// loader, being of another module, gives less: so a class beside it is asked.
final class FullLookup {
  private static final String BESIDE = "BrigadeLookup$";

  static MethodHandles.Lookup of(Class<?> type) throws ReflectiveOperationException {
    MethodHandles.Lookup own = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    if (own.hasFullPrivilegeAccess()) return own;
    var beside = (MethodHandles.Lookup) beside(own, type).getMethod("lookup").invoke(null);
    return MethodHandles.privateLookupIn(type, beside);
  }

  private static Class<?> beside(MethodHandles.Lookup own, Class<?> type)
      throws ReflectiveOperationException {
    try {
      return own.defineClass(bytes(ClassDesc.of(type.getPackageName(), BESIDE)));
    } catch (LinkageError _) { // it is there
      String start = type.getPackageName().isEmpty() ? "" : type.getPackageName() + ".";
      return Class.forName(start + BESIDE, true, type.getClassLoader());
    }
  }

  private static byte[] bytes(ClassDesc name) {
    return ClassFile.of()
        .build(
            name,
            builder ->
                builder
                    .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                    .withMethodBody(
                        "lookup",
                        MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup),
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code ->
                            code.invokestatic(
                                    ConstantDescs.CD_MethodHandles,
                                    "lookup",
                                    MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup))
                                .areturn()));
  }

  private FullLookup() {}
}
