package dev.brigade.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Forms that jars bring for their types.
class TypeFormsJarTest {
  private static final String STAR =
      "package star; public class Star { public String toString() { return \"star\"; } }";

  private static Path jar(Path directory, String services, String body) throws IOException {
    Path file = directory.resolve("star.jar");
    Path place = directory.resolve("star.jar-classes/META-INF/services");
    Files.createDirectories(place);
    Files.writeString(place.resolve("dev.brigade.session.spi.TypeForms"), services);
    String forms =
        """
        package star;
        public class StarForms implements dev.brigade.session.spi.TypeForms {
          public void addTo(Registry registry) { %s }
        }
        """
            .formatted(body);
    return Jars.jar(file, STAR, forms);
  }

  @Test
  void aJarThatIsAddedBringsFormsAndANotebookMayReplaceThem(@TempDir Path directory)
      throws IOException {
    Path star =
        jar(
            directory,
            "star.StarForms",
            "registry.displayAs(Star.class, s -> java.util.Map.of(\"text/html\", \"<b>*</b>\"));");
    try (var driver = new SessionDriver()) {
      assertThat(driver.value("1 + 1")).isEqualTo("2");
      driver.ok("%classpath add " + star);
      var value = (Outcome.Value) driver.ok("new star.Star()").outcome();
      assertThat(value.bundle().data()).containsEntry("text/html", "<b>*</b>");
      assertThat(value.bundle().plain()).isEqualTo("star");
      driver.ok("displayAs(star.Star.class, s -> Map.of(\"text/plain\", \"mine\"));");
      assertThat(driver.value("new star.Star()")).isEqualTo("mine");
    }
  }

  @Test
  void formsThatCannotBeUsedAreSaidAndShowTheText(@TempDir Path directory) throws IOException {
    Path star = jar(directory, "star.StarForms\nstar.Gone", "throw new IllegalStateException();");
    try (var driver = new SessionDriver()) {
      driver.ok("%classpath add " + star);
      CellResult result = driver.ok("new star.Star()");
      assertThat(((Outcome.Value) result.outcome()).bundle().plain()).isEqualTo("star");
      assertThat(driver.displays(result.cell()))
          .anyMatch(text -> text.contains("cannot be used") && text.contains("IllegalState"))
          .anyMatch(text -> text.contains("star.Gone"));
      assertThat(driver.displays(driver.ok("new star.Star()").cell())).isEmpty();
    }
  }
}
