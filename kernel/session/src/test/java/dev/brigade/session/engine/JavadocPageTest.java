package dev.brigade.session.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pages as older javadoc tools make them; [dev.brigade.session.JavadocJarTest] has those of this
/// JDK's.
class JavadocPageTest {
  private static final Set<String> OPEN =
      Set.of("open(java.lang.String[],int...)", "open-java.lang.String:A-int...-");

  private static final String OF_8 =
      """
      <div class="description">
      <ul class="blockList">
      <li class="blockList">
      <dl>
      <dt><span class="paramLabel">Type Parameters:</span></dt>
      <dd><code>T</code> - its kind</dd>
      </dl>
      <dl>
      <dt>All Implemented Interfaces:</dt>
      <dd>java.io.Serializable</dd>
      </dl>
      <hr>
      <pre>public class <span class="typeNameLabel">Tulip&lt;T&gt;</span></pre>
      <div class="block">Grows in <div>raised</div> <em>beds</em>.</div>
      <dl>
      <dt><span class="simpleTagLabel">Since:</span></dt>
      <dd>1.2</dd>
      </dl>
      </li>
      </ul>
      </div>
      <div class="summary"><a name="open.summary"></a><div class="block">In short.</div></div>
      <div class="details">
      <ul class="blockList">
      <li class="blockList"><a name="constructor.detail">
      <!--   -->
      </a>
      <h3>Constructor Detail</h3>
      <a name="Tulip-java.lang.Object-">
      <!--   -->
      </a><a name="Tulip-T-">
      <!--   -->
      </a>
      <ul class="blockList">
      <li class="blockList">
      <h4>Tulip</h4>
      <pre>public&nbsp;Tulip(T&nbsp;kind)</pre>
      <div class="block">Plants <ul><li>one.</div>
      </li>
      </ul>
      <a name="open-java.lang.String:A-int...-">
      <!--   -->
      </a>
      <ul class="blockListLast">
      <li class="blockList">
      <h4>open</h4>
      <pre>public&nbsp;int&nbsp;open(java.lang.String[]&nbsp;a,
                      int...&nbsp;b)</pre>
      <div class="block"><span class="deprecatedLabel">Deprecated.</span>&nbsp;Use shears.</div>
      <div class="block">Opens the
       petals, written {@code a} or `a`.</div>
      <dl>
      <dt><span class="paramLabel">Parameters:</span></dt>
      <dd><code>a</code> - names
       of them</dd>
      <dd><code>b</code> - numbers</dd>
      <dt><span class="seeLabel">See Also:</span></dt>
      <dd><a href="x.html"><code>Rose</code></a></dd>
      </dl>
      </li>
      </ul>
      </li>
      </ul>
      </div>
      """;

  @Test
  void aTypesCommentComesWithItsParametersAndWithoutItsRelations() {
    String text = JavadocText.plain(new JavadocPage(OF_8).type());
    assertThat(text)
        .startsWith("Type Parameters:\n\n- T - its kind")
        .contains("Grows in raised beds.", "Since:\n\n- 1.2")
        .doesNotContain("Serializable", "public class", "In short");
  }

  @Test
  void membersAreFoundByTheAnchorsOfJdk8() {
    String page = new JavadocPage(OF_8).member(OPEN);
    assertThat(JavadocText.plain(page))
        .startsWith("Deprecated. Use shears.")
        .contains("Opens the\npetals, written {@code a} or `a`.")
        .contains("Parameters:\n\n- a - names of them\n- b - numbers", "See Also:\n\n- Rose")
        .doesNotContain("public", "Plants");
    assertThat(JavadocText.markdown(page))
        .contains("**Deprecated.** Use shears.", "**Parameters:**\n\n- `a` - names of them");
    assertThat(JavadocText.html(page))
        .contains("<p><b>Parameters:</b></p>\n<ul><li><code>a</code> - names of them</li>")
        .doesNotContain("<a", "<span", "<div");
  }

  @Test
  void aTagThatIsLeftOpenDoesNotReachTheNextMember() {
    String page = new JavadocPage(OF_8).member(Set.of("<init>(T)", "Tulip-T-"));
    assertThat(JavadocText.plain(page)).contains("Plants", "one.").doesNotContain("petals");
  }

  @Test
  void whatAPageDoesNotKnowIsEmpty() {
    assertThat(new JavadocPage(OF_8).member(Set.of("close()", "close--"))).isEmpty();
    assertThat(new JavadocPage("").member(OPEN)).isEmpty();
    assertThat(new JavadocPage("").type()).isEmpty();
  }

  @Test
  void anchorsOfJdk7HaveBracketsAndSpaces() {
    String page =
        """
        <div class="details"><a name="open(java.lang.String[], int...)"><!-- --></a>
        <ul class="blockList"><li class="blockList"><h4>open</h4><pre>public int open()</pre>
        <div class="block">Opens it.</div>
        <dl><dt><span class="strong">Returns:</span></dt><dd>how far</dd></dl></li></ul></div>
        """;
    assertThat(JavadocText.plain(new JavadocPage(page).member(OPEN)))
        .isEqualTo("Opens it.\n\nReturns:\n\n- how far");
  }

  @Test
  void anchorsOfJdk11AreIds() {
    String page =
        """
        <div class="details"><a id="&lt;init&gt;(java.lang.String)"><!--   --></a>
        <ul class="blockList"><li class="blockList"><h4>Tulip</h4><pre>public Tulip()</pre>
        <div class="block">Plants it.</div></li></ul>
        <a id="open(java.lang.String[],int...)"><!--   --></a>
        <ul class="blockList"><li class="blockList"><h4>open</h4><pre>public int open()</pre>
        <div class="deprecationBlock"><span class="deprecatedLabel">Deprecated.</span>
        <div class="deprecationComment">Too slow.</div></div>
        <div class="block">Opens it.</div></li></ul></div>
        """;
    assertThat(JavadocText.plain(new JavadocPage(page).member(OPEN)))
        .startsWith("Deprecated. Too slow.")
        .endsWith("Opens it.");
    assertThat(new JavadocPage(page).member(Set.of("<init>(java.lang.String)")))
        .isEqualTo("<p>Plants it.</p>");
    page = page.replace("String[],int", "String[],@plant.check.Positiveint");
    assertThat(new JavadocPage(page).member(OPEN)).contains("Opens it.");
    assertThat(new JavadocPage(page).member(Set.of("open(java.lang.String[],long...)"))).isEmpty();
  }

  @Test
  void anchorsOfJdk13AreInTheHeading() {
    String page =
        """
        <section class="description"><hr><pre>public class Tulip</pre>
        <div class="block">A flower.</div></section>
        <section class="details"><ul><li><section class="detail">
        <h3><a id="close()">close</a></h3><div class="block">Closes it.</div></section></li>
        <li><section class="detail">
        <h3><a id="open(java.lang.String[],int...)">open</a></h3>
        <div class="block">Opens it.</div></section></li></ul></section>
        """;
    assertThat(new JavadocPage(page).type()).isEqualTo("<p>A flower.</p>");
    assertThat(new JavadocPage(page).member(OPEN)).isEqualTo("<p>Opens it.</p>");
    assertThat(new JavadocPage(page).member(Set.of("close()"))).isEqualTo("<p>Closes it.</p>");
  }

  @Test
  void signaturesTellOverloadsApart() {
    var callable = new PagePlace.Shape.Callable(List.of("Entry", "int[]", "String..."));
    assertThat(
            callable.matches(
                "int garden.Tulip<T>.<X>open(Map.Entry<K,List<V>> a, int[] b, java.lang.String..."
                    + " c) throws E"))
        .isTrue();
    assertThat(callable.matches("int garden.Tulip.open(Entry a, int[] b)")).isFalse();
    assertThat(new PagePlace.Shape.Callable(List.of()).matches("Tulip()")).isTrue();
    var type = new PagePlace.Shape.Type("garden.Point", true);
    assertThat(type.matches("garden.Point<T>(int x, int y)")).isTrue();
    assertThat(type.matches("garden.Point(int x, int y)(int x, int y)")).isFalse();
    assertThat(type.matches("int garden.Point(int x, int y).x()")).isFalse();
    assertThat(new PagePlace.Shape.Type("garden.Tulip", false).matches("garden.Tulip(int x)"))
        .isFalse();
    var variable = new PagePlace.Shape.Variable();
    assertThat(variable.matches("garden.Point(int x, int y).ZERO:garden.Point")).isTrue();
    assertThat(variable.matches("void Point.move(int x) throws E")).isFalse();
  }
}
