package dev.brigade.session.view;

import dev.brigade.async.CancelledError;
import dev.brigade.async.KeyboardInterrupt;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/// What a value's own code threw while it was shown, in words: the value is at fault, and the cell
/// goes on. An interrupt is no fault and is passed on.
final class ValueFault {
  /// Code of a value.
  interface Code<T extends @Nullable Object> {
    T run() throws Throwable;
  }

  /// Takes what the code threw, in words.
  interface Otherwise<T extends @Nullable Object> {
    T of(String fault);
  }

  static <T extends @Nullable Object> T guard(Code<T> code, Otherwise<T> otherwise) {
    try {
      return code.run();
    } catch (VirtualMachineError e) {
      // Of these only the stack's end leaves everything else as it was.
      if (e instanceof StackOverflowError) return otherwise.of(words(e));
      throw e;
    } catch (Throwable e) {
      if (isInterrupt(e)) throw ValueFault.<RuntimeException>asIs(e);
      return otherwise.of(words(e));
    }
  }

  private static boolean isInterrupt(Throwable thrown) {
    int depth = 0;
    for (@Nullable Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof CancelledError
          || t instanceof KeyboardInterrupt
          || t instanceof InterruptedException
          || t instanceof InterruptedIOException
          || t instanceof ClosedByInterruptException) return true;
    }
    return false;
  }

  private static String words(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    try {
      String message = thrown.getMessage();
      if (message == null || message.isBlank()) return "threw " + name;
      return "threw " + name + ": " + message.lines().findFirst().orElse("");
    } catch (RuntimeException e) {
      return "threw " + name;
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E asIs(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private ValueFault() {}
}
