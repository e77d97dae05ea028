package dev.brigade.session.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlashCommandsTest {
  @Test
  void writesASlashAtTheStartOfALineAsPercent() {
    assertThat(SlashCommands.toMagics("int a = 4\n/time a\n/vars"))
        .isEqualTo("int a = 4\n%time a\n%vars");
  }

  @Test
  void leavesCommentsDivisionsAndTextBlocksAlone() {
    String source = "// a\n/* b */\nint c = 4\n  /d;\nvar t = \"\"\"\n/etc\n\"\"\";";

    assertThat(SlashCommands.toMagics(source)).isEqualTo(source);
  }

  @Test
  void aPatternAfterACommandIsNoCommentThatGoesOn() {
    assertThat(SlashCommands.toMagics("/classpath add libs/*.jar ~/x/**/*.jar\n/vars\n/* a\n/b */"))
        .isEqualTo("%classpath add libs/*.jar ~/x/**/*.jar\n%vars\n/* a\n/b */");
  }

  @Test
  void listsThePreloadForListStart() {
    assertThat(SlashCommands.toMagics("/list -start")).isEqualTo("%preload");
    assertThat(SlashCommands.toMagics("/list")).isEqualTo("%list");
  }
}
