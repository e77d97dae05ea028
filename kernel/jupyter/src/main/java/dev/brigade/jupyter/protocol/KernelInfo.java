package dev.brigade.jupyter.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the kernel says of itself.
///
/// @param version of Brigade
/// @param banner what consoles print first
public record KernelInfo(String version, String banner) {
  /// What this kernel serves in full; the kernelspec announces the same.
  public static final String PROTOCOL_VERSION = "5.5";

  /// The language as clients match it: kernelspecs of one language can stand in for each other.
  public static final String LANGUAGE = "java";

  /// The optional parts of the protocol that it serves. There is no debugger.
  static final List<String> FEATURES = List.of("kernel subshells");

  Map<String, Object> json() {
    var language = new LinkedHashMap<String, Object>();
    language.put("name", LANGUAGE);
    language.put("version", Runtime.version().feature() + "");
    language.put("mimetype", "text/x-java");
    language.put("file_extension", ".java");
    language.put("pygments_lexer", "java");
    language.put("codemirror_mode", "text/x-java");
    var json = new LinkedHashMap<String, Object>();
    json.put("status", "ok");
    json.put("protocol_version", PROTOCOL_VERSION);
    json.put("implementation", "brigade");
    json.put("implementation_version", version);
    json.put("language_info", language);
    json.put("banner", banner);
    json.put("supported_features", FEATURES);
    json.put(
        "help_links",
        List.of(
            Map.of(
                "text", "Java API", "url", "https://docs.oracle.com/en/java/javase/25/docs/api/")));
    return json;
  }
}
