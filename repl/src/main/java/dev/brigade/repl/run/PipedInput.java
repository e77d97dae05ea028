package dev.brigade.repl.run;

import dev.brigade.session.LineInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/// The process's standard input as user code's.
public final class PipedInput implements LineInput {
  private final BufferedReader reader;
  private final PrintStream out;

  public PipedInput(InputStream in, Charset charset, PrintStream out) {
    reader = new BufferedReader(new InputStreamReader(in, charset));
    this.out = out;
  }

  @Override
  public @Nullable String readLine(String prompt, boolean password) throws IOException {
    if (!prompt.isEmpty()) {
      out.print(prompt);
      out.flush();
    }
    return reader.readLine();
  }
}
