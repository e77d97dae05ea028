/// Changes the classes of cells as they are loaded.
///
/// [Weaver] puts a stop point at method entries and backward branches, redirects the calls listed
/// in [RedirectTable], gives frames the lines of their cell, and finds coroutines that a statement
/// drops. [StopPoint] and [Hooks] are what woven code calls at run time.
///
/// Knows nothing of JShell, cells' values or front ends.
@NullMarked
package dev.brigade.session.weave;

import org.jspecify.annotations.NullMarked;
