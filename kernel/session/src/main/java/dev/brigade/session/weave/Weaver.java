package dev.brigade.session.weave;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Interfaces;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rewrites the classes of cells. Stateless between classes; any thread.
public final class Weaver {
  private final RedirectTable table;
  private final Hierarchy hierarchy;

  /// @param table the calls to redirect
  /// @param loader finds the classes that the woven ones extend, for their stack maps
  public Weaver(RedirectTable table, ClassLoader loader) {
    this.table = table;
    this.hierarchy = new Hierarchy(loader);
  }

  /// The woven class.
  public byte[] weave(byte[] bytes, Placement placement) {
    ClassFile classFile =
        ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy.resolver()));
    ClassModel model = classFile.parse(bytes);
    var calls =
        new CallEmitter(
            table,
            hierarchy,
            placement,
            model.thisClass().asSymbol(),
            model.flags().has(AccessFlag.INTERFACE));
    return classFile.transformClass(model, new Classes(model, calls, placement));
  }

  /// Rewrites one class in one pass: chained transforms would write and read all its code again.
  private final class Classes implements ClassTransform {
    private final CallEmitter calls;
    private final Placement placement;
    private final String type;
    private final String parent;
    private final @Nullable List<ClassEntry> interfaces;

    Classes(ClassModel model, CallEmitter calls, Placement placement) {
      this.calls = calls;
      this.placement = placement;
      this.type = model.thisClass().asInternalName().replace('/', '.');
      this.parent = model.superclass().map(ClassEntry::asInternalName).orElse("");
      this.interfaces = SerialWeaver.interfaces(model);
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
      switch (element) {
        case MethodModel method ->
            builder.transformMethod(method, MethodTransform.transformingCode(code(method)));
        case SourceFileAttribute _ -> {}
        case Interfaces _ when interfaces != null -> {}
        default -> builder.with(element);
      }
    }

    private CodeTransform code(MethodModel method) {
      String name = method.methodName().stringValue();
      var weaver = new CodeWeaver(calls, placement, type, name, firstLine(method));
      return isTimerRun(method, parent) ? new TimerTaskWeaver().andThen(weaver) : weaver;
    }

    @Override
    public void atEnd(ClassBuilder builder) {
      builder.with(SourceFileAttribute.of(placement.sourceFile()));
      calls.finish(builder);
      if (interfaces != null) builder.withInterfaces(interfaces);
    }
  }

  /// The line that a method's code begins in; 0 where it is not said.
  private static int firstLine(MethodModel method) {
    return method
        .code()
        .flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
        .flatMap(table -> table.lineNumbers().stream().findFirst())
        .map(LineNumberInfo::lineNumber)
        .orElse(0);
  }

  private boolean isTimerRun(MethodModel method, String parent) {
    return method.methodName().equalsString("run")
        && method.methodType().equalsString("()V")
        && !method.flags().has(AccessFlag.STATIC)
        && hierarchy.extendsOwner(parent, TimerTaskWeaver.RUN);
  }
}
