package dev.brigade.session.weave;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes woven calls into the methods of one class, and the methods that stand for method
/// references to them.
final class CallEmitter {
  /// How the names of methods begin that the weaver adds.
  static final String ADDED = "brigade$";

  private static final DirectMethodHandleDesc LINKER =
      MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC,
          ClassDesc.of(CallSites.class.getName()),
          "bootstrap",
          MethodTypeDesc.of(
              ConstantDescs.CD_CallSite,
              ConstantDescs.CD_MethodHandles_Lookup,
              ConstantDescs.CD_String,
              ConstantDescs.CD_MethodType,
              ConstantDescs.CD_MethodHandle,
              ConstantDescs.CD_String,
              ConstantDescs.CD_String,
              ConstantDescs.CD_int));
  private static final ClassDesc THREADS = ClassDesc.of("dev.brigade.async.WovenThreads");
  private static final ClassDesc CLOCK = ClassDesc.of("dev.brigade.async.WovenClock");
  private static final MethodTypeDesc THREAD_BODY =
      MethodTypeDesc.ofDescriptor("(Ljava/lang/Runnable;)Ljava/lang/Runnable;");

  private final RedirectTable table;
  private final Hierarchy hierarchy;
  private final Placement placement;
  private final ClassDesc thisClass;
  private final boolean isInterface;
  private final List<Consumer<ClassBuilder>> added = new ArrayList<>();

  CallEmitter(
      RedirectTable table,
      Hierarchy hierarchy,
      Placement placement,
      ClassDesc thisClass,
      boolean isInterface) {
    this.table = table;
    this.hierarchy = hierarchy;
    this.placement = placement;
    this.thisClass = thisClass;
    this.isInterface = isInterface;
  }

  /// A call as the table wants it, or as it is.
  void call(CodeBuilder builder, InvokeInstruction invoke, String function, int line) {
    String owner = invoke.owner().asInternalName();
    String name = invoke.name().stringValue();
    String descriptor = invoke.type().stringValue();
    if (invoke.opcode() == Opcode.INVOKESPECIAL) {
      special(builder, invoke, owner, name, descriptor);
      return;
    }
    boolean isStatic = invoke.opcode() == Opcode.INVOKESTATIC;
    WovenCall woven = table.find(owner, name, descriptor, isStatic, hierarchy);
    if (woven == null) {
      builder.with(invoke);
      return;
    }
    DirectMethodHandleDesc.Kind kind = kind(isStatic, invoke.isInterface());
    emit(
        builder,
        woven,
        MethodHandleDesc.ofMethod(kind, invoke.owner().asSymbol(), name, invoke.typeSymbol()),
        isStatic,
        function,
        line);
  }

  private static DirectMethodHandleDesc.Kind kind(boolean isStatic, boolean onInterface) {
    if (isStatic) {
      return onInterface
          ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
          : DirectMethodHandleDesc.Kind.STATIC;
    }
    return onInterface
        ? DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL
        : DirectMethodHandleDesc.Kind.VIRTUAL;
  }

  private void emit(
      CodeBuilder builder,
      WovenCall woven,
      DirectMethodHandleDesc original,
      boolean isStatic,
      String function,
      int line) {
    switch (woven) {
      case Redirect redirect -> {
        switch (redirect.extra()) {
          case NOTHING -> {}
          case SITE -> builder.ldc(placement.site(line));
          case FUNCTION_AND_SITE -> builder.ldc(function).ldc(placement.site(line));
        }
        builder.invokestatic(
            ClassDesc.ofInternalName(redirect.target()),
            redirect.targetName(),
            MethodTypeDesc.ofDescriptor(redirect.targetDescriptor()));
      }
      case Around around ->
          builder.invokedynamic(
              DynamicCallSiteDesc.of(
                  LINKER,
                  original.methodName(),
                  original.invocationType(),
                  original,
                  around.label(),
                  around.kind().name(),
                  isStatic ? 0 : 1));
    }
  }

  /// The two constructors of the table.
  private static void special(
      CodeBuilder builder, InvokeInstruction invoke, String owner, String name, String descriptor) {
    if (name.equals("<init>") && owner.equals("java/lang/Thread")) {
      if (descriptor.endsWith("Ljava/lang/Runnable;)V")) {
        builder.invokestatic(THREADS, "body", THREAD_BODY);
      } else if (descriptor.endsWith("Ljava/lang/Runnable;Ljava/lang/String;)V")) {
        builder.swap().invokestatic(THREADS, "body", THREAD_BODY).swap();
      }
    } else if (name.equals("<init>")
        && owner.equals("java/util/Date")
        && descriptor.equals("()V")) {
      builder.invokestatic(CLOCK, "currentTimeMillis", MethodTypeDesc.of(ConstantDescs.CD_long));
      builder.invokespecial(
          ClassDesc.of("java.util.Date"),
          "<init>",
          MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
      return;
    }
    builder.with(invoke);
  }

  /// A method reference to a woven call refers to an added method that makes it; every lambda
  /// becomes serialisable. A serialisable reference is left: another program must find the method
  /// under its name.
  void dynamic(CodeBuilder builder, InvokeDynamicInstruction dynamic, String function, int line) {
    List<ConstantDesc> written =
        SerialWeaver.isLambda(dynamic) ? dynamic.bootstrapArgs() : List.of();
    if (written.isEmpty() || SerialWeaver.isSerializable(written)) {
      builder.with(dynamic);
      return;
    }
    var arguments = new ArrayList<>(written);
    DirectMethodHandleDesc reference = reference(arguments.get(1), function, line);
    if (reference != null) arguments.set(1, reference);
    SerialWeaver.lambda(builder, dynamic, arguments);
  }

  /// The added method for a reference to a woven call; null for any other.
  private @Nullable DirectMethodHandleDesc reference(
      ConstantDesc implementation, String function, int line) {
    if (!(implementation instanceof DirectMethodHandleDesc original)) return null;
    boolean isStatic =
        switch (original.kind()) {
          case STATIC, INTERFACE_STATIC -> true;
          default -> false;
        };
    boolean isVirtual =
        switch (original.kind()) {
          case VIRTUAL, INTERFACE_VIRTUAL -> true;
          default -> false;
        };
    if (!isStatic && !isVirtual) return null;
    String owner = internalName(original.owner());
    WovenCall woven =
        table.find(owner, original.methodName(), original.lookupDescriptor(), isStatic, hierarchy);
    if (woven == null) return null;
    MethodTypeDesc type = original.invocationType();
    String name = ADDED + original.methodName() + "$" + added.size();
    added.add(
        to -> add(to, name, type, code -> emit(code, woven, original, isStatic, function, line)));
    return MethodHandleDesc.ofMethod(
        isInterface
            ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
            : DirectMethodHandleDesc.Kind.STATIC,
        thisClass,
        name,
        type);
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return type.isArray() ? descriptor : descriptor.substring(1, descriptor.length() - 1);
  }

  private static void add(
      ClassBuilder to, String name, MethodTypeDesc type, Consumer<CodeBuilder> call) {
    to.withMethodBody(
        name,
        type,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          for (int i = 0; i < type.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(type.parameterType(i)), code.parameterSlot(i));
          }
          call.accept(code);
          code.return_(TypeKind.from(type.returnType()));
        });
  }

  /// Adds what method references need. Called once, after all methods.
  void finish(ClassBuilder builder) {
    added.forEach(each -> each.accept(builder));
  }
}
