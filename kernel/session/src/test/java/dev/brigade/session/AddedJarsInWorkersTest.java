package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Jars that cells add while worker processes are there already.
@Timeout(120)
class AddedJarsInWorkersTest {
  @TempDir static Path directory;
  private static SessionDriver driver;
  private static String warm;

  @BeforeAll
  static void open() throws IOException {
    driver = new SessionDriver();
    driver.ok("var single = new ProcessPool(1);");
    warm = driver.value("single.submit(() -> ProcessHandle.current().pid()).get()");
    assertThat(
            driver
                .error("single.submit(() -> Class.forName(\"kitchen.Order\").getName()).get()")
                .message())
        .contains("kitchen.Order");
    driver.ok("%classpath add \"" + kitchen() + "\"");
  }

  @AfterAll
  static void close() {
    driver.ok("single.close(); processPool.close();");
    driver.close();
  }

  private static Path kitchen() throws IOException {
    return Jars.jar(
        directory.resolve("the kitchen.jar"),
        """
        package kitchen;
        public record Order(String dish, int tables) implements java.io.Serializable {
          public Order twice() { return new Order(dish, tables * 2); }
          public static Order burn(String dish) { throw new Burnt(dish, new Order(dish, 0)); }
        }
        """,
        """
        package kitchen;
        public class Burnt extends RuntimeException {
          public final Order order;
          public Burnt(String dish, Order order) { super(dish + " is burnt"); this.order = order; }
        }
        """,
        """
        package kitchen;
        public class Spoon { public int size = 1; }
        """);
  }

  @Test
  void aWarmWorkerAndALaterPoolRunTheCodeOfTheJar() {
    assertThat(
            driver.value(
                "await(loop.runInExecutor(single, () -> new kitchen.Order(\"soup\", 2).twice()"
                    + ".tables() + \" \" + ProcessHandle.current().pid()))"))
        .isEqualTo("\"4 " + warm + "\"");
    assertThat(
            driver.value(
                "single.submit(() -> Class.forName(\"kitchen.Order\").getSimpleName()).get()"))
        .isEqualTo("\"Order\"");
    assertThat(
            driver.value(
                "await(loop.runInExecutor(processPool, () -> new kitchen.Order(\"x\","
                    + " 3).tables()))"))
        .isEqualTo("3");
  }

  @Test
  void valuesOfTheJarTravelBothWays() {
    driver.ok("import kitchen.*;\nOrder order = new Order(\"soup\", 3);");
    assertThat(driver.value("await(loop.runInExecutor(single, () -> order.twice()))"))
        .isEqualTo("Order[dish=soup, tables=6]");
    assertThat(
            driver.value(
                "Order sent(Order local) { return await(loop.runInExecutor(single, () ->"
                    + " local.twice())); }\nOrder back = sent(order); back.getClass() =="
                    + " Order.class && back.tables() == 6"))
        .isEqualTo("true");
    assertThat(driver.value("single.map(each -> each.twice(), List.of(order)).toList()"))
        .isEqualTo("dish  tables\n----  ------\nsoup       6");
  }

  @Test
  void anExceptionOfTheJarComesBackAsItselfAndAsTheCause() {
    driver.ok("import kitchen.*;");
    CellError error = driver.error("await(loop.runInExecutor(single, () -> Order.burn(\"pie\")))");
    assertThat(error.name()).isEqualTo("Burnt");
    assertThat(error.message()).isEqualTo("pie is burnt");
    assertThat(String.join("\n", error.plainTraceback())).contains("kitchen.Order.burn");
    assertThat(
            driver.value(
                """
                String cause() throws Exception {
                  try {
                    single.submit(() -> Order.burn("pie")).get();
                    return "nothing";
                  } catch (ExecutionException e) {
                    return e.getCause() instanceof Burnt b ? b.order.dish() : "" + e.getCause();
                  }
                }
                cause()
                """))
        .isEqualTo("\"pie\"");
  }

  @Test
  void aClassOfAJarThatIsNotSerializableIsNamed() {
    driver.ok("kitchen.Spoon spoon = new kitchen.Spoon();");
    assertThat(driver.error("await(loop.runInExecutor(single, () -> spoon.size))").message())
        .contains("the variable `spoon`", "kitchen.Spoon cannot travel", "not serialisable");
  }

  @Test
  void workInFlightGoesOnAndSeesTheNewJar() throws IOException {
    Path go = directory.resolve("go");
    driver.ok(
        """
        var flying = single.submit(() -> {
          System.out.println("begun");
          while (!Files.exists(Path.of("%s"))) java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
          return Class.forName("late.Guest").getDeclaredConstructor().newInstance().toString();
        });
        """
            .formatted(go));
    Path jar =
        Jars.jar(
            directory.resolve("late.jar"),
            """
            package late;
            public class Guest { public String toString() { return "guest"; } }
            """);
    CellResult added = driver.ok("%classpath add " + jar);
    assertThat(driver.printed(added)).contains("added");
    assertThat(driver.value("flying.isDone()")).isEqualTo("false");
    Files.createFile(go);
    assertThat(driver.value("await(flying)")).isEqualTo("\"guest\"");
    assertThat(driver.value("single.submit(() -> ProcessHandle.current().pid()).get()"))
        .isEqualTo(warm);
  }

  @Test
  void servicesAndResourcesOfAnAddedJarAreFoundInAWorker() throws IOException {
    Path classes =
        Jars.compile(
            directory.resolve("service"),
            "package serve; public interface Waiter { String name(); }",
            "package serve; public class Tom implements Waiter {"
                + " public String name() { return \"Tom\"; } }");
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve("serve.Waiter"), "serve.Tom\n");
    driver.ok("%classpath add " + classes);
    driver.ok(
        "String waiter() { return ServiceLoader.load(serve.Waiter.class).findFirst()"
            + ".orElseThrow().name(); }");
    assertThat(driver.value("waiter()")).isEqualTo("\"Tom\"");
    assertThat(driver.value("single.submit(() -> waiter()).get()")).isEqualTo("\"Tom\"");
  }
}
