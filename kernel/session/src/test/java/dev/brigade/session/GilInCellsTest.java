package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.Gil;
import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.weave.StopPoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The simulated interpreter lock in code of cells, which ticks by itself.
class GilInCellsTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok(
        """
        var inside = new AtomicInteger();
        var overlap = new AtomicBoolean();
        var turns = new AtomicInteger();
        /// Goes on until the lock has been handed over some times; between two ticks it looks
        /// whether another thread is between two ticks as well.
        void work() {
          while (Gil.report().switches() < 6) {
            if (inside.incrementAndGet() > 1) overlap.set(true);
            turns.incrementAndGet();
            inside.decrementAndGet();
          }
        }
        """);
  }

  @AfterEach
  void off() {
    Gil.off();
    Gil.switchInterval(0.005);
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void twoThreadsTakeTurnsAndNeverRunAtOnce() {
    assertThat(
            driver.value(
                """
                GilReport turned;
                try (var gil = Gil.on(0.001)) {
                  var a = new Thread(() -> work(), "a");
                  var b = new Thread(() -> work(), "b");
                  a.start();
                  b.start();
                  a.join();
                  b.join();
                  turned = Gil.report();
                }
                overlap.get() + " " + (turned.switches() >= 6) + " " + Gil.isOn()
                """))
        .isEqualTo("\"false true false\"");
    // In the order they first ran, which is the machine's choice.
    assertThat(driver.value("turned.threads().stream().map(t -> t.thread()).sorted().toList()"))
        .isEqualTo("[\"a\", \"b\"]");
    assertThat(
            driver.value("Math.round(turned.threads().stream().mapToDouble(t -> t.share()).sum())"))
        .isEqualTo("100");
    assertThat(StopPoint.isIdle()).isTrue();
  }

  @Test
  void sleepingGivesItBack() {
    EventLog log = driver.session().loop().log();
    long before = log.sequence();
    try (EventLog.Listening _ = log.listen(_ -> {})) {
      driver.ok(
          """
          try (var gil = Gil.on(60.0)) {
            var sleeper = new Thread(() -> {
              try { Thread.sleep(5); } catch (InterruptedException e) { }
            }, "sleeper");
            sleeper.start();
            sleeper.join();
          }
          """);
      assertThat(log.eventsAfter(before))
          .filteredOn(TraceEvent.GilReleased.class::isInstance)
          .map(event -> event.at().thread() + ": " + ((TraceEvent.GilReleased) event).why())
          .contains("sleeper: Thread.sleep", "sleeper: end");
    }
    assertThat(driver.value("Gil.report().withoutRelease().size()")).isEqualTo("0");
  }

  @Test
  void aContendedMonitorHangsNobody() {
    driver.ok(
        """
        try (var gil = Gil.on(60.0)) {
          var monitor = new Object();
          var taken = new CountDownLatch(1);
          var keeper = new Thread(() -> {
            synchronized (monitor) {
              taken.countDown();
              try { Thread.sleep(20); } catch (InterruptedException e) { }
            }
          });
          keeper.start();
          taken.await();
          synchronized (monitor) { }
          keeper.join();
        }
        """);
  }

  @Test
  void anInterruptEndsACellThatWaitsForIt() {
    Execution cell =
        driver.start(
            """
            Gil.on(60.0);
            var holds = new CountDownLatch(1);
            var holder = new Thread(() -> { IO.println("begun"); while (true) {} });
            holder.start();
            holds.await(1, TimeUnit.MILLISECONDS);
            while (true) {}
            """);
    driver.awaitThat(() -> driver.printed(cell.cell()).contains("begun"));
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    driver.session().interrupt();
    driver.awaitThat(() -> cell.cell().origin().workers().isEmpty());
  }
}
