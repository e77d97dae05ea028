package dev.brigade.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.brigade.jupyter.protocol.Trees;
import dev.brigade.session.spi.Subcommand;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecCommandTest {
  @TempDir Path directory;

  @Test
  void theSpecStartsTheLauncherAndNamesTheLanguageExactly() throws IOException {
    Path spec = directory.resolve("kernels/brigade");

    int code = new KernelSpecCommand().run(List.of(spec.toString(), "/opt/bin/brigade"));

    assertThat(code).isZero();
    assertThat(Trees.read(Files.readAllBytes(spec.resolve("kernel.json"))))
        .isEqualTo(
            Map.of(
                "argv",
                List.of("/opt/bin/brigade", "kernel", "{connection_file}"),
                "display_name",
                "Java (Brigade)",
                "language",
                "java",
                "interrupt_mode",
                "message",
                "metadata",
                Map.of("kernel_protocol_version", "5.5", "supported_encryption", "curve")));
  }

  @Test
  void theLogosHaveTheSizesThatClientsLookFor() throws IOException {
    new KernelSpecCommand().run(List.of(directory.toString(), "brigade"));

    for (int size : List.of(32, 64)) {
      BufferedImage logo =
          ImageIO.read(directory.resolve("logo-" + size + "x" + size + ".png").toFile());
      assertThat(logo.getWidth()).isEqualTo(size);
      assertThat(logo.getHeight()).isEqualTo(size);
    }
    assertThat(Files.readString(directory.resolve("logo-svg.svg"))).startsWith("<svg ");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnErrorCode() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThat(new KernelSpecCommand().run(List.of(file.resolve("x").toString(), "brigade")))
        .isEqualTo(1);
    assertThat(new KernelSpecCommand().run(List.of())).isEqualTo(2);
  }

  @Test
  void theLauncherFindsBothSubcommands() {
    assertThat(ServiceLoader.load(Subcommand.class).stream().map(p -> p.get().name()).toList())
        .contains("kernel", "kernelspec");
  }
}
