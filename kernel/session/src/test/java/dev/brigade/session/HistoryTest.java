package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path directory;

  private SessionDriver open() {
    return new SessionDriver(new SessionOptions(directory.resolve("data"), List.of(), false));
  }

  @Test
  void inputsOfEarlierSessionsAreKept() {
    try (var first = open()) {
      first.ok("int a = 1;\n\tint tab = 2;");
      first.ok("a + 41");
      first.error("int bad = \"a\";");
    }
    try (var second = open()) {
      second.ok("\"new\"");
      History history = second.session().history();
      assertThat(history.tail(4))
          .containsExactly(
              new History.Entry(1, 1, "int a = 1;\n\tint tab = 2;", null),
              new History.Entry(1, 2, "a + 41", "42"),
              new History.Entry(1, 3, "int bad = \"a\";", null),
              new History.Entry(2, 1, "\"new\"", "\"new\""));
      assertThat(history.range(0, 1, 2))
          .extracting(History.Entry::input)
          .containsExactly("\"new\"");
      assertThat(history.range(-1, 2, 3))
          .extracting(History.Entry::input)
          .containsExactly("a + 41");
      assertThat(history.range(1, 1, 3)).hasSize(2);
      assertThat(history.search("*a*", 10, false)).hasSize(3);
      assertThat(history.search("a ? 41", 10, true)).hasSize(1);
    }
  }

  @Test
  void repeatedInputsCountOnceWhenUniqueOnesAreWanted() {
    try (var driver = open()) {
      for (int i = 0; i < 3; i++) driver.ok("1 + 1");
      assertThat(driver.session().history().search("1*", 10, true)).hasSize(1);
      assertThat(driver.session().history().search("1*", 2, false)).hasSize(2);
    }
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    try (var driver = open()) {
      driver.ok("1");
      assertThat(driver.session().history().tail(1)).hasSize(1);
      Path file = directory.resolve("data").resolve("history.tsv");
      if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aLineThatACrashCutShortIsSkipped() throws IOException {
    try (var driver = open()) {
      driver.ok("1 + 1");
    }
    Path file = directory.resolve("data").resolve("history.tsv");
    Files.writeString(file, "1\t", StandardOpenOption.APPEND);
    try (var driver = open()) {
      driver.ok("2 + 2");
      assertThat(driver.session().history().tail(2))
          .extracting(History.Entry::input)
          .containsExactly("1 + 1", "2 + 2");
    }
  }

  @Test
  void cellsThatAreNotStoredLeaveNoTrace() {
    try (var driver = open()) {
      driver.run(new CellRequest("1 + 2", false, false, Map.of(), null, null));
      assertThat(driver.session().history().tail(5)).isEmpty();
    }
  }

  @Test
  void whatIsAddedBeforeAnythingIsReadIsKept() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("history.tsv"), "7\t1\told\n");
    try (var driver = open()) {
      driver.ok("1");
    }
    assertThat(Files.readAllLines(data.resolve("history.tsv")))
        .containsExactly("7\t1\told", "8\t0\t", "8\t1\t1\t1");
  }
}
