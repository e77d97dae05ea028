package dev.brigade.jupyter;

import dev.brigade.jupyter.protocol.KernelSpec;
import dev.brigade.session.spi.Subcommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// `brigade kernelspec DIR LAUNCHER`: writes the directory that makes Jupyter offer the kernel.
public final class KernelSpecCommand implements Subcommand {
  private static final List<String> LOGOS =
      List.of("logo-32x32.png", "logo-64x64.png", "logo-svg.svg");

  @Override
  public String name() {
    return "kernelspec";
  }

  @Override
  public String summary() {
    return "Write a Jupyter kernelspec to a directory; the installer calls this.";
  }

  @Override
  public int run(List<String> arguments) {
    if (arguments.size() != 2) {
      System.err.println(
          "brigade kernelspec needs a directory and the path of the launcher, for example:"
              + " brigade kernelspec ~/.local/share/jupyter/kernels/brigade ~/.local/bin/brigade");
      return 2;
    }
    Path directory = Path.of(arguments.getFirst());
    try {
      write(directory, arguments.getLast());
      return 0;
    } catch (IOException e) {
      System.err.println(
          "The kernelspec cannot be written to "
              + directory
              + ": "
              + e.getMessage()
              + ". Check that you may write there, or name another directory.");
      return 1;
    }
  }

  private static void write(Path directory, String launcher) throws IOException {
    Files.createDirectories(directory);
    for (String logo : LOGOS) {
      try (InputStream bytes = KernelSpecCommand.class.getResourceAsStream(logo)) {
        if (bytes == null) throw new IOException("this build lacks the resource " + logo);
        Files.copy(bytes, directory.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    // Last: a directory without it is no kernelspec, so a half-written one is not offered.
    Files.write(directory.resolve("kernel.json"), KernelSpec.of(launcher).json());
  }
}
