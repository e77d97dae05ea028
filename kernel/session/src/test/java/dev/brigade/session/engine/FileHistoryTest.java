package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.History.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve("history.tsv");
  }

  private FileHistory session() {
    var history = new FileHistory(directory);
    history.begin();
    return history;
  }

  private void append(String lines) throws IOException {
    Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> inputs(List<Entry> entries) {
    return entries.stream().map(each -> each.session() + ":" + each.input()).toList();
  }

  @Test
  void aTailTakesOfEarlierSessionsWhatThisOneLacks() {
    FileHistory first = session();
    first.add(1, "a", null);
    first.add(2, "b", "2");
    FileHistory second = session();
    second.add(1, "c", null);
    assertThat(second.tail(1)).containsExactly(new Entry(2, 1, "c", null));
    assertThat(second.tail(2))
        .containsExactly(new Entry(1, 2, "b", "2"), new Entry(2, 1, "c", null));
    assertThat(inputs(second.tail(100))).containsExactly("1:a", "1:b", "2:c");
    assertThat(second.tail(0)).isEmpty();
    assertThat(second.tail(-1)).hasSize(3);
  }

  @Test
  void anInputFromLongAgoIsFound() throws IOException {
    append("3\t0\t\n3\t1\tString soup = \"hot\";\t\"hot\"\n");
    append("3\t2\tint filler = 1;\n".repeat(50_000));
    append("4\t0\t\n4\t1\tString soup = \"cold\";\n");
    FileHistory history = session();
    history.add(1, "soup", null);
    assertThat(history.search("*soup = ?hot*", 10, false))
        .containsExactly(new Entry(3, 1, "String soup = \"hot\";", "\"hot\""));
    assertThat(inputs(history.search("*soup*", 2, false)))
        .containsExactly("4:String soup = \"cold\";", "5:soup");
    assertThat(history.search("int*", -1, true)).hasSize(1);
    assertThat(history.search("int*", -1, false)).hasSize(50_000);
    assertThat(history.search("nothing", 10, false)).isEmpty();
  }

  @Test
  void whatIsWrittenInAnotherWayOnDiskIsFound() {
    FileHistory first = session();
    first.add(1, "int a;\n\tint b; // C:\\temp \u00e9\ud83d\ude00", null);
    first.add(2, "other", "int a");
    FileHistory second = session();
    for (String glob :
        List.of(
            "*a;\n\tint*",
            "*C:\\temp*",
            "*\u00e9\ud83d\ude00",
            "*\u00e9?",
            "int?a;*",
            "*;?\t*",
            "int*")) {
      assertThat(second.search(glob, 9, false)).as(glob).hasSize(1);
    }
    assertThat(second.search("", 9, false)).isEmpty();
    assertThat(second.search("int a", 9, false)).isEmpty();
  }

  @Test
  void sessionsAreCountedFromTheFirstOrBackFromThisOne() throws IOException {
    append("1\t0\t\n1\t1\ta\n2\t0\t\n2\t1\tb\n1\t2\taa\n2\t2\tbb\n");
    FileHistory history = session();
    history.add(1, "c", null);
    assertThat(inputs(history.range(1, 0, Integer.MAX_VALUE))).containsExactly("1:a", "1:aa");
    assertThat(inputs(history.range(-2, 2, 3))).containsExactly("1:aa");
    assertThat(inputs(history.range(-1, 1, 2))).containsExactly("2:b");
    assertThat(inputs(history.range(0, 1, 2))).containsExactly("3:c");
    assertThat(inputs(history.range(3, 1, 2))).containsExactly("3:c");
    assertThat(history.range(0, 2, 9)).isEmpty();
    assertThat(history.range(-3, 0, 9)).isEmpty();
    assertThat(history.range(4, 0, 9)).isEmpty();
  }

  @Test
  void whatAnotherSessionRunsMeanwhileIsThere() {
    FileHistory first = session();
    first.add(1, "a", null);
    FileHistory second = session();
    second.add(1, "b", null);
    first.add(2, "aa", null);
    assertThat(inputs(first.tail(10))).containsExactly("2:b", "1:a", "1:aa");
    assertThat(inputs(first.range(2, 0, 9))).containsExactly("2:b");
    assertThat(inputs(second.tail(10))).containsExactly("1:a", "1:aa", "2:b");
    assertThat(inputs(second.range(-1, 0, 9))).containsExactly("1:a", "1:aa");
    FileHistory third = session();
    assertThat(inputs(third.range(-1, 0, 9))).containsExactly("2:b");
  }

  @Test
  void whatIsAddedFirstGetsTheNumberOfTheSession() throws IOException {
    append("7\t0\t\n7\t1\told\n");
    var history = new FileHistory(directory);
    history.add(1, "new", null);
    assertThat(inputs(history.tail(2))).containsExactly("7:old", "8:new");
    history.add(2, "newer", null);
    assertThat(Files.readAllLines(file)).endsWith("8\t0\t", "8\t1\tnew", "8\t2\tnewer");
  }

  @Test
  void aHalfWrittenLineIsNeitherReadNorInTheWay() throws IOException {
    append("1\t0\t\n1\t1\tint a = 1;\n1\t2\tint ha");
    FileHistory history = session();
    history.add(1, "int b = 2;", null);
    append("2\t2\tint c");
    assertThat(inputs(history.tail(9))).containsExactly("1:int a = 1;", "2:int b = 2;");
    history.add(2, "int d = 4;", null);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "1\t0\t", "1\t1\tint a = 1;", "2\t0\t", "2\t1\tint b = 2;", "2\t2\tint d = 4;");
    assertThat(inputs(session().range(-1, 0, 9))).containsExactly("2:int b = 2;", "2:int d = 4;");
  }

  @Test
  void whatIsNoEntryIsPassedOver() throws IOException {
    append("x\ty\tz\n\nno tabs\n5\t1\tok\n");
    Files.write(
        file, new byte[] {'5', '\t', '2', '\t', (byte) 0xff, '\n'}, StandardOpenOption.APPEND);
    assertThat(inputs(session().tail(9))).containsExactly("5:ok", "5:\ufffd");
  }

  @Test
  void withoutAPlaceOnDiskItIsThisSessionsOnly() throws IOException {
    var memory = new FileHistory(null);
    Files.writeString(file, "");
    var nowhere = new FileHistory(file);
    for (FileHistory each : List.of(memory, nowhere)) {
      each.begin();
      each.add(1, "a", null);
      assertThat(inputs(each.tail(5))).containsExactly("1:a");
      assertThat(inputs(each.range(0, 1, 2))).containsExactly("1:a");
      assertThat(each.range(-1, 1, 2)).isEmpty();
      assertThat(each.search("*", 5, false)).hasSize(1);
    }
  }
}
