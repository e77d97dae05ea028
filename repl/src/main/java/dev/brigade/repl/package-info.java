/// The `brigade` launcher: from a command line to a subcommand.
///
/// Start at [dev.brigade.repl.Main]. This jar must not know of the Jupyter kernel: `brigade kernel`
/// comes in through [dev.brigade.session.spi.Subcommand].
@NullMarked
package dev.brigade.repl;

import org.jspecify.annotations.NullMarked;
