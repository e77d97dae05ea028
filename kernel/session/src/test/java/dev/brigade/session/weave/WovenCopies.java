package dev.brigade.session.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/// Woven copies of the tests' own classes.
final class WovenCopies extends ClassLoader {
  /// Lines are shifted by 1000, sites name the original.
  private static final Placement SHIFTED =
      new Placement() {
        @Override
        public String sourceFile() {
          return "In [7]";
        }

        @Override
        public int line(int classFileLine) {
          return classFileLine + 1000;
        }

        @Override
        public String site(int classFileLine) {
          return "In [7] line " + classFileLine;
        }
      };

  private final Weaver weaver = new Weaver(RedirectTable.standard(), this);

  WovenCopies() {
    super(WovenCopies.class.getClassLoader());
  }

  Class<?> weave(Class<?> type) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(file)) {
      byte[] bytes = weaver.weave(in.readAllBytes(), SHIFTED);
      return defineClass(type.getName(), bytes, 0, bytes.length);
    }
  }

  /// Calls the static method of that name.
  static Object call(Class<?> type, String name, Object... arguments) throws Throwable {
    Method method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
