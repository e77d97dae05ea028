package dev.brigade.session.weave;

import java.io.Serializable;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the classes and records of cells serialisable, and their lambdas, so that a learner never
/// has to write it to send them to another process.
final class SerialWeaver {
  private static final ClassDesc SERIALIZABLE = ClassDesc.of(Serializable.class.getName());
  private static final DirectMethodHandleDesc SERIALIZING =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          ClassDesc.of(LambdaMetafactory.class.getName()),
          "altMetafactory",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_Object.arrayType()));

  /// What a class of a cell implements then.
  ///
  /// @return null where that is as written
  static @Nullable List<ClassEntry> interfaces(ClassModel model) {
    if (model.flags().has(AccessFlag.INTERFACE)) return null;
    for (ClassEntry each : model.interfaces()) {
      if (each.asInternalName().equals("java/io/Serializable")) return null;
    }
    var interfaces = new ArrayList<ClassEntry>(model.interfaces());
    interfaces.add(ConstantPoolBuilder.of().classEntry(SERIALIZABLE));
    return interfaces;
  }

  /// Whether an instruction makes a lambda or a method reference, by either metafactory.
  static boolean isLambda(InvokeDynamicInstruction dynamic) {
    return bootstrap(dynamic).owner().name().equalsString("java/lang/invoke/LambdaMetafactory");
  }

  private static MemberRefEntry bootstrap(InvokeDynamicInstruction dynamic) {
    return dynamic.invokedynamic().bootstrap().bootstrapMethod().reference();
  }

  /// Whether the arguments of a metafactory ask for a serialisable lambda.
  static boolean isSerializable(List<ConstantDesc> arguments) {
    return arguments.size() > 3
        && arguments.get(3) instanceof Integer flags
        && (flags & LambdaMetafactory.FLAG_SERIALIZABLE) != 0;
  }

  /// Makes a lambda with these arguments instead, and serialisable where it has no flags yet.
  static void lambda(
      CodeBuilder builder, InvokeDynamicInstruction dynamic, List<ConstantDesc> arguments) {
    boolean plain = bootstrap(dynamic).name().equalsString("metafactory");
    if (plain) arguments.add(LambdaMetafactory.FLAG_SERIALIZABLE);
    builder.invokedynamic(
        DynamicCallSiteDesc.of(
            plain ? SERIALIZING : dynamic.bootstrapMethod(),
            dynamic.name().stringValue(),
            dynamic.typeSymbol(),
            arguments.toArray(ConstantDesc[]::new)));
  }

  private SerialWeaver() {}
}
