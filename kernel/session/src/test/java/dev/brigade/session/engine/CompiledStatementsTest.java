package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.engine.StatementCompiler.Statement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import org.junit.jupiter.api.Test;

class CompiledStatementsTest {
  private final CompiledStatements latest = new CompiledStatements();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Statement made(String name) {
    var outer = new ClassBytecodes("REPL." + name, bytes("\u00ff REPL/" + name + "; " + name));
    var inner = new ClassBytecodes("REPL." + name + "$1Own", bytes("REPL/" + name + "$1Own"));
    return new Statement("REPL." + name, List.of(outer, inner), true, "int", 4);
  }

  private static List<String> texts(Statement statement) {
    return statement.classes().stream()
        .map(each -> each.name() + ": " + new String(each.bytecodes(), StandardCharsets.ISO_8859_1))
        .toList();
  }

  @Test
  void aTextIsTheSameWhateverItsClassIsCalled() {
    assertThat(CompiledStatements.key("class S11 { S11() {} }", "S11"))
        .isEqualTo(CompiledStatements.key("class S12 { S12() {} }", "S12"))
        .isNotEqualTo(CompiledStatements.key("class S12 { S12() { } }", "S12"));
  }

  @Test
  void whatWasMadeIsFoundUnderANewName() {
    latest.add("key", made("S11"));
    Statement again = latest.find("key", "REPL.S12");
    Statement fresh = made("S12");
    assertThat(again).isNotNull();
    assertThat(again.name()).isEqualTo(fresh.name());
    assertThat(texts(again)).isEqualTo(texts(fresh));
    assertThat(again.shown()).isTrue();
    assertThat(again.type()).isEqualTo("int");
    assertThat(again.header()).isEqualTo(4);
  }

  @Test
  void anotherTextOrAnotherClassPathFindsNothing() {
    latest.add("key", made("S11"));
    assertThat(latest.find("other", "REPL.S12")).isNull();
    latest.clear();
    assertThat(latest.find("key", "REPL.S12")).isNull();
  }

  @Test
  void whatWouldFillTheMemoryIsNotKept() {
    var huge = new ClassBytecodes("REPL.S11", new byte[CompiledStatements.LARGEST_BYTES + 1]);
    latest.add("key", new Statement("REPL.S11", List.of(huge), true, "int", 4));
    assertThat(latest.find("key", "REPL.S12")).isNull();
  }

  @Test
  void theLatestAreKept() {
    latest.add("first", made("S11"));
    latest.add("second", made("S11"));
    for (int i = 0; i < 498; i++) latest.add("other" + i, made("S11"));
    assertThat(latest.find("first", "REPL.S12")).isNotNull();
    latest.add("one more", made("S11"));
    assertThat(latest.find("second", "REPL.S12")).isNull();
    assertThat(latest.find("first", "REPL.S12")).isNotNull();
  }
}
