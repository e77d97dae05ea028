package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.async.trace.EventLog;
import dev.brigade.async.trace.TraceEvent;
import dev.brigade.session.weave.TableListing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every line of the table of woven calls, called in a cell.
class WovenCallsTest {
  private record Case(String call, String code, String expected) {
    @Override
    public String toString() {
      return call;
    }

    String prepared() {
      return "prepare(\"" + label() + "\"); " + code;
    }

    /// As the log names it.
    String label() {
      return call.substring(0, call.indexOf('('));
    }
  }

  /// What the cases use. Its threads belong to the cell that declares it.
  private static final String DECLARATIONS =
      """
      import dev.brigade.async.trace.*;
      String call = "";
      volatile CountDownLatch ends = new CountDownLatch(1);
      void hold() { try { ends.await(); } catch (InterruptedException e) { } }
      void letGo() { ends.countDown(); }
      void prepare(String name) {
        letGo();
        ends = new CountDownLatch(1);
        call = name;
        first = new CompletableFuture<>();
        second = new CompletableFuture<>();
      }

      /// Runs code in another thread when this cell begins to wait in the call of the case.
      void soon(Action then) {
        var done = new AtomicBoolean();
        String wanted = call;
        loop.log().listen(event -> {
          if (event instanceof TraceEvent.ThreadWaits waits && waits.call().equals(wanted)
              && waits.task() != 0 && done.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().start(() -> {
              try { then.run(); } catch (Exception e) { e.printStackTrace(); }
            });
          }
        });
      }

      /// Another thread takes something, and gives it back when this cell waits.
      void held(Action take, Action give) throws Exception {
        var taken = new CountDownLatch(1);
        var wanted = new CountDownLatch(1);
        soon(wanted::countDown);
        Thread.ofPlatform().daemon().start(() -> {
          try {
            take.run();
            taken.countDown();
            wanted.await();
            give.run();
          } catch (Exception e) { e.printStackTrace(); }
        });
        taken.await();
      }

      var file = Files.createTempFile("woven", ".txt");
      var scratch = Files.createTempFile("scratch", ".txt");
      file.toFile().deleteOnExit();
      scratch.toFile().deleteOnExit();
      Files.writeString(file, "some text\\nin lines\\n");
      java.nio.ByteBuffer bytes() { return java.nio.ByteBuffer.allocate(3); }
      java.net.InetSocketAddress here(int port) {
        return new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port);
      }
      java.net.ServerSocket server() throws IOException {
        var server = new java.net.ServerSocket();
        server.bind(here(0));
        return server;
      }
      InputStream slowly(String text) {
        return new SequenceInputStream(
            new ByteArrayInputStream(new byte[0]), new ByteArrayInputStream(text.getBytes()));
      }
      void answer(java.net.ServerSocket server) throws IOException {
        try (var socket = server.accept()) {
          socket.getInputStream().read(new byte[1000]);
          socket.getOutputStream().write(
              "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok".getBytes());
          socket.getOutputStream().flush();
        }
      }
      HttpClient client = HttpClient.newHttpClient();

      Object readTime = null;
      void read(Object time) { readTime = time; }

      Semaphore done = new Semaphore(0);
      void said() throws InterruptedException { done.acquire(); }
      Runnable say = () -> { IO.println("said"); done.release(); };
      Callable<Object> called = () -> { say.run(); return "v"; };
      Supplier<Object> supplied = () -> { say.run(); return "v"; };
      Function<Object, Object> applied = x -> { say.run(); return "v"; };
      Function<Object, CompletionStage<Object>> composed =
          x -> { say.run(); return CompletableFuture.completedFuture("v"); };
      Consumer<Object> accepted = x -> say.run();
      BiFunction<Object, Object, Object> combined = (x, y) -> { say.run(); return "v"; };
      BiConsumer<Object, Object> both = (x, y) -> say.run();
      class Say extends TimerTask { public void run() { say.run(); } }

      ExecutorService pool = Executors.newSingleThreadExecutor();
      ScheduledExecutorService timed = Executors.newSingleThreadScheduledExecutor();
      Timer timer = new Timer(true);
      pool.submit(() -> 0).get();
      timed.submit(() -> 0).get();
      BlockingQueue<Runnable> old = new LinkedBlockingQueue<>();
      Thread.ofPlatform().daemon().start(() -> {
        while (true) {
          try { old.take().run(); } catch (InterruptedException e) { return; }
        }
      });
      void inOld(Runnable code) { old.add(code); }
      CompletableFuture<Object> first = null;
      CompletableFuture<Object> second = null;
      void begin() { inOld(() -> { second.complete("v"); first.complete("v"); }); }
      void fail() { inOld(() -> first.completeExceptionally(new IllegalStateException())); }
      """;

  private static SessionDriver driver;
  private static Cell declared;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    declared = driver.ok(DECLARATIONS).cell();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  /// A cell that hangs must not take the other cases with it.
  private static CellResult ok(String code) {
    try {
      return driver.ok(code);
    } catch (AssertionError e) {
      driver.session().interrupt();
      driver.session().interrupt();
      throw e;
    }
  }

  private static Map<String, Case> all() {
    var cases = new LinkedHashMap<String, Case>();
    try (InputStream in = WovenCallsTest.class.getResourceAsStream("woven-calls.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) continue;
        String[] parts = line.split(" : ", 2);
        String[] code = parts[1].split(" ==> ", 2);
        cases.put(parts[0], new Case(parts[0], code[0], code.length > 1 ? code[1] : ""));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return cases;
  }

  private static List<Case> ofKinds(List<String> kinds) {
    Map<String, Case> cases = all();
    return TableListing.lines().stream()
        .filter(line -> kinds.contains(line.kind()))
        .map(line -> cases.get(line.call()))
        .filter(each -> each != null)
        .toList();
  }

  static List<Case> waits() {
    return ofKinds(List.of("WAIT", "HAND_OVER_AND_WAIT"));
  }

  static List<Case> handOvers() {
    return ofKinds(List.of("HAND_OVER", "HAND_OVER_AND_WAIT"));
  }

  static List<Case> times() {
    return ofKinds(List.of("CLOCK", "INSTEAD")).stream()
        .filter(
            each ->
                Character.isDigit(each.expected().charAt(each.expected().length() - 1))
                    || each.expected().endsWith("Z"))
        .toList();
  }

  @Test
  void everyLineOfTheTableHasACaseAndEveryCaseALine() {
    assertThat(all().keySet())
        .containsExactlyInAnyOrderElementsOf(
            TableListing.lines().stream().map(TableListing.Line::call).toList());
  }

  @ParameterizedTest
  @MethodSource("waits")
  void theLogShowsTheWait(Case each) {
    EventLog log = driver.session().loop().log();
    long before = log.sequence();
    try (EventLog.Listening _ = log.listen(_ -> {})) {
      CellResult result = ok("{ " + each.prepared() + " }");
      List<TraceEvent> events = log.eventsAfter(before);
      if (each.call().equals("Thread.yield()")) return; // gives the Gil back, and waits for nobody
      TraceEvent.ThreadWaits wait =
          events.stream()
              .filter(TraceEvent.ThreadWaits.class::isInstance)
              .map(TraceEvent.ThreadWaits.class::cast)
              .filter(event -> event.call().equals(each.label()))
              .filter(event -> result.cell().label().equals(event.at().origin()))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no wait in " + events));
      assertThat(events)
          .anyMatch(
              event ->
                  event instanceof TraceEvent.ThreadWaited over && over.number() == wait.number());
    }
  }

  @ParameterizedTest
  @MethodSource("handOvers")
  void whatIsHandedOverBelongsToTheCell(Case each) {
    CellResult result = ok("{ " + each.prepared() + " }");
    driver.awaitThat(() -> driver.printed(result).contains("said"));
    assertThat(driver.emissions())
        .filteredOn(Emission.Text.class::isInstance)
        .map(Emission.Text.class::cast)
        .filteredOn(text -> text.cell().id() == result.cell().id())
        .isNotEmpty()
        .noneMatch(Emission.Text::guessed);
    assertThat(driver.printed(declared)).doesNotContain("said");
  }

  @ParameterizedTest
  @MethodSource("times")
  void sleepsAndReadingsFollowTheLoopsClock(Case each) {
    boolean reads = each.code().startsWith("read(");
    String code =
        """
        run(async(() -> {
          if (%s) Thread.sleep(Duration.ofDays(400).plusHours(12).plusMillis(1500));
          double before = eventLoop().time();
          %s
          return %s;
        }), EventLoop::virtualTime)
        """
            .formatted(
                reads,
                each.code(),
                reads ? "String.valueOf(readTime)" : "eventLoop().time() - before");
    assertThat(driver.value(code)).contains(each.expected());
  }

  static List<Case> threadTimes() {
    return times().stream().filter(each -> each.expected().equals("60.0")).toList();
  }

  @ParameterizedTest
  @MethodSource("threadTimes")
  void aThreadAndAPoolJobSleepOnTheLoopsClock(Case each) {
    String code =
        """
        run(async(() -> {
          var times = new ArrayList<Double>();
          var loopOfMain = eventLoop();
          await(toThread(() -> { %1$s }));
          times.add(loopOfMain.time());
          var ended = createPromiseOf(loopOfMain);
          new Thread(() -> {
            try { %1$s } catch (InterruptedException e) { }
            loopOfMain.callSoonThreadsafe(() -> ended.setResult(0));
          }).start();
          await(ended);
          times.add(loopOfMain.time());
          return times;
        }), EventLoop::virtualTime)
        """
            .formatted(each.code())
            .replace("createPromiseOf(loopOfMain)", "loopOfMain.<Integer>createPromise()");
    if (!each.code().contains("sleep")) {
      code = code.replace("catch (InterruptedException e) { }", "finally { }");
    }
    assertThat(driver.value(code)).isEqualTo("[60.0, 120.0]");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "System.exit(3);",
        "Runtime.getRuntime().exit(3);",
        "Runtime.getRuntime().halt(3);"
      })
  void aCellCannotEndTheProgram(String code) {
    assertThat(driver.error(code).name()).contains("ExitRefused");
  }

  static List<Case> starts() {
    return all().values().stream().filter(each -> each.expected().equals("left running")).toList();
  }

  @ParameterizedTest
  @MethodSource("starts")
  void aStartedThreadIsNamedAsLeftRunning(Case each) {
    CellResult result = ok("prepare(\"\"); " + each.code());
    assertThat(driver.displays(result.cell()).stream().collect(Collectors.joining()))
        .contains("left running: thread ");
    driver.ok("letGo();");
  }

  static List<Case> programs() {
    return all().values().stream().filter(each -> each.expected().equals("elsewhere")).toList();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programsAndVariablesFollowTheSession(Case each) throws IOException {
    String directory = Path.of("/").toRealPath().toString();
    ok("%cd " + directory + "\n%env DISH=soup");
    assertThat(driver.value(each.code().replace("DIR", directory)))
        .isEqualTo("\"" + directory + "-soup\"");
  }

  static List<Case> lines() {
    return all().values().stream().filter(each -> each.expected().contains("typed")).toList();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aLineIsReadFromTheFrontEnd(Case each) {
    CellResult result = driver.await(driver.start(each.code(), (_, _) -> "typed"));
    assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo(each.expected());
  }
}
