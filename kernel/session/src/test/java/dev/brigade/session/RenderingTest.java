package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How values are shown where a cell ends in them or displays them.
class RenderingTest {
  private static final String HTML = "text/html";
  private static SessionDriver driver;

  @BeforeAll
  static void open() {
    driver = new SessionDriver();
    driver.ok("record Dish(String name, double price, List<String> with) {}");
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  private static MimeBundle bundle(String code) {
    CellResult result = driver.ok(code);
    assertThat(result.outcome()).isInstanceOf(Outcome.Value.class);
    return ((Outcome.Value) result.outcome()).bundle();
  }

  private static String html(String code) {
    return String.valueOf(bundle(code).data().get(HTML));
  }

  @Test
  void recordsInAListAreATable() {
    MimeBundle table =
        bundle("List.of(new Dish(\"Soup\", 3.5, List.of(\"bread\")), new Dish(\"Pie\", 12, null))");
    assertThat(table.plain())
        .isEqualTo(
            """
            name  price  with
            ----  -----  ---------
            Soup    3.5  ["bread"]
            Pie    12.0  null\
            """);
    assertThat(table.data().get(HTML).toString())
        .contains("<th align=\"left\" style=\"text-align: left\">name</th>")
        .contains("<td align=\"right\" style=\"text-align: right\">3.5</td>")
        .contains(">[&quot;bread&quot;]</td>")
        .doesNotContain("<style", "<script", "class=");
  }

  @Test
  void aLongTableIsCutAndSaysHowMuchIsLeftOut() {
    MimeBundle table =
        bundle(
            "IntStream.range(0, 10_000).mapToObj(i -> new Dish(\"d\" + i, i, List.of())).toList()");
    assertThat(table.plain().lines())
        .hasSize(13)
        .contains("d9      9.0  []")
        .last()
        .isEqualTo("... and 9,990 more");
    assertThat(table.data().get(HTML).toString()).contains("<p>... and 9,990 more</p>");
  }

  @Test
  void aWideTableSaysHowManyColumnsAreLeftOut() {
    driver.ok(
        "Map<String, Integer> wide = new LinkedHashMap<>();"
            + "for (int i = 0; i < 23; i++) wide.put(\"c\" + i, i);");
    assertThat(bundle("List.of(wide, wide)").plain()).endsWith("... and 3 more columns");
  }

  @Test
  void recordsOfSeveralTypesShareATable() {
    driver.ok("record Drink(String name, int cl) {}");
    assertThat(
            bundle("List.of(new Dish(\"Soup\", 3.5, List.of()), new Drink(\"Tea\", 20))").plain())
        .isEqualTo(
            """
            type   name  price  with  cl
            -----  ----  -----  ----  --
            Dish   Soup    3.5  []
            Drink  Tea                20\
            """);
  }

  @Test
  void mapsAreTablesAndShortOnesKeepTheirLine() {
    MimeBundle shortOne = bundle("new TreeMap<>(Map.of(\"a\", 1, \"b\", 2))");
    assertThat(shortOne.plain()).isEqualTo("{\"a\"=1, \"b\"=2}");
    assertThat(shortOne.data().get(HTML).toString()).contains("key</th>", ">b</td>");
    assertThat(bundle("Map.of(\"x\", new Dish(\"Soup\", 3.5, List.of()))").plain())
        .startsWith("key  name  price  with\n");
    assertThat(html("Map.of()")).isEqualTo("null");
  }

  @Test
  void aRecordKeepsItsTextAndIsATableInAPage() {
    MimeBundle one = bundle("new Dish(\"<Soup>\", 3.5, List.of())");
    assertThat(one.plain()).isEqualTo("Dish[name=<Soup>, price=3.5, with=[]]");
    assertThat(one.data().get(HTML).toString()).contains("&lt;Soup&gt;").doesNotContain("<Soup>");
  }

  @Test
  void aRecordWithATextOfItsOwnIsShownAsThat() {
    MimeBundle own =
        bundle("record Own(int a) { public String toString() { return \"mine\"; } }\nnew Own(1)");
    assertThat(own.data()).isEqualTo(Map.of(MimeBundle.PLAIN, "mine"));
    assertThat(bundle("List.of(new Own(1), new Own(2))").plain()).isEqualTo("[mine, mine]");
  }

  @Test
  void plainListsAndArraysStayText() {
    assertThat(bundle("List.of(1, 2, 3)").data()).isEqualTo(Map.of(MimeBundle.PLAIN, "[1, 2, 3]"));
    assertThat(bundle("new int[] {1, 2}").data()).isEqualTo(Map.of(MimeBundle.PLAIN, "[1, 2]"));
    assertThat(driver.value("Optional.of(\"x\")")).isEqualTo("Optional[\"x\"]");
  }

  @Test
  void anArrayOfArraysIsAGrid() {
    assertThat(bundle("new int[][] {{1, 20}, {300, 4}}").plain())
        .isEqualTo("  0   1\n---  --\n  1  20\n300   4");
  }

  @Test
  void nestedValuesAreFoldedInAPage() {
    assertThat(
            html(
                "List.of(new Dish(\"Stew\", 1, Collections.nCopies(100, \"potato\")),"
                    + " new Dish(\"Tea\", 1, List.of()))"))
        .contains("<details><summary>[", "</pre></details>", "... and 95 more]");
  }

  @Test
  void aStreamIsNotUsedUp() {
    driver.ok("var endless = Stream.iterate(1, i -> i + 1);");
    assertThat(driver.value("endless"))
        .startsWith("<Stream, not run.")
        .contains("limit(20).toList()");
    assertThat(driver.value("endless.limit(2).toList()")).isEqualTo("[1, 2]");
    assertThat(driver.value("IntStream.range(0, 3)")).contains(".boxed().toList()");
  }

  @Test
  void aCollectionThatNeverEndsIsCut() {
    driver.ok(
        """
        class Naturals extends AbstractCollection<Integer> {
          public int size() { return Integer.MAX_VALUE; }
          public Iterator<Integer> iterator() { return Stream.iterate(0, i -> i + 1).iterator(); }
        }\
        """);
    assertThat(driver.value("new Naturals()"))
        .startsWith("[0, 1, 2,")
        .endsWith("... and 2,147,482,647 more]");
  }

  @Test
  void aValueWhoseOwnCodeThrowsDoesNotBreakTheCell() {
    driver.ok(
        """
        class Bad { public String toString() { throw new IllegalStateException("boom"); } }
        class Deep { public String toString() { return "x" + this; } }
        class Torn extends AbstractList<Integer> {
          public int size() { return 3; }
          public Integer get(int i) { if (i < 2) return i; throw new IllegalStateException("torn"); }
        }
        record Trap(int a) { public int a() { throw new IllegalStateException("no"); } }
        """);
    assertThat(driver.value("new Bad()"))
        .isEqualTo("<Bad: its toString() threw IllegalStateException: boom>");
    assertThat(driver.value("List.of(new Bad(), 2)"))
        .startsWith("[<Bad: its")
        .endsWith("boom>, 2]");
    assertThat(driver.value("new Deep()"))
        .contains("Deep: its toString() threw StackOverflowError");
    assertThat(driver.value("new Torn()"))
        .isEqualTo("[0, 1, ... (its iterator threw IllegalStateException: torn)]");
    assertThat(html("new Trap(1)")).contains("(threw IllegalStateException: no)");
  }

  @Test
  void anInterruptStopsAValueThatNeverEnds() {
    Execution cell =
        driver.start(
            "new Object() { public String toString() { IO.println(\"!\"); while (true) {} } }");
    driver.awaitThat(() -> !driver.printed(cell.cell()).isEmpty());
    driver.session().interrupt();
    assertThat(SessionDriver.error(driver.await(cell)).name()).isEqualTo("Interrupted");
    assertThat(driver.value("1 + 1")).isEqualTo("2");
  }

  @Test
  void whatTheMachineHasSaysWhatItIs(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("menu.txt"), "soup");
    driver.ok("var here = Path.of(\"" + directory + "\");");
    assertThat(driver.value("here.resolve(\"menu.txt\")")).endsWith("menu.txt (file, 4 bytes)");
    assertThat(driver.value("here")).endsWith(" (directory, 1 entry)");
    assertThat(driver.value("here.resolve(\"gone\")")).endsWith("gone (does not exist)");
    assertThat(driver.value("Duration.ofSeconds(3_690)")).isEqualTo("PT1H1M30S (1 h 1 min 30 s)");
    assertThat(driver.value("Duration.ofMillis(-1500)")).isEqualTo("PT-1.5S (minus 1.5 s)");
    assertThat(driver.value("Duration.ofNanos(2_000)")).isEqualTo("PT0.000002S (2 \u00b5s)");
    assertThat(driver.value("Instant.EPOCH")).startsWith("1970-01-01T00:00:00Z");
    assertThat(driver.value("Thread.ofVirtual().name(\"cook\").unstarted(() -> {})"))
        .matches("<virtual thread cook, id \\d+, new>");
  }

  @Test
  void aThrowableIsShownAsErrorsOfCellsAre() {
    assertThat(driver.value("new IllegalStateException(\"late\", new RuntimeException(\"why\"))"))
        .contains("IllegalStateException: late", "Caused by: RuntimeException: why", "line 1")
        .doesNotContain("\u001b");
  }

  @Test
  void richValuesEndACell() {
    assertThat(bundle("new Html(\"<b>hi</b>\")").data().get(HTML)).isEqualTo("<b>hi</b>");
    assertThat(bundle("new Markdown(\"*hi*\")").data().get("text/markdown")).isEqualTo("*hi*");
    assertThat(bundle("new Latex(\"x^2\")").data().get("text/latex"))
        .isEqualTo("$\\displaystyle x^2$");
    assertThat(bundle("new Svg(\"<svg/>\")").data().get("image/svg+xml")).isEqualTo("<svg/>");
  }

  @Test
  void jsonIsATreeAndIndentedText() {
    MimeBundle json = bundle("new Json(\"{\\\"a\\\": [1, true, null]}\")");
    assertThat(json.plain()).isEqualTo("{\n \"a\": [\n  1,\n  true,\n  null\n ]\n}");
    assertThat(json.data().get("application/json")).asString().isEqualTo("{a=[1, true, null]}");
    assertThat(
            bundle("new Json(new Dish(\"Soup\", 3.5, List.of(\"x\")))")
                .data()
                .get("application/json"))
        .isEqualTo(Map.of("name", "Soup", "price", 3.5, "with", List.of("x")));
    assertThat(bundle("new Json(\"{no\")").plain()).startsWith("{no\n(this is no JSON: line 1");
  }

  @Test
  void bytesOfPicturesAndImagesAreShown() {
    String make =
        """
        var image = new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_RGB);
        var bytes = new ByteArrayOutputStream();
        var _ = javax.imageio.ImageIO.write(image, "%s", bytes);
        %s
        """;
    assertThat(
            bundle(make.formatted("png", "bytes.toByteArray()")).data().get("image/png").toString())
        .startsWith("iVBOR");
    assertThat(bundle(make.formatted("jpg", "new Picture(bytes.toByteArray())")).data())
        .containsKey("image/jpeg")
        .hasEntrySatisfying(
            MimeBundle.PLAIN, text -> assertThat(text.toString()).startsWith("<JPEG"));
    assertThat(bundle(make.formatted("png", "image")).plain()).isEqualTo("<image 3 x 2>");
    assertThat(driver.error("image(new byte[] {1, 2})").message())
        .contains("no PNG", "[1, 2, 0, 0]");
  }

  @Test
  void aTableThatIsAskedForHasTheColumnsThatAreNamed() {
    CellResult result =
        driver.ok(
            "displayTable(Stream.iterate(1, i -> i + 1).map(i -> new Dish(\"d\" + i, i, null)),"
                + " \"price\", \"name\");");
    assertThat(driver.displays(result.cell()).getFirst())
        .startsWith("price  name\n-----  ----\n  1.0  d1\n")
        .endsWith("... and more");
    result = driver.ok("displayTable(List.of(List.of(1, 2), List.of(3, 4)), \"from\", \"to\");");
    assertThat(driver.displays(result.cell()))
        .containsExactly("from  to\n----  --\n   1   2\n   3   4");
    assertThat(driver.error("displayTable(List.of(new Dish(\"a\", 1, null)), \"cost\");").message())
        .isEqualTo("these rows have no column `cost`; they have name, price, with");
    assertThat(driver.error("displayTable(7);").message()).contains("this is a Integer", "right:");
  }

  @Test
  void aTypeOfACellSaysItselfHowItIsShown() {
    assertThat(
            html(
                """
                class Star implements Displayable {
                  public Map<String, Object> forms() { return Map.of("text/html", "<b>*</b>"); }
                }
                new Star()\
                """))
        .isEqualTo("<b>*</b>");
  }

  @Test
  void formsThatThrowLeaveTheText() {
    driver.ok("class Odd { public String toString() { return \"odd\"; } }");
    driver.ok("displayAs(Odd.class, odd -> Map.of(\"text/plain\", List.of().getFirst()));");
    assertThat(driver.value("new Odd()"))
        .isEqualTo("odd\n(what says how Odd is shown threw NoSuchElementException)");
    driver.ok("displayAs(Odd.class, odd -> Map.of(\"image/png\", new byte[] {1, 2, 3}));");
    assertThat(bundle("new Odd()").data()).containsEntry("image/png", "AQID");
    assertThat(List.of(driver.value("new Odd()"))).containsExactly("odd");
  }
}
