package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CellTest {
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @Test
  void lastExpressionIsTheValueOfTheCell() {
    Outcome outcome = driver.run("int x = 5;\nx + 37").outcome();
    assertThat(outcome).isInstanceOf(Outcome.Value.class);
    var value = (Outcome.Value) outcome;
    assertThat(value.bundle().plain()).isEqualTo("42");
    assertThat(value.type()).isEqualTo("int");
  }

  @Test
  void statementsHaveNoValue() {
    assertThat(driver.run("int unused = 1;").outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.run("unused = 2;").outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.run("// nothing\n").outcome()).isInstanceOf(Outcome.Done.class);
    assertThat(driver.run("").outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void valuesAreReadable() {
    assertThat(driver.value("\"a\\nb\"")).isEqualTo("\"a\\nb\"");
    assertThat(driver.value("new int[] {1, 2, 3}")).isEqualTo("[1, 2, 3]");
    assertThat(driver.value("List.of(\"x\", 'y', 1.5)")).isEqualTo("[\"x\", 'y', 1.5]");
    assertThat(driver.value("Map.of(\"k\", new String[] {\"v\"})")).isEqualTo("{\"k\"=[\"v\"]}");
    assertThat(driver.value("record Point(int x, int y) {}\nnew Point(1, 2)"))
        .isEqualTo("Point[x=1, y=2]");
    assertThat(driver.value("(Object) null")).isEqualTo("null");
  }

  @Test
  void awaitWorksAtTheTopLevel() {
    assertThat(driver.value("await(async(() -> { await(sleep(0)); return 7; }))")).isEqualTo("7");
  }

  @Test
  void aVoidAwaitShowsNothing() {
    assertThat(driver.run("await(sleep(0))").outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aTaskOfTheFirstStatementRunsWhereTheCellAwaits() {
    CellResult result =
        driver.ok(
            """
            var early = createTask(async(() -> IO.println("task")));
            IO.println("second");
            IO.println("third");
            await(early);
            IO.println("last");
            """);
    assertThat(driver.printed(result)).isEqualTo("second\nthird\ntask\nlast\n");
  }

  @Test
  void backgroundTasksGoOnBetweenCells() {
    CellResult first =
        driver.ok(
            """
            var gate = new AsyncEvent();
            var background = createTask(async(() -> {
              await(gate.await());
              IO.println("background");
            }));
            """);
    CellResult second = driver.ok("gate.set();");
    driver.awaitThat(() -> driver.printed(first).equals("background\n"));
    assertThat(driver.printed(second)).isEmpty();
  }

  @Test
  void runOfAMainWorksInACell() {
    CellResult result =
        driver.ok(
            """
            Coroutine<Void> fetchData(int n) {
              return async(() -> { await(sleep(0.01)); IO.println("Fetched " + n); });
            }
            Coroutine<Void> main() {
              return async(() -> {
                var tasks = new ArrayList<Task<Void>>();
                for (int i = 0; i < 3; i++) tasks.add(createTask(fetchData(i)));
                await(gather(tasks));
              });
            }
            run(main())
            """);
    assertThat(driver.printed(result)).isEqualTo("Fetched 0\nFetched 1\nFetched 2\n");
    assertThat(result.outcome()).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void cellsRunInTheOrderTheyWereHandedIn() {
    var first =
        driver.start("var order = new ArrayList<Integer>(); await(sleep(0.05)); order.add(1);");
    var second = driver.start("order.add(2);");
    driver.await(first);
    driver.await(second);
    assertThat(driver.value("order")).isEqualTo("[1, 2]");
  }

  @Test
  void assertionsAreOn() {
    assertThat(driver.error("assert 1 > 2 : \"no\"").name()).isEqualTo("AssertionError");
  }

  @Test
  void endingTheProgramIsAnErrorOfTheCell() {
    assertThat(driver.error("System.exit(3)").message()).contains("cannot end the program");
    assertThat(driver.error("Runtime.getRuntime().halt(3)").message()).contains("exit status 3");
  }

  @Test
  void aSealedFamilyCanBeDeclaredInOneCell() {
    assertThat(
            driver.value(
                """
                sealed interface Shape permits Circle, Square {}
                record Circle(double r) implements Shape {
                  Circle {
                    if (r < 0) throw new IllegalArgumentException("negative");
                  }
                }
                record Square(double side) implements Shape {}
                double area(Shape shape) {
                  return switch (shape) {
                    case Circle c -> 3 * c.r();
                    case Square s -> s.side() * s.side();
                  };
                }
                area(new Square(3)) + area(new Circle(2))
                """))
        .isEqualTo("15.0");
    assertThat(driver.error("new Circle(-1)").message()).isEqualTo("negative");
  }

  @Test
  void aRefusedClassLeavesTypesAlone() {
    driver.error("class Refused { int x = \"a\"; }");
    driver.session().isComplete("class OnlyLookedAt {}");
    var value = (Outcome.Value) driver.run("\"abc\".trim()").outcome();
    assertThat(value.type()).isEqualTo("String");
    driver.ok("var text = \"abc\"; text.length();");
    driver.ok("class Refused { int x = 1; }");
    assertThat(driver.value("new Refused().x")).isEqualTo("1");
  }
}
