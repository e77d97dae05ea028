package dev.brigade.session.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
  @TempDir Path directory;

  @Test
  void readsTheCodeCellsOfANotebookInOrder() throws Exception {
    Path file =
        write(
            "a.ipynb",
            """
            {"nbformat": 4, "nbformat_minor": 5,
             "metadata": {"kernelspec": {"language": "java", "name": "brigade"}},
             "cells": [
              {"cell_type": "markdown", "metadata": {}, "source": "# a"},
              {"cell_type": "code", "metadata": {}, "source": ["int a = 1;\\n", "a"]},
              {"cell_type": "code", "metadata": {}, "source": "  "},
              {"cell_type": "code", "metadata": {"tags": ["skip-execution"]}, "source": "b"},
              {"cell_type": "code", "metadata": {"tags": ["raises-exception"]}, "source": "1/0"}]}
            """);

    assertThat(read(file).steps())
        .containsExactly(
            Step.of("cell 2", "int a = 1;\na"), new Step("cell 5", "1/0", false, true));
  }

  @Test
  void saysWhereANotebookBreaks() throws Exception {
    Path file = write("bad.ipynb", "{\"cells\": [\n  {\"cell_type\": }]}");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(UnreadableFile.class)
        .hasMessageContaining("bad.ipynb is not a notebook: the JSON breaks at line 2, column 17");
  }

  @Test
  void refusesWhatIsNoNotebookForJava() throws Exception {
    assertThatThrownBy(() -> read(write("list.ipynb", "[]")))
        .hasMessageContaining("no list of cells");
    assertThatThrownBy(() -> read(write("cell.ipynb", "{\"cells\": [{}]}")))
        .hasMessageContaining("its cell 1 has no cell_type");
    assertThatThrownBy(() -> read(write("src.ipynb", "{\"cells\": [{\"cell_type\": \"code\"}]}")))
        .hasMessageContaining("its cell 1 has no source");
    assertThatThrownBy(() -> read(write("old.ipynb", "{\"nbformat\": 3}")))
        .hasMessageContaining("notebook format 3, brigade reads format 4");
    assertThatThrownBy(
            () ->
                read(
                    write(
                        "py.ipynb",
                        "{\"cells\": [], \"metadata\": {\"kernelspec\": {\"language\":"
                            + " \"python\"}}}")))
        .hasMessageContaining("is a notebook for python; brigade runs Java");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    assertThatThrownBy(() -> read(directory.resolve("none.jsh")))
        .hasMessageContaining("There is no file")
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(() -> read(write("a.py", "")))
        .hasMessageContaining("must end in .ipynb, .jsh or .java, not in .py");
    assertThatThrownBy(() -> read(Files.createDirectory(directory.resolve("d.jsh"))))
        .hasMessageContaining("is a directory");
    Path latin = directory.resolve("latin.jsh");
    Files.write(latin, "var é = 1;".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(latin)).hasMessageContaining("not UTF-8");
  }

  @Test
  void runsAScriptAsOneCellWhoseSlashLinesAreCommands() throws Exception {
    Path file = write("a.jsh", "int a = 1;\r\n/vars\nint b = 2;\n/exit\nnonsense(");

    assertThat(read(file).steps())
        .containsExactly(Step.of("a.jsh", "int a = 1;\n%vars\nint b = 2;\n"));
  }

  @Test
  void callsTheMainOfACompactFile() throws Exception {
    String source = "record Main(int x) {}\nvoid helper() {}\nvoid main() { helper(); }\n";

    assertThat(read(write("Hello.java", source)).steps())
        .containsExactly(
            new Step("Hello.java", "import module java.base;", true, false),
            Step.of("Hello.java", source),
            Step.of("main of Hello.java", "main();"));
  }

  @Test
  void callsTheMainOfTheFirstClassThatHasOne() throws Exception {
    String source =
        "package a.b;\nimport java.util.List;\nclass A {}\npublic class B {\n"
            + "  void main() {}\n  public static void main(String... args) {}\n}\n";
    Path file = write("B.java", source);

    assertThat(Program.read(file, List.of("x \"y\"", "\\é")).steps())
        .containsExactly(
            Step.of("B.java", source.replace("package a.b;", "            ")),
            Step.of("main of B.java", "B.main(new String[] {\"x \\\"y\\\"\", \"\\\\\\u00e9\"});"));
  }

  @Test
  void makesAnObjectForAnInstanceMain() throws Exception {
    assertThat(read(write("C.java", "class C { void main() {} }")).steps().getLast().code())
        .isEqualTo("new C().main();");
  }

  @Test
  void saysWhereAProgramBreaksAndWhetherMainIsMissing() throws Exception {
    assertThatThrownBy(() -> read(write("Bad.java", "void main() {\n  int x = ;\n}")))
        .hasMessageContaining(
            "Bad.java does not compile: line 2, column 11: illegal start of expression");
    assertThatThrownBy(() -> read(write("No.java", "class No { private void main() {} }")))
        .hasMessageContaining("No.java has no main method");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Program read(Path file) throws UnreadableFile {
    return Program.read(file, List.of());
  }
}
