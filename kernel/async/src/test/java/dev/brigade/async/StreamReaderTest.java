package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class StreamReaderTest {
  private final Program program;

  StreamReaderTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static StreamReader fed(int limit, String text) {
    var reader = new StreamReader(limit);
    reader.feed(bytes(text));
    reader.feedEof();
    return reader;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Test
  void linesComeWithoutTheirEndsAndNullAtTheEndOfTheStream() {
    program.run(
        () -> {
          var reader = fed(100, "one\ntwo\r\n\nlast");
          assertThat(await(reader.readLine())).isEqualTo("one");
          assertThat(await(reader.readLine())).isEqualTo("two");
          assertThat(await(reader.readLine())).isEmpty();
          assertThat(await(reader.readLine())).isEqualTo("last");
          assertThat(await(reader.readLine())).isNull();
          assertThat(reader.atEof()).isTrue();
        });
  }

  @Test
  void readingWaitsForWhatHasNotComeYet() {
    program.run(
        () -> {
          var reader = new StreamReader(100);
          var line = createTask(reader.readLine());
          await(sleep(1));
          reader.feed(bytes("hel"));
          await(sleep(1));
          assertThat(line.isDone()).isFalse();
          reader.feed(bytes("lo\nrest"));
          assertThat(await(line)).isEqualTo("hello");
          assertThat(text(await(reader.read(100)))).isEqualTo("rest");
        });
  }

  @Test
  void aLineLongerThanTheLimitIsAnErrorAndTheNextCallGoesOnBehindIt() {
    program.run(
        () -> {
          var reader = fed(3, "line1\nok\n");
          assertThatThrownBy(() -> await(reader.readLine()))
              .isInstanceOf(LimitOverrunError.class)
              .hasMessageContaining("limit of 3 bytes");
          assertThat(await(reader.readLine())).isEqualTo("ok");
        });
  }

  @Test
  void withoutASeparatorInReachALongLineIsDroppedWhole() {
    program.run(
        () -> {
          var reader = new StreamReader(7);
          var line = createTask(reader.readLine());
          await(sleep(0));
          reader.feed(bytes("li"));
          await(sleep(1));
          reader.feed(bytes("ne1li"));
          await(sleep(1));
          reader.feed(bytes("ne2"));
          assertThatThrownBy(() -> await(line)).isInstanceOf(LimitOverrunError.class);
          reader.feed(bytes("3\n"));
          assertThat(await(reader.readLine())).isEqualTo("3");
        });
  }

  @Test
  void readUntilKeepsTheSeparatorAndFindsItAcrossPieces() {
    program.run(
        () -> {
          var reader = new StreamReader(100);
          var chunk = createTask(reader.readUntil("AAB"));
          await(sleep(0));
          for (String piece : new String[] {"xA", "A", "A", "Bz"}) {
            reader.feed(bytes(piece));
            await(sleep(1));
          }
          assertThat(text(await(chunk))).isEqualTo("xAAAB");
        });
  }

  @Test
  void ofSeveralSeparatorsTheOneThatEndsFirstWinsAndOfTwoThatEndTogetherTheEarlier() {
    program.run(
        () -> {
          var reader = fed(100, "line 1\r\nline 2\rline 3\nend");
          assertThat(text(await(reader.readUntil(bytes("\r"), bytes("\n"), bytes("\r\n")))))
              .isEqualTo("line 1\r");
          assertThat(text(await(reader.readUntil(bytes("\r"), bytes("\n"))))).isEqualTo("\n");
          assertThat(text(await(reader.readUntil(bytes("\n"), bytes("\r"))))).isEqualTo("line 2\r");
          assertThatThrownBy(() -> await(reader.readUntil(bytes("X"), bytes("Y"))))
              .isInstanceOf(IncompleteReadError.class);
        });
  }

  @Test
  void overTheLimitReadUntilLeavesTheBytesWhereTheyAre() {
    program.run(
        () -> {
          var reader = fed(3, "some dataAA");
          var error =
              catchThrowableOfType(LimitOverrunError.class, () -> await(reader.readUntil("AA")));
          assertThat(error).hasMessageContaining("is found, but");
          assertThat(error.consumed()).isEqualTo(9);
          assertThat(text(await(reader.read(100)))).isEqualTo("some dataAA");
        });
  }

  @Test
  void readExactlyGivesAllOrTellsHowMuchCame() {
    program.run(
        () -> {
          var reader = fed(100, "abcde");
          assertThat(text(await(reader.readExactly(3)))).isEqualTo("abc");
          assertThat(await(reader.readExactly(0))).isEmpty();
          var error =
              catchThrowableOfType(IncompleteReadError.class, () -> await(reader.readExactly(5)));
          assertThat(text(error.partial())).isEqualTo("de");
          assertThat(error.expected()).isEqualTo(5);
          assertThat(error).hasMessageContaining("2 of 5 bytes");
          assertThat(reader.atEof()).isTrue();
          assertThatThrownBy(() -> reader.readExactly(-1))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  @Test
  void readGivesWhatThereIsAndNothingAtTheEnd() {
    program.run(
        () -> {
          var reader = fed(100, "abc");
          assertThat(await(reader.read(0))).isEmpty();
          assertThat(text(await(reader.read(2)))).isEqualTo("ab");
          assertThat(text(await(reader.readAll()))).isEqualTo("c");
          assertThat(await(reader.read(2))).isEmpty();
        });
  }

  @Test
  void onlyOneCoroutineMayWaitForData() {
    program.run(
        () -> {
          var reader = new StreamReader(100);
          var first = createTask(reader.read(1));
          await(sleep(0));
          assertThatThrownBy(() -> await(reader.readLine()))
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("readLine() was called while another coroutine already waits");
          first.cancel();
          await(sleep(0));
          reader.feed(bytes("x"));
          assertThat(text(await(reader.read(1)))).isEqualTo("x");
        });
  }

  @Test
  void anErrorWakesWhoWaitsAndFailsEveryLaterRead() {
    program.run(
        () -> {
          var reader = new StreamReader(100);
          var waiting = createTask(reader.readLine());
          await(sleep(0));
          reader.setError(new java.io.IOException("reset"));
          assertThatThrownBy(() -> await(waiting)).hasMessage("reset");
          assertThatThrownBy(() -> await(reader.read(1))).hasMessage("reset");
        });
  }
}
