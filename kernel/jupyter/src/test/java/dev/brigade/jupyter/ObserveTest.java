package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.session.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests that only look, while a cell is stuck.
class ObserveTest {
  private final KernelDriver kernel = KernelDriver.start();
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void aCellCanBeStuck() {
    kernel.session.scripts.put(
        "stuck",
        scene -> {
          scene.print("begun");
          go.await();
          return new Outcome.Done();
        });
    kernel.session.scripts.put(
        "%tasks",
        scene -> {
          scene.print("a task\n");
          return new Outcome.Done();
        });
  }

  @AfterEach
  void everyRequestWasAnsweredOnce() {
    go.countDown();
    kernel.close();
  }

  @Test
  void isAnsweredWhileACellRunsUnderTheCountOfThatCell() {
    String stuck = kernel.sendExecute("stuck");
    kernel.await(stuck, "stream");

    String look = kernel.sendExecute("%tasks");

    assertThat(kernel.words(look))
        .containsExactly("busy", "execute_input", "stdout:a task\n", "execute_reply", "idle");
    assertThat(kernel.replyOf(look).content())
        .containsEntry("status", "ok")
        .containsEntry("execution_count", 1);
    assertThat(kernel.await(look, "stream").content()).containsEntry("text", "a task\n");
    assertThat(kernel.of(stuck)).noneMatch(Seen::isReply);
    go.countDown();
    assertThat(kernel.replyOf(stuck).content()).containsEntry("execution_count", 1);
    assertThat(kernel.execute("1+1").content()).containsEntry("execution_count", 2);
  }

  @Test
  void overtakesCellsThatWaitAndLeavesTheirOrder() {
    String stuck = kernel.sendExecute("stuck");
    kernel.await(stuck, "stream");
    String next = kernel.sendExecute("1+1");

    kernel.execute("%tasks");

    assertThat(kernel.of(next)).isEmpty();
    go.countDown();
    assertThat(kernel.replyOf(next).content()).containsEntry("execution_count", 2);
  }

  @Test
  void isNotAbortedBehindAFailedCellAndAbortsNobodyItself() {
    kernel.session.scripts.put("%cancel 9", _ -> ScriptedSession.failed("NoSuchTask", "9"));
    String stuck = kernel.sendExecute("stuck");
    String next = kernel.sendExecute("1+1");

    String look = kernel.sendExecute("%cancel 9");

    assertThat(kernel.words(look))
        .containsExactly("busy", "execute_input", "error", "execute_reply", "idle");
    go.countDown();
    for (String id : List.of(stuck, next)) {
      assertThat(kernel.replyOf(id).content()).containsEntry("status", "ok");
    }
  }

  @Test
  void aSilentOneShowsNoInput() {
    String look = kernel.sendShell("execute_request", Map.of("code", "%tasks", "silent", true));

    assertThat(kernel.words(look))
        .containsExactly("busy", "stdout:a task\n", "execute_reply", "idle");
  }
}
