package dev.brigade.session.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;

/// Rewrites the classes of cells. Stateless between classes; any thread.
public final class Weaver {
  private final RedirectTable table;
  private final ClassLoader loader;
  private final Hierarchy hierarchy;

  /// @param table the calls to redirect
  /// @param loader finds the classes that the woven ones extend, for their stack maps
  public Weaver(RedirectTable table, ClassLoader loader) {
    this.table = table;
    this.loader = loader;
    this.hierarchy = new Hierarchy(loader);
  }

  /// The woven class.
  public byte[] weave(byte[] bytes, Placement placement) {
    // Not cached beyond one class: a later cell may redeclare a type of the same name.
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel model = classFile.parse(bytes);
    var calls =
        new CallEmitter(
            table,
            hierarchy,
            placement,
            model.thisClass().asSymbol(),
            model.flags().has(AccessFlag.INTERFACE));
    String parent = model.superclass().map(ClassEntry::asInternalName).orElse("");
    ClassTransform code =
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            String name = method.methodName().stringValue();
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    CodeTransform.ofStateful(
                        () -> {
                          var weaver = new CodeWeaver(calls, placement, name);
                          return isTimerRun(method, parent)
                              ? new TimerTaskWeaver().andThen(weaver)
                              : weaver;
                        })));
          } else {
            builder.with(element);
          }
        };
    ClassTransform sourceFile =
        ClassTransform.dropping(SourceFileAttribute.class::isInstance)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(SourceFileAttribute.of(placement.sourceFile()))))
            .andThen(ClassTransform.endHandler(calls::finish));
    ClassTransform serial = SerialWeaver.of(model.flags().has(AccessFlag.INTERFACE));
    return classFile.transformClass(model, code.andThen(sourceFile).andThen(serial));
  }

  private boolean isTimerRun(MethodModel method, String parent) {
    return method.methodName().equalsString("run")
        && method.methodType().equalsString("()V")
        && !method.flags().has(AccessFlag.STATIC)
        && hierarchy.extendsOwner(parent, TimerTaskWeaver.RUN);
  }
}
