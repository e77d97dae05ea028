import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Checks or applies the source format of the whole tree, from the root of the repository.
///
/// `check` fails where google-java-format would change a file, and where a `///` line was split so
/// that its rest became a `//` line, which drops out of the documentation. `apply` rewrites.
final class Format {
  public static void main(String[] args) throws Exception {
    boolean apply = args.length == 1 && args[0].equals("apply");
    List<Path> files = sources();
    List<String> wrong = new ArrayList<>();
    if (apply) {
      for (Path file : files) wrapDocs(file);
    }
    var arguments = new ArrayList<String>(List.of(apply ? "--replace" : "--dry-run"));
    if (!apply) arguments.add("--set-exit-if-changed");
    files.forEach(f -> arguments.add(f.toString()));
    var out = new PrintWriter(System.out, true);
    if (new Main(out, new PrintWriter(System.err, true), System.in)
            .format(arguments.toArray(String[]::new))
        != 0) {
      wrong.add("google-java-format would change the files named above: run build/format.sh");
    }
    for (Path file : files) splitDocs(file, wrong);
    wrong.forEach(System.err::println);
    if (!wrong.isEmpty() && !apply) System.exit(1);
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of(""))) {
      return tree.filter(f -> f.toString().endsWith(".java"))
          .filter(f -> !f.toString().contains("target/"))
          .sorted()
          .toList();
    }
  }

  private static void wrapDocs(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> wrapped = DocWrap.wrap(lines);
    if (!wrapped.equals(lines)) Files.write(file, wrapped);
  }

  private static boolean isSplit(List<String> lines, int i) {
    String line = lines.get(i).strip();
    return lines.get(i - 1).strip().startsWith("///")
        && line.startsWith("//")
        && !line.startsWith("///");
  }

  private static void splitDocs(Path file, List<String> wrong) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 1; i < lines.size(); i++) {
      String before = lines.get(i - 1).strip();
      String line = lines.get(i).strip();
      if (before.startsWith("///") && line.startsWith("//") && !line.startsWith("///")) {
        wrong.add(
            file
                + ":"
                + (i + 1)
                + ": a // line after a /// line is lost to the docs: wrap it by hand");
      }
    }
  }

  private Format() {}
}
