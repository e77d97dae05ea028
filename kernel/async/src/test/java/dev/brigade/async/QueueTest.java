package dev.brigade.async;

import static dev.brigade.async.Async.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(CarrierKind.class)
final class QueueTest {
  private final Program program;

  QueueTest(CarrierKind kind) {
    program = new Program(kind);
  }

  private static <T> List<T> drain(AsyncQueue<T> queue) {
    List<T> items = new ArrayList<>();
    while (!queue.isEmpty()) items.add(queue.getNowait());
    return items;
  }

  @Test
  void eachKindOfQueueHasItsOrder() {
    program.run(
        () -> {
          for (AsyncQueue<Integer> queue :
              List.of(
                  new AsyncQueue<Integer>(),
                  new AsyncLifoQueue<Integer>(),
                  new AsyncPriorityQueue<Integer>(),
                  new AsyncPriorityQueue<Integer>(Comparator.<Integer>reverseOrder()))) {
            for (int item : List.of(1, 3, 2)) await(queue.put(item));
            program.step(drain(queue));
          }
        });
    assertThat(program.trail()).containsExactly("[1, 3, 2]", "[2, 3, 1]", "[1, 2, 3]", "[3, 2, 1]");
  }

  /// As CPython 3.13 gives them: the items are compared by their number only.
  @Test
  void equalItemsOfAPriorityQueueComeInTheOrderOfPythonsHeap() {
    var queue = new AsyncPriorityQueue<String>(Comparator.comparing(item -> item.charAt(0)));
    for (String item : "2a 1b 1c 2d 1e 1f 2g 1h 3i 1j 2k 1l".split(" ")) queue.putNowait(item);
    assertThat(String.join(" ", drain(queue))).isEqualTo("1b 1c 1f 1l 1e 1j 1h 2g 2k 2d 2a 3i");
  }

  @Test
  void itemsWithoutAnOrderAreRefusedAndThePriorityQueueStaysWhole() {
    record Order(int priority) {}
    var queue = new AsyncPriorityQueue<Object>();
    assertThatThrownBy(() -> queue.putNowait(new Order(1)))
        .isInstanceOf(MisuseError.class)
        .hasMessageContaining("Comparator.comparing(Order::priority)");
    queue.putNowait(2);
    assertThatThrownBy(() -> queue.putNowait("one")).isInstanceOf(ClassCastException.class);
    queue.putNowait(1);
    assertThat(drain(queue)).containsExactly(1, 2);
  }

  @Test
  void anItemForAReaderThatIsCancelledIsStillTheFirst() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>();
          Task<Integer> reader = createTask(queue.get());
          await(sleep(0));
          queue.putNowait(1);
          queue.putNowait(2);
          reader.cancel();
          assertThatThrownBy(() -> await(reader)).isInstanceOf(CancelledError.class);
          assertThat(await(queue.get())).isEqualTo(1);
        });
  }

  @Test
  void theWakeUpOfACancelledReaderGoesToTheNext() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>();
          Task<Integer> first = createTask(queue.get());
          Task<Integer> second = createTask(queue.get());
          Task<Integer> third = createTask(queue.get());
          await(sleep(0));
          queue.putNowait(1);
          queue.putNowait(2);
          first.cancel();
          assertThatThrownBy(() -> await(first)).isInstanceOf(CancelledError.class);
          assertThat(List.of(await(third), await(second))).containsExactlyInAnyOrder(1, 2);
        });
  }

  @Test
  void theRoomForAWriterThatIsCancelledIsNotLost() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>(1);
          queue.putNowait(1);
          Task<Void> writer = createTask(queue.put(2));
          await(sleep(0));
          assertThat(queue.getNowait()).isEqualTo(1);
          writer.cancel();
          assertThatThrownBy(() -> await(writer)).isInstanceOf(CancelledError.class);
          assertThat(queue.isEmpty()).isTrue();
          await(queue.put(2));
          assertThat(drain(queue)).containsExactly(2);
        });
  }

  @Test
  void aWriterCancelledBeforeItWaitedDoesNotHoldUpTheOthers() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>(1);
          Task<Void> a = createTask(queue.put("a"));
          Task<Void> b = createTask(queue.put("b"));
          Task<Void> c = createTask(queue.put("c"));
          await(sleep(0));
          assertThat(a.isDone()).isTrue();
          assertThat(b.isDone()).isFalse();
          c.cancel();
          await(sleep(0));
          assertThat(c.isDone()).isTrue();
          assertThat(queue.getNowait()).isEqualTo("a");
          await(sleep(0));
          assertThat(queue.getNowait()).isEqualTo("b");
          await(b);
        });
  }

  @Test
  void joinWaitsUntilAllItemsAreDone() {
    program.run(
        () -> {
          for (AsyncQueue<Integer> queue :
              List.of(
                  new AsyncQueue<Integer>(),
                  new AsyncLifoQueue<Integer>(),
                  new AsyncPriorityQueue<Integer>())) {
            await(queue.join());
            int[] sum = {0};
            for (int i = 0; i < 100; i++) queue.putNowait(i);
            List<Task<Void>> workers = new ArrayList<>();
            for (int i = 0; i < 2; i++) workers.add(createTask(worker(queue, sum)));
            await(queue.join());
            assertThat(sum[0]).isEqualTo(4950);
            workers.forEach(Task::cancel);
          }
        });
  }

  private static Coroutine<Void> worker(AsyncQueue<Integer> queue, int[] sum) {
    return async(
        () -> {
          while (true) {
            sum[0] += await(queue.get());
            await(sleep(0));
            queue.taskDone();
          }
        });
  }

  @Test
  void taskDoneTooOftenSaysTheRule() {
    program.run(
        () -> {
          var queue = new AsyncQueue<Integer>();
          queue.putNowait(1);
          queue.taskDone();
          assertThatThrownBy(queue::taskDone)
              .isInstanceOf(MisuseError.class)
              .hasMessageContaining("<AsyncQueue queue-1, items: 1> has 0 unfinished items")
              .hasMessageContaining("wrong:")
              .hasMessageContaining("right:");
        });
  }

  private static void assertShutDown(AsyncQueue<String> queue) {
    assertThatThrownBy(() -> await(queue.put("x"))).isInstanceOf(QueueShutDown.class);
    assertThatThrownBy(() -> queue.putNowait("x")).isInstanceOf(QueueShutDown.class);
    assertThatThrownBy(() -> await(queue.get())).isInstanceOf(QueueShutDown.class);
    assertThatThrownBy(queue::getNowait).isInstanceOf(QueueShutDown.class);
  }

  @Test
  void shuttingAnEmptyQueueDownWakesItsReaders() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>();
          Task<String> reader = createTask(queue.get());
          await(sleep(0));
          queue.shutdown();
          await(queue.join());
          await(sleep(0));
          assertThat(reader.error()).isInstanceOf(QueueShutDown.class);
          assertShutDown(queue);
        });
  }

  @Test
  void aQueueThatIsShutDownGivesWhatItHolds() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>(1);
          queue.putNowait("data");
          Task<Void> joiner = createTask(queue.join());
          Task<Void> writer = createTask(queue.put("more"));
          await(sleep(0));
          queue.shutdown();
          await(sleep(0));
          assertThat(writer.error()).isInstanceOf(QueueShutDown.class);
          assertThat(queue)
              .hasToString(
                  "<AsyncQueue queue-1, items: 1 of 1, unfinished: 1, shut down, waiting to join:"
                      + " Task-2>");
          assertThat(await(queue.get())).isEqualTo("data");
          await(sleep(0));
          assertThat(joiner.isDone()).isFalse();
          assertShutDown(queue);
          queue.taskDone();
          await(sleep(0));
          assertThat(joiner.isDone()).isTrue();
          assertThatThrownBy(queue::taskDone).isInstanceOf(MisuseError.class);
        });
  }

  @Test
  void anImmediateShutdownDropsTheItemsAndEndsJoin() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>();
          queue.putNowait("data");
          Task<Void> joiner = createTask(queue.join());
          await(sleep(0));
          queue.shutdown(true);
          assertThat(queue.size()).isZero();
          await(sleep(0));
          assertThat(joiner.isDone()).isTrue();
          assertShutDown(queue);
          assertThatThrownBy(queue::taskDone).isInstanceOf(MisuseError.class);
        });
  }

  @Test
  void anImmediateShutdownStillWaitsForItemsBeingWorkedOn() {
    program.run(
        () -> {
          var queue = new AsyncQueue<String>();
          queue.putNowait("one");
          queue.putNowait("two");
          Task<Void> joiner = createTask(queue.join());
          assertThat(await(queue.get())).isEqualTo("one");
          queue.shutdown(true);
          await(sleep(0));
          assertThat(joiner.isDone()).isFalse();
          assertShutDown(queue);
          queue.taskDone();
          assertThatThrownBy(queue::taskDone).isInstanceOf(MisuseError.class);
          await(sleep(0));
          assertThat(joiner.isDone()).isTrue();
        });
  }

  @Test
  void aQueueTellsWhoWaitsForWhat() {
    program.run(
        () -> {
          var orders = new AsyncQueue<Integer>(1, "orders");
          Task<Void> first = createTask(orders.put(1));
          Task<Void> second = createTask(orders.put(2));
          await(sleep(0));
          assertThat(first.isDone()).isTrue();
          assertThat(orders.snapshot())
              .isEqualTo(
                  new AsyncQueue.Snapshot(
                      "orders", 1, 1, 1, false, List.of(), List.of(second), List.of()));
          assertThat(orders)
              .hasToString(
                  "<AsyncQueue orders, items: 1 of 1, unfinished: 1, waiting to put: Task-3>");
          assertThat(second.waitingAt()).isSameAs(orders);
          second.cancel();
        });
  }
}
