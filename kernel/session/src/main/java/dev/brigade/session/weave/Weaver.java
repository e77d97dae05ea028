package dev.brigade.session.weave;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.SourceFileAttribute;

/// Rewrites the classes of cells. Stateless between classes; any thread.
public final class Weaver {
  private final RedirectTable table;
  private final ClassLoader loader;

  /// @param table the calls to redirect
  /// @param loader finds the classes that the woven ones extend, for their stack maps
  public Weaver(RedirectTable table, ClassLoader loader) {
    this.table = table;
    this.loader = loader;
  }

  /// The woven class.
  public byte[] weave(byte[] bytes, Placement placement) {
    // Not cached beyond one class: a later cell may redeclare a type of the same name.
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader)
                    .orElse(ClassHierarchyResolver.defaultResolver())));
    ClassTransform code =
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            String name = method.methodName().stringValue();
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    CodeTransform.ofStateful(() -> new CodeWeaver(table, placement, name))));
          } else {
            builder.with(element);
          }
        };
    ClassTransform sourceFile =
        ClassTransform.dropping(SourceFileAttribute.class::isInstance)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(SourceFileAttribute.of(placement.sourceFile()))));
    return classFile.transformClass(classFile.parse(bytes), code.andThen(sourceFile));
  }
}
