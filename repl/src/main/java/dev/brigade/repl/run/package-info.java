/// `brigade run`: notebooks, scripts and programs without a terminal.
///
/// [dev.brigade.session.source.Program] reads a file into steps, [dev.brigade.repl.run.HeadlessRun]
/// hands them to a session.
@NullMarked
package dev.brigade.repl.run;

import org.jspecify.annotations.NullMarked;
