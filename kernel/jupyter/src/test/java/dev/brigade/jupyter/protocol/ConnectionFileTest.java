package dev.brigade.jupyter.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
  private static final String GOOD =
      """
      {
        "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
        "ip": "127.0.0.1", "key": "secret", "transport": "tcp",
        "signature_scheme": "hmac-sha256", "kernel_name": "brigade"
      }
      """;

  @TempDir Path directory;

  private ConnectionFile read(String text) throws IOException {
    return ConnectionFile.read(Files.writeString(directory.resolve("kernel-1.json"), text));
  }

  @Test
  void portsAndKeyAreRead() throws IOException {
    assertThat(read(GOOD)).isEqualTo(new ConnectionFile("127.0.0.1", 1, 4, 3, 2, 5, "secret"));
  }

  @Test
  void theKeyIsNotShown() throws IOException {
    assertThat(read(GOOD).toString()).doesNotContain("secret").contains("shell 1");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> ConnectionFile.read(directory.resolve("nowhere.json")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("nowhere.json does not exist");
  }

  @Test
  void brokenJsonIsOneSentenceWithThePosition() {
    assertThatThrownBy(() -> read("{\n  \"shell_port\": 1,\n  \"ip\" 7\n}"))
        .hasMessageContaining("kernel-1.json is wrong: ")
        .hasMessageContaining("at line 3, column ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void anEmptyFileAndAListAreExplained() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("the JSON text is empty");
    assertThatThrownBy(() -> read("[1]")).hasMessageContaining("object is needed, not a list");
    assertThatThrownBy(() -> read("{} {}")).hasMessageContaining("text after the end of the JSON");
    assertThatThrownBy(() -> read("{\"ip\": \"127")).hasMessageContaining("at line 1, column");
  }

  @Test
  void aMissingOrWrongFieldIsNamed() {
    assertThatThrownBy(() -> read(GOOD.replace("\"hb_port\": 5,", "")))
        .hasMessageContaining("the field \"hb_port\" is missing");
    assertThatThrownBy(() -> read(GOOD.replace("\"hb_port\": 5", "\"hb_port\": \"5\"")))
        .hasMessageContaining("the field \"hb_port\" must be a number, not a string");
    assertThatThrownBy(() -> read(GOOD.replace("\"hb_port\": 5", "\"hb_port\": 70000")))
        .hasMessageContaining("must be a port from 1 to 65535, not 70000");
  }

  @Test
  void anotherTransportOrSignatureIsRefused() {
    assertThatThrownBy(() -> read(GOOD.replace("\"tcp\"", "\"ipc\"")))
        .hasMessageContaining("speaks the transport \"tcp\" only, and this file asks for \"ipc\"");
    assertThatThrownBy(() -> read(GOOD.replace("sha256", "md5")))
        .hasMessageContaining("signs with \"hmac-sha256\" only");
  }

  @Test
  void anEmptyKeyIsAccepted() throws IOException {
    assertThat(read(GOOD.replace("secret", "").replace("hmac-sha256", "")).key()).isEmpty();
  }

  @Test
  void keysOfCurveAreReadTogetherAndNotShown() throws IOException {
    String keys =
        GOOD.replace(
            "\"shell_port\"",
            "\"curve_publickey\": \"%s\", \"curve_secretkey\": \"%s\", \"shell_port\""
                .formatted("p".repeat(40), "s".repeat(40)));
    assertThat(read(keys).curve())
        .isEqualTo(new ConnectionFile.CurveKeys("p".repeat(40), "s".repeat(40)));
    assertThat(read(keys).toString() + read(keys).curve()).doesNotContain("sss");
    assertThat(read(GOOD).curve()).isNull();
    assertThatThrownBy(() -> read(keys.replace("s".repeat(40), "")))
        .hasMessageContaining("\"curve_secretkey\" must be a key of 40 signs");
  }

  @Test
  void aRegistrationFileLeavesThePortsToTheKernel() throws IOException {
    ConnectionFile read =
        read(
            """
            {"kernel_id": "k1", "transport": "tcp", "registration_ip": "127.0.0.1",
             "registration_port": 51587, "signature_scheme": "hmac-sha256", "key": "secret"}
            """);
    assertThat(read.registration())
        .isEqualTo(new ConnectionFile.Registration("k1", "127.0.0.1", 51587));
    assertThat(read.shellPort()).isZero();
    assertThat(read.key()).isEqualTo("secret");
  }
}
