package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.Async;
import dev.brigade.session.SessionOptions;
import dev.brigade.session.display.Display;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.Snippet;
import org.junit.jupiter.api.Test;

class PreloadTest {
  @Test
  void noTwoImportedPackagesHaveATypeOfTheSameName() throws Exception {
    Map<String, Set<String>> places = new TreeMap<>();
    for (PreloadImport each : Preload.IMPORTS) {
      String name = each.packageName();
      if (name == null) continue;
      for (String type : publicTypes(name)) {
        places.computeIfAbsent(type, _ -> new TreeSet<>()).add(name);
      }
    }
    for (String type : publicTypes("java.lang")) {
      if (places.containsKey(type)) places.get(type).add("java.lang");
    }
    assertThat(places).hasSizeGreaterThan(300);
    assertThat(places.entrySet()).filteredOn(entry -> entry.getValue().size() > 1).isEmpty();
  }

  @Test
  void staticNamesOfTheFacadeAndOfDisplaysDiffer() {
    Set<String> display = staticNames(Display.class);
    assertThat(display)
        .contains("display", "html")
        .doesNotContainAnyElementsOf(staticNames(Async.class));
  }

  @Test
  void anImportOfTheUsersStaysTheirs() {
    try (var shell = new Shell(SessionOptions.inMemory())) {
      Snippet theirs =
          shell.enter(() -> shell.jshell().eval("import java.util.*;").getFirst().snippet());
      new Preload(shell).loadAll();
      assertThat(shell.enter(() -> shell.jshell().status(theirs))).isEqualTo(Snippet.Status.VALID);
      assertThat(shell.enter(() -> shell.jshell().imports().count()))
          .isEqualTo(Preload.IMPORTS.size());
    }
  }

  private static Set<String> staticNames(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static Set<String> publicTypes(String packageName) throws Exception {
    String path = packageName.replace('.', '/');
    if (packageName.startsWith("dev.brigade")) {
      Class<?> beside = packageName.startsWith("dev.brigade.async") ? Async.class : Preload.class;
      Path root = Path.of(beside.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(root)) return publicTypes(root.resolve(path), packageName);
      try (var jar = FileSystems.newFileSystem(root)) {
        return publicTypes(jar.getPath(path), packageName);
      }
    }
    Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    for (String module : new String[] {"java.base", "java.net.http"}) {
      Path found = modules.resolve(module).resolve(path);
      if (Files.isDirectory(found)) return publicTypes(found, packageName);
    }
    throw new AssertionError("no such package: " + packageName);
  }

  private static Set<String> publicTypes(Path directory, String packageName) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
          .map(name -> name.substring(0, name.length() - 6))
          .filter(name -> isPublic(packageName + "." + name))
          .collect(Collectors.toSet());
    }
  }

  private static boolean isPublic(String name) {
    try {
      return Modifier.isPublic(
          Class.forName(name, false, PreloadTest.class.getClassLoader()).getModifiers());
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
