package dev.brigade.session;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Asks the person at the front end for one line.
@FunctionalInterface
public interface LineInput {
  /// Blocks the calling thread until the line is there. An interrupt of that thread ends the wait.
  ///
  /// @return the line without its end, or null at the end of input
  /// @throws IOException the front end cannot ask
  @Nullable String readLine(String prompt, boolean password)
      throws IOException, InterruptedException;

  /// As [#readLine], for a question that one key answers: where the front end can, without Enter.
  ///
  /// @param keys the keys that are an answer by themselves; others begin a line
  default @Nullable String readKey(String prompt, String keys)
      throws IOException, InterruptedException {
    return readLine(prompt, false);
  }
}
