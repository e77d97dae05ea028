package dev.brigade.jupyter.protocol;

import java.util.LinkedHashMap;
import java.util.List;

/// What `kernel.json` says: how Jupyter starts the kernel and what to call it.
///
/// @param argv the command; `{connection_file}` in it is filled in by Jupyter
public record KernelSpec(List<String> argv) {
  public KernelSpec {
    argv = List.copyOf(argv);
  }

  /// A spec that runs `LAUNCHER kernel CONNECTION_FILE`.
  public static KernelSpec of(String launcher) {
    return new KernelSpec(List.of(launcher, "kernel", "{connection_file}"));
  }

  /// The text of `kernel.json`.
  public byte[] json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("argv", argv);
    json.put("display_name", "Java (Brigade)");
    // Exactly this name: clients open notebooks of other Java kernels with ours by it.
    json.put("language", KernelInfo.LANGUAGE);
    // A signal would hit every child process, and on Windows nothing at all.
    json.put("interrupt_mode", "message");
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("kernel_protocol_version", KernelInfo.PROTOCOL_VERSION);
    metadata.put("supported_encryption", "curve");
    json.put("metadata", metadata);
    return Json.write(json);
  }
}
