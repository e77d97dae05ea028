package dev.brigade.session.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brigade.session.weave.MonitorNotes.Note;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MonitorNotesTest {
  static final class Samples {
    /// What the calling thread has noted, as the classes of the monitors, innermost first.
    static List<String> noted() {
      return MonitorNotes.of(Thread.currentThread()).stream()
          .map(note -> note.monitor().getClass().getSimpleName())
          .toList();
    }

    static String nested(StringBuilder a, String b) {
      synchronized (a) {
        String outer = noted().toString();
        synchronized (b) {
          outer += noted();
        }
        return outer + noted();
      }
    }

    static String leaves(Object lock) {
      var text = new StringBuilder();
      for (int i = 0; ; i++) {
        synchronized (lock) {
          text.append(noted().size());
          if (i == 0) continue;
          if (i > 2) break;
          do {
            i++;
          } while (i < 2);
        }
      }
      return text.append(noted().size()).toString();
    }

    static void fails(Object lock) {
      synchronized (lock) {
        synchronized (lock) {
          throw new IllegalStateException(noted().toString());
        }
      }
    }

    static boolean holds(Object lock) {
      return Thread.holdsLock(lock);
    }

    static String waits(Object lock) throws InterruptedException {
      synchronized (lock) {
        lock.wait(1);
        return noted().toString();
      }
    }

    static void waitsForNobody(Object lock) throws InterruptedException {
      synchronized (lock) {
        try {
          ((Object) null).wait();
        } catch (NullPointerException _) {
          throw new IllegalStateException(noted().toString());
        }
      }
    }

    static int recurses(Object lock) {
      synchronized (lock) {
        return recurses(lock) + 1;
      }
    }
  }

  private static Class<?> woven;

  @BeforeAll
  static void weave() throws Exception {
    woven = new WovenCopies().weave(Samples.class);
  }

  @Test
  void aBlockIsNotedFromItsHeadToItsEnd() throws Throwable {
    assertThat(WovenCopies.call(woven, "nested", new StringBuilder(), "b"))
        .isEqualTo("[StringBuilder][String, StringBuilder][StringBuilder]");
    assertThat(Samples.noted()).isEmpty();
  }

  @Test
  void everyWayOutOfABlockIsNoted() throws Throwable {
    assertThat(WovenCopies.call(woven, "leaves", new Object())).isEqualTo("1110");
    assertThatThrownBy(() -> WovenCopies.call(woven, "fails", "lock"))
        .hasMessage("[String, String]");
    assertThat(Samples.noted()).isEmpty();
    assertThatThrownBy(() -> WovenCopies.call(woven, "fails", (Object) null))
        .isInstanceOf(NullPointerException.class);
    assertThat(Samples.noted()).isEmpty();
  }

  @Test
  void aWaitIsNotedAsLongAsItLasts() throws Throwable {
    assertThat(WovenCopies.call(woven, "waits", "lock")).isEqualTo("[String]");
    assertThatThrownBy(() -> WovenCopies.call(woven, "waitsForNobody", "lock"))
        .hasMessage("[String]");
    assertThat(Samples.noted()).isEmpty();
  }

  @Test
  void theEndOfTheStackLeavesNoMonitorLocked() {
    var lock = new Object();
    assertThatThrownBy(() -> WovenCopies.call(woven, "recurses", lock))
        .isInstanceOf(StackOverflowError.class);
    assertThat(Samples.holds(lock)).isFalse();
    for (Note _ : MonitorNotes.of(Thread.currentThread())) MonitorNotes.left();
  }

  @Test
  void aNoteSaysWhereItsBlockIs() {
    MonitorNotes.asks("lock", "Shop.pay");
    assertThat(MonitorNotes.of(Thread.currentThread()))
        .containsExactly(new Note("lock", "Shop.pay"));
    assertThat(MonitorNotes.threads()).contains(Thread.currentThread());
    MonitorNotes.left();
    assertThat(MonitorNotes.threads()).doesNotContain(Thread.currentThread());
  }
}
