package dev.brigade.repl.run;

import dev.brigade.session.EmissionListener;
import dev.brigade.session.Session;
import dev.brigade.session.SessionOptions;

/// Opens the session that a front end talks to; tests hand in one of their own.
@FunctionalInterface
public interface SessionFactory {
  Session open(SessionOptions options, EmissionListener listener);
}
