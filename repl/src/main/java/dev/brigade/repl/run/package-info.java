/// `brigade run`: notebooks, scripts and programs without a terminal.
///
/// [dev.brigade.repl.run.Program] reads a file into steps, [dev.brigade.repl.run.HeadlessRun] hands
/// them to a session. The only user of JSON in this jar.
@NullMarked
package dev.brigade.repl.run;

import org.jspecify.annotations.NullMarked;
