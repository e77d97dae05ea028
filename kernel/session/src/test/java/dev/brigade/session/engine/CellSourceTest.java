package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.engine.CellSource.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellSourceTest {
  private static List<Part> parts(String cell) {
    return CellSource.parts(cell, List.of("time", "trace")::contains);
  }

  @Test
  void codeAndMagicsAreCutInOrderWithTheirLines() {
    assertThat(parts("int a = 1;\n%time a\n\na + 1"))
        .containsExactly(
            new Part.Code("int a = 1;", 0),
            new Part.LineMagic("time", "a", 1),
            new Part.Code("\na + 1", 2));
  }

  @Test
  void aCellMagicTakesTheRest() {
    assertThat(parts("%%trace x\none\n%time two"))
        .containsExactly(new Part.CellMagic("trace", "x", "one\n%time two", 0));
  }

  @Test
  void aRemainderIsNoMagic() {
    assertThat(parts("int r = 10\n  % n;")).hasOnlyElementsOfType(Part.Code.class);
    assertThat(parts("int r = 10\n  %n;")).hasOnlyElementsOfType(Part.Code.class);
  }

  @Test
  void anUnknownNameWhereAStatementMayBeginIsAMagic() {
    assertThat(parts("%nope here")).containsExactly(new Part.LineMagic("nope", "here", 0));
  }

  @Test
  void textAndCommentsHoldNoMagic() {
    assertThat(parts("/*\n%time x\n*/\nString s = \"\"\"\n%time y\n\"\"\";")).hasSize(1);
  }

  @Test
  void aNameWithAQuestionMarkAsksForHelp() {
    assertThat(parts("Math.max?")).containsExactly(new Part.Help("Math.max", 0, 0));
    assertThat(parts("x??")).containsExactly(new Part.Help("x", 1, 0));
    assertThat(parts("int y = b ? 1 : 2;")).hasOnlyElementsOfType(Part.Code.class);
  }

  @Test
  void maskingKeepsPlacesAndLines() {
    String source = "f(\"a\\\"b\", 'c'); // note\n/* x\n y */ g(\"\"\"\n  t\"\"\");";
    String masked = JavaText.mask(source);
    assertThat(masked).hasSameSizeAs(source);
    assertThat(masked.lines().count()).isEqualTo(source.lines().count());
    assertThat(JavaText.names(source)).containsExactly("f", "g");
  }

  @Test
  void recordConstructorsBecomePublicOnce() {
    assertThat(RecordText.withPublicConstructors("record A(int n) { A { check(n); } }"))
        .isEqualTo("record A(int n) { public A { check(n); } }");
    String already = "record A(int n) { public A { check(n); } }";
    assertThat(RecordText.withPublicConstructors(already)).isEqualTo(already);
  }
}
