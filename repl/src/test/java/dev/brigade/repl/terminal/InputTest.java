package dev.brigade.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InputTest {
  @Test
  void tellsQuestionsCommandsAndCodeApart() {
    assertThat(Input.of("  ")).isEqualTo(new Input.Empty());
    assertThat(Input.of("loop?")).isEqualTo(new Input.Question("loop", 0));
    assertThat(Input.of("a.b ??")).isEqualTo(new Input.Question("a.b", 1));
    assertThat(Input.of("?loop")).isEqualTo(new Input.Question("loop", 0));
    assertThat(Input.of("/exit ")).isEqualTo(new Input.Leave());
    assertThat(Input.of("/help")).isEqualTo(new Input.Help());
    assertThat(Input.of("/list -start")).isEqualTo(new Input.Code("%preload"));
    assertThat(Input.of("a ? b : c")).isEqualTo(new Input.Code("a ? b : c"));
    assertThat(Input.of("// note")).isEqualTo(new Input.Code("// note"));
  }

  @Test
  void takesPromptsOffPastedText() {
    assertThat(Input.of("In [3]: int f() {\n   ...:     return 1;\n   ...: }"))
        .isEqualTo(new Input.Code("int f() {\n    return 1;\n}"));
    assertThat(Input.of("jshell> int f() {\n   ...>   return 1; }"))
        .isEqualTo(new Input.Code("int f() {\n  return 1; }"));
  }

  @Test
  void leavesTextThatOnlyMentionsAPromptAlone() {
    assertThat(Input.of("x = \"\"\"\nIn [3]: a\n\"\"\""))
        .isEqualTo(new Input.Code("x = \"\"\"\nIn [3]: a\n\"\"\""));
  }

  @Test
  void needsNobodyToSayThatACommandOnOneLineIsComplete() {
    assertThat(Input.isOneLine("/vars")).isTrue();
    assertThat(Input.isOneLine("%time f(")).isTrue();
    assertThat(Input.isOneLine("x?")).isTrue();
    assertThat(Input.isOneLine("%%trace")).isFalse();
    assertThat(Input.isOneLine("f(")).isFalse();
  }
}
