package dev.brigade.session.weave;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rewrites the code of one method.
final class CodeWeaver implements CodeTransform {
  private static final ClassDesc WOVEN = ClassDesc.of("dev.brigade.async.Woven");
  private static final ClassDesc STOP_POINTS = ClassDesc.of(StopPoint.class.getName());
  private static final String COROUTINE = "Ldev/brigade/async/Coroutine;";
  private static final DynamicCallSiteDesc STOP_POINT =
      DynamicCallSiteDesc.of(
          MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC,
              STOP_POINTS,
              "bootstrap",
              MethodTypeDesc.of(
                  ConstantDescs.CD_CallSite,
                  ConstantDescs.CD_MethodHandles_Lookup,
                  ConstantDescs.CD_String,
                  ConstantDescs.CD_MethodType)),
          "stopPoint",
          ConstantDescs.MTD_void);

  private static final Pattern LAMBDA_NUMBER = Pattern.compile("(\\$[0-9a-f]{1,8})?\\$\\d+$");

  private static final ClassDesc NOTES = ClassDesc.of(MonitorNotes.class.getName());
  private static final MethodTypeDesc ASKS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_String);

  private final CallEmitter calls;
  private final Placement placement;
  private final String function;
  private final String frame;
  private final int firstLine;
  private final Set<Label> passed = new HashSet<>();
  private @Nullable InvokeDynamicEntry stopPoint;
  private int line;
  private boolean coroutineOnTop;
  private boolean hasUnlocked;

  /// @param type the name of the class
  /// @param method the name of the method in the class file
  /// @param firstLine the line of the class file that its code begins in, or 0
  CodeWeaver(CallEmitter calls, Placement placement, String type, String method, int firstLine) {
    this.firstLine = firstLine;
    this.frame = type + "." + method;
    this.calls = calls;
    this.function = function(method);
    this.placement = placement;
  }

  /// Before all of the method's own code, so that no handler of its own gets the stop.
  @Override
  public void atStart(CodeBuilder builder) {
    placeLine(builder, firstLine);
    Label goOn = builder.newLabel();
    builder
        .getstatic(STOP_POINTS, "asked", ConstantDescs.CD_boolean)
        .ifeq(goOn)
        .invokestatic(STOP_POINTS, "entered", ConstantDescs.MTD_void)
        .labelBinding(goOn);
  }

  private void placeLine(CodeBuilder builder, int classFileLine) {
    int placed = classFileLine > 0 ? placement.line(classFileLine) : 0;
    if (placed > 0) builder.lineNumber(placed);
  }

  /// The entry is made once for each method: from its description it takes a dozen look-ups.
  private void stopPoint(CodeBuilder builder) {
    InvokeDynamicEntry entry = stopPoint;
    if (entry == null) {
      entry = builder.constantPool().invokeDynamicEntry(STOP_POINT);
      stopPoint = entry;
    }
    builder.invokedynamic(entry);
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    if (element instanceof Instruction) noteUnlocked(builder);
    boolean dropsCoroutine =
        coroutineOnTop && element instanceof StackInstruction stack && stack.opcode() == Opcode.POP;
    if (element instanceof Instruction) coroutineOnTop = false;
    if (dropsCoroutine) {
      builder
          .ldc(placement.site(line))
          .invokestatic(
              WOVEN,
              "dropped",
              MethodTypeDesc.of(
                  ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_String));
      return;
    }
    switch (element) {
      case LabelTarget target -> {
        passed.add(target.label());
        builder.with(element);
      }
      case LineNumber number -> {
        line = number.line();
        placeLine(builder, line);
      }
      case InvokeInstruction invoke -> {
        coroutineOnTop = invoke.type().stringValue().endsWith(COROUTINE);
        calls.call(builder, invoke, function, line);
      }
      case MonitorInstruction monitor -> {
        if (monitor.opcode() == Opcode.MONITORENTER) {
          builder.dup().ldc(frame).invokestatic(NOTES, "asks", ASKS);
        } else {
          hasUnlocked = true;
        }
        builder.with(element);
      }
      case InvokeDynamicInstruction dynamic -> calls.dynamic(builder, dynamic, function, line);
      default -> {
        if (goesBack(element)) stopPoint(builder);
        builder.with(element);
      }
    }
  }

  /// Behind the end of the range in which an error unlocks once more, which is no instruction.
  private void noteUnlocked(CodeBuilder builder) {
    if (hasUnlocked) builder.invokestatic(NOTES, "left", ConstantDescs.MTD_void);
    hasUnlocked = false;
  }

  private boolean goesBack(CodeElement element) {
    return switch (element) {
      case BranchInstruction branch -> passed.contains(branch.target());
      case LookupSwitchInstruction lookup ->
          passed.contains(lookup.defaultTarget())
              || lookup.cases().stream().anyMatch(c -> passed.contains(c.target()));
      case TableSwitchInstruction tableSwitch ->
          passed.contains(tableSwitch.defaultTarget())
              || tableSwitch.cases().stream().anyMatch(c -> passed.contains(c.target()));
      default -> false;
    };
  }

  /// The name in source of the method that code stands in: a lambda's code belongs to the method
  /// around it, and code at the top level of a cell to none.
  private static String function(String method) {
    String name = method;
    if (name.startsWith("lambda$")) {
      // A serialisable lambda has a hash between the method's name and its own number.
      name = LAMBDA_NUMBER.matcher(name.substring("lambda$".length())).replaceFirst("");
    }
    return name.isEmpty() || name.startsWith("do_it$") || name.startsWith("<") ? "coroutine" : name;
  }
}
