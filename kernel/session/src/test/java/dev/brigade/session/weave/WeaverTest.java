package dev.brigade.session.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.async.Woven;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeaverTest {
  static final class Samples {
    static volatile long count;
    static final CountDownLatch[] begun = {new CountDownLatch(1)};

    static void loops() {
      begun[0].countDown();
      while (true) count++;
    }

    static void doLoops() {
      begun[0].countDown();
      do {
        count++;
      } while (count != Long.MIN_VALUE);
    }

    static int recurses() {
      begun[0].countDown();
      while (true) {
        try {
          return recurses() + 1;
        } catch (StackOverflowError e) {
          count++;
        }
      }
    }

    static int fails(int n) {
      return 1 / n;
    }

    static void exits() {
      System.exit(3);
    }

    static String shapes(Object o) {
      return switch (o) {
        case Integer i when i > 3 -> "big";
        case Integer _ -> "int";
        case String s -> {
          var parts = new ArrayList<String>();
          for (String part : s.split(",")) {
            if (part.isEmpty()) continue;
            parts.add(part.trim());
          }
          yield String.join("-", parts);
        }
        default -> Stream.of(1, 2).map(x -> x + 1).toList().toString();
      };
    }
  }

  static List<String> endless() {
    return List.of("loops", "doLoops", "recurses");
  }

  @ParameterizedTest
  @MethodSource("endless")
  void aStopEndsItsThreadAndNoOther(String method) throws Exception {
    Class<?> woven = new WovenCopies().weave(Samples.class);
    var failures = new ArrayList<AtomicReference<Throwable>>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      var failure = new AtomicReference<Throwable>();
      failures.add(failure);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      WovenCopies.call(woven, method);
                    } catch (Throwable e) {
                      failure.set(e);
                    }
                  }));
    }
    ((CountDownLatch[]) field(woven, "begun"))[0].await(20, TimeUnit.SECONDS);
    StopPoint.stop(threads.getFirst());
    assertThat(threads.getFirst().join(java.time.Duration.ofSeconds(20))).isTrue();
    assertThat(failures.getFirst().get()).isInstanceOf(Stopped.class);
    assertThat(threads.getLast().isAlive()).isTrue();
    StopPoint.stop(threads.getLast());
    assertThat(threads.getLast().join(java.time.Duration.ofSeconds(20))).isTrue();
    threads.forEach(StopPoint::spare);
    assertThat(StopPoint.isIdle()).isTrue();
  }

  private static Object field(Class<?> type, String name) throws ReflectiveOperationException {
    var field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field.get(null);
  }

  @Test
  void aWishTakenBackStopsNobody() throws Throwable {
    Class<?> woven = new WovenCopies().weave(Samples.class);
    StopPoint.stop(Thread.currentThread());
    StopPoint.spare(Thread.currentThread());
    assertThat(StopPoint.isIdle()).isTrue();
    assertThat(WovenCopies.call(woven, "shapes", "a, b,,c")).isEqualTo("a-b-c");
  }

  @Test
  void wovenCodeComputesTheSame() throws Throwable {
    Class<?> woven = new WovenCopies().weave(Samples.class);
    for (Object argument : List.of(1, 9, "x,,y", 2.5)) {
      assertThat(WovenCopies.call(woven, "shapes", argument)).isEqualTo(Samples.shapes(argument));
    }
  }

  @Test
  void framesCarryTheCellsLines() throws Exception {
    Class<?> woven = new WovenCopies().weave(Samples.class);
    assertThatThrownBy(() -> WovenCopies.call(woven, "fails", 0))
        .isInstanceOf(ArithmeticException.class)
        .satisfies(
            thrown -> {
              StackTraceElement frame = thrown.getStackTrace()[0];
              assertThat(frame.getFileName()).isEqualTo("In [7]");
              assertThat(frame.getLineNumber()).isGreaterThan(1000);
            });
  }

  @Test
  void leavingTheProgramIsRefused() throws Exception {
    Class<?> woven = new WovenCopies().weave(Samples.class);
    assertThatThrownBy(() -> WovenCopies.call(woven, "exits")).isInstanceOf(ExitRefused.class);
  }

  @Test
  void everyLineOfTheTableNamesMethodsThatExist() throws Exception {
    var lines = new ArrayList<>(JdkCalls.ALL);
    lines.addAll(SiteCalls.ALL);
    assertThat(lines).hasSizeGreaterThan(200);
    for (WovenCall line : lines) {
      assertThat(methods(line.owner()))
          .as("replaced: %s", line)
          .anyMatch(method -> method.startsWith(line.name() + "(" + line.parameters() + ")"));
      if (line instanceof Redirect redirect) {
        assertThat(methods(redirect.target()))
            .as("called instead: %s", line)
            .contains(redirect.targetName() + redirect.targetDescriptor());
      }
    }
  }

  private static List<String> methods(String internalName) throws ClassNotFoundException {
    Class<?> type = Class.forName(internalName.replace('/', '.'));
    return Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
        .map(
            method ->
                method.getName()
                    + java.lang.invoke.MethodType.methodType(
                            method.getReturnType(), method.getParameterTypes())
                        .descriptorString())
        .toList();
  }

  @Test
  void everyWovenMethodHasItsLine() {
    long expected =
        Arrays.stream(Woven.class.getDeclaredMethods())
            .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
            .filter(method -> !method.getName().equals("dropped"))
            .count();
    assertThat(SiteCalls.ALL).hasSize((int) expected);
  }
}
