/// The prompt: line editing, colours, completion, and the screen that cells print to. The only user
/// of JLine; start at [dev.brigade.repl.terminal.Prompt].
@NullMarked
package dev.brigade.repl.terminal;

import org.jspecify.annotations.NullMarked;
