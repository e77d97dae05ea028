package dev.brigade.async.process;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lambda on its way to another process: the method that holds its code, and what it captured.
///
/// Unlike the JDK's own form it needs nothing in the capturing class, so any lambda that was linked
/// as serialisable can travel, also one whose functional interface is not.
///
/// @param names the names of the captured variables where the class file tells them; not sent
record Lambda(
    Class<?> capturing,
    Class<?> functional,
    String method,
    String erased,
    int kind,
    Class<?> owner,
    String implementation,
    String descriptor,
    String instantiated,
    @Nullable Object[] captured)
    implements Serializable {

  /// @param loader sees the capturing class
  static Lambda of(SerializedLambda lambda, ClassLoader loader) throws ClassNotFoundException {
    var captured = new Object[lambda.getCapturedArgCount()];
    for (int i = 0; i < captured.length; i++) captured[i] = lambda.getCapturedArg(i);
    Class<?> capturing = find(lambda.getCapturingClass(), loader);
    ClassLoader own = capturing.getClassLoader() == null ? loader : capturing.getClassLoader();
    return new Lambda(
        capturing,
        find(lambda.getFunctionalInterfaceClass(), own),
        lambda.getFunctionalInterfaceMethodName(),
        lambda.getFunctionalInterfaceMethodSignature(),
        lambda.getImplMethodKind(),
        find(lambda.getImplClass(), own),
        lambda.getImplMethodName(),
        lambda.getImplMethodSignature(),
        lambda.getInstantiatedMethodType(),
        captured);
  }

  private static Class<?> find(String internalName, ClassLoader loader)
      throws ClassNotFoundException {
    return Class.forName(internalName.replace('/', '.'), false, loader);
  }

  /// What is the same for every lambda of one place in the source.
  record Shape(
      Class<?> capturing,
      Class<?> functional,
      String method,
      Class<?> owner,
      int kind,
      String implementation,
      String descriptor,
      String instantiated) {}

  /// The lambda again.
  ///
  /// @param linked makes the lambdas of each place: to link one takes far longer than to make one
  Object revive(Map<Shape, MethodHandle> linked) throws InvalidObjectException {
    var shape =
        new Shape(
            capturing, functional, method, owner, kind, implementation, descriptor, instantiated);
    try {
      MethodHandle maker = linked.get(shape);
      if (maker == null) {
        maker = link();
        linked.put(shape, maker);
      }
      return maker.invokeWithArguments(captured);
    } catch (Throwable e) { // invokeWithArguments declares it
      var invalid = new InvalidObjectException("the lambda cannot be made again: " + e);
      invalid.initCause(e);
      throw invalid;
    }
  }

  private MethodHandle link() throws ReflectiveOperationException, LambdaConversionException {
    MethodHandles.Lookup lookup = FullLookup.of(capturing);
    MethodHandle code = code(lookup);
    List<Class<?>> types = code.type().parameterList().subList(0, captured.length);
    MethodType sam = type(erased);
    var arguments = new ArrayList<Object>();
    arguments.add(sam);
    arguments.add(code);
    arguments.add(type(instantiated));
    List<MethodType> bridges = bridges(sam);
    arguments.add(
        LambdaMetafactory.FLAG_SERIALIZABLE
            | (bridges.isEmpty() ? 0 : LambdaMetafactory.FLAG_BRIDGES));
    if (!bridges.isEmpty()) {
      arguments.add(bridges.size());
      arguments.addAll(bridges);
    }
    return LambdaMetafactory.altMetafactory(
            lookup, method, MethodType.methodType(functional, types), arguments.toArray())
        .getTarget();
  }

  private MethodType type(String text) {
    return MethodType.fromMethodDescriptorString(text, capturing.getClassLoader());
  }

  private MethodHandle code(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
    MethodType type = type(descriptor);
    return switch (kind) {
      case MethodHandleInfo.REF_invokeStatic -> lookup.findStatic(owner, implementation, type);
      case MethodHandleInfo.REF_newInvokeSpecial -> lookup.findConstructor(owner, type);
      case MethodHandleInfo.REF_invokeSpecial ->
          lookup.findSpecial(owner, implementation, type, capturing);
      default -> lookup.findVirtual(owner, implementation, type);
    };
  }

  /// The other descriptors that the functional interface's method has, by its generic parents.
  private List<MethodType> bridges(MethodType sam) {
    var found = new ArrayList<MethodType>();
    for (Method each : functional.getMethods()) {
      MethodType type = MethodType.methodType(each.getReturnType(), each.getParameterTypes());
      if (Modifier.isAbstract(each.getModifiers())
          && each.getName().equals(method)
          && !type.equals(sam)
          && !found.contains(type)) {
        found.add(type);
      }
    }
    return found;
  }
}
