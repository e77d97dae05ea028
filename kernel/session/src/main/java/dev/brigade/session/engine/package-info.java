/// The session on JShell: the only user of `jdk.jshell`.
///
/// Start at [JShellSession], which wires the parts. A cell goes through [CellQueue] (its turn),
/// [CellRunner] (magics and snippets, inside the cell's coroutine), [Evaluator] (one snippet),
/// [CellControl] (loads woven classes, calls user code).
///
/// Knows nothing of Jupyter or terminals.
@NullMarked
package dev.brigade.session.engine;

import org.jspecify.annotations.NullMarked;
