package dev.brigade.session.weave;

import java.io.Serializable;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Interfaces;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.LambdaMetafactory;
import java.util.ArrayList;
import java.util.List;

/// Makes the classes and records of cells serialisable, and their lambdas, so that a learner never
/// has to write it to send them to another process.
final class SerialWeaver implements ClassTransform {
  private static final ClassDesc SERIALIZABLE = ClassDesc.of(Serializable.class.getName());
  private static final ClassDesc FACTORY = ClassDesc.of(LambdaMetafactory.class.getName());
  private static final DirectMethodHandleDesc SERIALIZING =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          FACTORY,
          "altMetafactory",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_Object.arrayType()));

  private final boolean isInterface;
  private final List<ClassDesc> interfaces = new ArrayList<>();

  private SerialWeaver(boolean isInterface) {
    this.isInterface = isInterface;
  }

  /// For one class.
  static ClassTransform of(boolean isInterface) {
    return ClassTransform.ofStateful(() -> new SerialWeaver(isInterface))
        .andThen(ClassTransform.transformingMethodBodies(SerialWeaver::lambda));
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof Interfaces named) {
      named.interfaces().forEach(each -> interfaces.add(each.asSymbol()));
    }
    builder.with(element);
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    if (isInterface || interfaces.contains(SERIALIZABLE)) return;
    interfaces.add(SERIALIZABLE);
    builder.withInterfaceSymbols(interfaces);
  }

  private static void lambda(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction dynamic
        && dynamic.bootstrapMethod().owner().equals(FACTORY)
        && dynamic.bootstrapMethod().methodName().equals("metafactory")) {
      var arguments = new ArrayList<ConstantDesc>(dynamic.bootstrapArgs());
      arguments.add(LambdaMetafactory.FLAG_SERIALIZABLE);
      builder.invokedynamic(
          DynamicCallSiteDesc.of(
              SERIALIZING,
              dynamic.name().stringValue(),
              dynamic.typeSymbol(),
              arguments.toArray(ConstantDesc[]::new)));
    } else {
      builder.with(element);
    }
  }
}
