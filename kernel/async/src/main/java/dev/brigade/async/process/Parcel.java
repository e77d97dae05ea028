package dev.brigade.async.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object graph as bytes. Classes are named with the number of their loader.
final class Parcel {
  private Parcel() {}

  /// Writes objects and tells a [Reach] of the classes and lambdas among them.
  static final class Writer extends ObjectOutputStream {
    private final Realms realms;
    private final @Nullable Reach reach;
    private final ClassLoader context;

    /// @param context sees the capturing classes of lambdas
    Writer(OutputStream out, Realms realms, ClassLoader context, @Nullable Reach reach)
        throws IOException {
      super(out);
      this.realms = realms;
      this.context = context;
      this.reach = reach;
      enableReplaceObject(true);
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
      writeInt(number(type));
      if (reach != null) reach.object(type);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
      writeInt(number(type));
    }

    private int number(Class<?> type) {
      ClassLoader loader = type.getClassLoader();
      return loader == null ? 0 : realms.number(loader);
    }

    @Override
    protected Object replaceObject(Object object) throws IOException {
      if (!(object instanceof SerializedLambda serialized)) return plain(object);
      try {
        Lambda lambda = Lambda.of(serialized, context);
        ClassLoader own = lambda.capturing().getClassLoader();
        // The JDK's own lambdas come back by its own way, which is closed to others.
        if (own == null || own == ClassLoader.getPlatformClassLoader()) return object;
        if (reach != null) reach.lambda(lambda);
        return lambda;
      } catch (ClassNotFoundException e) {
        throw new IOException("the class a lambda was written in is gone: " + e.getMessage(), e);
      }
    }
  }

  /// The JDK's views and options cannot be sent; their contents can.
  private static Object plain(Object object) {
    if (object instanceof Serializable) return object;
    return switch (object) {
      case List<?> list -> new ArrayList<>(list);
      case Set<?> set -> new LinkedHashSet<>(set);
      case Map<?, ?> map -> new LinkedHashMap<>(map);
      case Optional<?> option -> new Option(option.orElse(null));
      default -> object;
    };
  }

  /// An [Optional] on its way.
  private record Option(@Nullable Object value) implements Serializable {
    private Object readResolve() {
      return Optional.ofNullable(value);
    }
  }

  /// Reads objects.
  static final class Reader extends ObjectInputStream {
    private final Realms realms;

    Reader(byte[] bytes, Realms realms) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.realms = realms;
      enableResolveObject(true);
    }

    @Override
    protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
      return object instanceof Lambda lambda ? lambda.revive(realms.linked()) : object;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      int number = readInt();
      Class<?> primitive = primitive(description.getName());
      return primitive != null
          ? primitive
          : Class.forName(description.getName(), false, realms.loader(number));
    }

    private static @Nullable Class<?> primitive(String name) {
      return Class.forPrimitiveName(name);
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names)
        throws IOException, ClassNotFoundException {
      ClassLoader loader = realms.loader(readInt());
      var faces = new Class<?>[names.length];
      for (int i = 0; i < names.length; i++) faces[i] = Class.forName(names[i], false, loader);
      return Proxy.newProxyInstance(loader, faces, (_, _, _) -> null).getClass();
    }
  }

  /// An object by itself.
  static byte[] pack(@Nullable Object object, Realms realms, ClassLoader context)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new Writer(bytes, realms, context, null)) {
      writer.writeObject(object);
    }
    return bytes.toByteArray();
  }

  static @Nullable Object unpack(byte[] bytes, Realms realms)
      throws IOException, ClassNotFoundException {
    try (var reader = new Reader(bytes, realms)) {
      return reader.readObject();
    }
  }

  /// Code with the variables it reads and the names of those it may write.
  ///
  /// @throws CannotTravel something in it cannot be sent
  static byte[] packCode(Object code, LocalRealms realms) {
    ClassLoader context = context(code, 0);
    Field now = null;
    synchronized (realms.models()) {
      var reach = new Reach(realms.models());
      var bytes = new ByteArrayOutputStream();
      try (var writer = new Writer(bytes, realms, context, reach)) {
        writer.writeInt(realms.number(context));
        writer.writeObject(code);
        List<Field> fields;
        while (!(fields = reach.newlyRead()).isEmpty()) {
          for (Field field : fields) {
            now = field;
            writer.writeBoolean(true);
            name(writer, field);
            writer.writeObject(field.get(null));
          }
        }
        writer.writeBoolean(false);
        writer.writeInt(reach.written().size());
        for (Field field : reach.written()) name(writer, field);
      } catch (IOException
          | ReflectiveOperationException
          | RuntimeException
          | StackOverflowError e) {
        throw Luggage.refused(code, now, e);
      }
      return bytes.toByteArray();
    }
  }

  /// The loader of the code, which may be captured by code of ours: that of `map` holds the
  /// function.
  private static ClassLoader context(Object code, int depth) {
    ClassLoader loader = code.getClass().getClassLoader();
    if (loader != null && !Realms.isCommon(loader)) return loader;
    SerializedLambda lambda = depth < 4 ? Luggage.lambda(code) : null;
    for (int i = 0; lambda != null && i < lambda.getCapturedArgCount(); i++) {
      Object captured = lambda.getCapturedArg(i);
      ClassLoader found = captured == null ? null : context(captured, depth + 1);
      if (found != null && !Realms.isCommon(found)) return found;
    }
    return ClassLoader.getSystemClassLoader();
  }

  private static void name(Writer writer, Field field) throws IOException {
    writer.writeObject(field.getDeclaringClass());
    writer.writeUTF(field.getName());
  }
}
