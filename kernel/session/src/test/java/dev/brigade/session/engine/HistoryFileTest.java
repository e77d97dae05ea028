package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.History.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  private static final int LIMIT = 160_000;

  @TempDir Path directory;
  private Path path;

  @BeforeEach
  void place() {
    path = directory.resolve("history.tsv");
  }

  /// A program that takes a number, says it, and adds inputs: as many as it is told, or without
  /// end.
  static final class Adds {
    public static void main(String[] arguments) throws IOException {
      var file = new HistoryFile(Path.of(arguments[0]), LIMIT);
      int session = file.begin();
      int count = Integer.parseInt(arguments[1]);
      for (int i = 1; i <= count; i++) {
        file.add(new Entry(session, i, "int filler = " + i + "; // " + "x".repeat(i % 3000), null));
        if (i == 10) System.out.println(session);
      }
    }

    private Adds() {}
  }

  private Process adds(int count) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            Adds.class.getName(),
            path.toString(),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int number(Process process) throws IOException {
    try (BufferedReader out = process.inputReader()) {
      return Integer.parseInt(out.readLine());
    }
  }

  private static String lines(int session, int count) {
    var lines = new StringBuilder(session + "\t0\t\n");
    for (int i = 1; i <= count; i++) lines.append("%d\t%d\tint x;\n".formatted(session, i));
    return lines.toString();
  }

  @Test
  @Timeout(30)
  void theNumberAndTheNewestInputsOfAFileOfAnyLengthAreAtItsEnd() throws IOException {
    try (var large = new RandomAccessFile(path.toFile(), "rw")) {
      large.setLength(64L << 30); // of nothing, which takes no room
      large.seek(large.length());
      large.write(("\n" + lines(41, 500)).getBytes(StandardCharsets.UTF_8));
    }
    var file = new HistoryFile(path, Long.MAX_VALUE);
    assertThat(file.begin()).isEqualTo(42);
    var found = new ArrayList<Entry>();
    file.newestFirst(
        _ -> true,
        entry -> {
          found.add(entry);
          return found.size() < 301;
        });
    assertThat(found).startsWith(HistoryLine.mark(42), new Entry(41, 500, "int x;", null));
    assertThat(found).endsWith(new Entry(41, 201, "int x;", null));
  }

  @Test
  void theNumberIsTheNewestMarksAlsoBehindManyInputsOfAnOlderSession() throws IOException {
    Files.writeString(path, lines(5, 3) + lines(6, 1) + "5\t9\tint y;\n".repeat(10_000));
    assertThat(new HistoryFile(path, LIMIT).begin()).isEqualTo(7);
  }

  @Test
  void aLongFileIsCutToItsNewestHalf() throws IOException {
    Files.writeString(path, lines(3, 12_000));
    assertThat(new HistoryFile(path, LIMIT).begin()).isEqualTo(4);
    List<String> left = Files.readAllLines(path);
    assertThat(left).endsWith("3\t11999\tint x;", "3\t12000\tint x;", "4\t0\t");
    assertThat(Files.size(path)).isBetween(LIMIT / 2L - 20, LIMIT / 2L + 5);
    assertThat(left.getFirst()).matches("3\t\\d+\tint x;");
    assertThat(left).doesNotHaveDuplicates();
    assertThat(directory.toFile().list()).containsExactly("history.tsv");
  }

  @Test
  void aHugeInputGoesInsteadOfAllOthers() throws IOException {
    String huge = "2\t1\t" + "x".repeat(LIMIT) + "\n";
    Files.writeString(path, lines(1, 30) + lines(2, 0) + huge + lines(3, 2) + huge + "3\t3\thal");
    assertThat(new HistoryFile(path, LIMIT).begin()).isEqualTo(4);
    assertThat(Files.readString(path))
        .isEqualTo(lines(1, 30) + lines(2, 0) + lines(3, 2) + lines(4, 0));
  }

  @Test
  void whatAProcessLeftThatDiedWhileItCutTheFileIsRemoved() throws IOException {
    Files.writeString(path, lines(1, 2));
    Files.writeString(directory.resolve("history.tsv.next"), "1\t2\tint");
    assertThat(new HistoryFile(path, LIMIT).begin()).isEqualTo(2);
    assertThat(directory.toFile().list()).containsExactly("history.tsv");
    assertThat(Files.readString(path)).isEqualTo(lines(1, 2) + lines(2, 0));
  }

  @Test
  void whereAFileCannotBeCutItGoesOn() throws IOException {
    Files.writeString(path, lines(3, 12_000));
    Files.createDirectories(directory.resolve("history.tsv.next/occupied"));
    var file = new HistoryFile(path, LIMIT);
    assertThat(file.begin()).isEqualTo(4);
    assertThat(Files.readAllLines(path)).hasSize(12_002);
  }

  @Test
  @Timeout(60)
  void processesThatCutTheFileAtOnceLoseNothingOfEachOther() throws Exception {
    Files.writeString(path, lines(1, 12_000));
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 3; i++) processes.add(adds(40));
    var numbers = new ArrayList<Integer>();
    for (Process each : processes) numbers.add(number(each));
    for (Process each : processes) assertThat(each.waitFor()).isZero();
    assertThat(numbers).containsExactlyInAnyOrder(2, 3, 4);
    List<String> left = Files.readAllLines(path);
    assertThat(left).contains("1\t12000\tint x;").doesNotHaveDuplicates();
    for (int number : numbers) {
      assertThat(left).filteredOn(line -> line.startsWith(number + "\t")).hasSize(41);
    }
    assertThat(directory.toFile().list()).containsExactly("history.tsv");
  }

  @Test
  @Timeout(60)
  void aProcessThatIsKilledWhileItWritesHarmsNobody() throws Exception {
    Process process = adds(Integer.MAX_VALUE);
    assertThat(number(process)).isEqualTo(1);
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Files.writeString(path, "1\t99", StandardOpenOption.APPEND);
    var file = new HistoryFile(path, Long.MAX_VALUE);
    assertThat(file.begin()).isEqualTo(2);
    var found = new ArrayList<Entry>();
    file.newestFirst(_ -> true, found::add);
    assertThat(found.getFirst()).isEqualTo(HistoryLine.mark(2));
    assertThat(found.getLast()).isEqualTo(HistoryLine.mark(1));
    List<Entry> inputs = found.reversed().subList(1, found.size() - 1);
    assertThat(inputs).extracting(Entry::line).startsWith(1, 2, 3).doesNotHaveDuplicates();
    assertThat(inputs.getLast().line()).isEqualTo(inputs.size());
  }
}
