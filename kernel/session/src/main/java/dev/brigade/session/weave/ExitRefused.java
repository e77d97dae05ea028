package dev.brigade.session.weave;

/// Thrown where a cell asks the whole program to end.
public final class ExitRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExitRefused(int status) {
    super(
        "a cell cannot end the program (exit status "
            + status
            + " was asked for); to end this cell early, return from a method or throw; to end the"
            + " session, use the front end");
  }
}
