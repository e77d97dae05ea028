package dev.brigade.session.weave;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Puts `begin` and `end` around the `run` of a timer's task: the timer gives the task itself to
/// its thread, so nothing can be wrapped.
final class TimerTaskWeaver implements CodeTransform {
  /// What the class must extend for its `run` to be one.
  static final WovenCall RUN = new Around("java/util/TimerTask", "run", "", Around.Kind.HAND_OVER);

  private static final ClassDesc JOBS = ClassDesc.of("dev.brigade.async.WovenJobs");
  private static final MethodTypeDesc BEGIN =
      MethodTypeDesc.of(ConstantDescs.CD_Object, ClassDesc.of("java.util.TimerTask"));
  private static final MethodTypeDesc END =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

  private static final MethodTypeDesc END_THROWN =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Throwable, ConstantDescs.CD_Object);

  private int began;
  private Label start;
  private Label handler;
  private boolean hasCode;

  @SuppressWarnings("NullAway.Init") // set by atStart, which comes first
  TimerTaskWeaver() {}

  @Override
  public void atStart(CodeBuilder builder) {
    began = builder.allocateLocal(TypeKind.REFERENCE);
    handler = builder.newLabel();
    builder.aload(0).invokestatic(JOBS, "begin", BEGIN).astore(began);
    start = builder.newBoundLabel();
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      close(builder);
      builder.aload(began).invokestatic(JOBS, "end", END).with(element);
      start = builder.newBoundLabel();
      return;
    }
    if (element instanceof Instruction) hasCode = true;
    builder.with(element);
  }

  /// An empty range is not allowed in a class file.
  private void close(CodeBuilder builder) {
    if (hasCode) builder.exceptionCatchAll(start, builder.newBoundLabel(), handler);
    hasCode = false;
  }

  @Override
  public void atEnd(CodeBuilder builder) {
    close(builder);
    builder.labelBinding(handler);
    builder.dup().aload(began).invokestatic(JOBS, "end", END_THROWN).athrow();
  }
}
