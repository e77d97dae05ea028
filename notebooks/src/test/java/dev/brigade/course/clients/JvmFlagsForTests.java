package dev.brigade.course.clients;

import java.util.List;

/// How the kernel's JVM is started.
final class JvmFlagsForTests {
  static final List<String> LIST =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-Djava.awt.headless=true");

  private JvmFlagsForTests() {}
}
