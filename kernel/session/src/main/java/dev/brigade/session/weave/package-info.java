/// Changes the classes of cells as they are loaded.
///
/// [Weaver] puts a stop point at method entries and backward branches, redirects the calls listed
/// in [RedirectTable], gives frames the lines of their cell, and finds coroutines that a statement
/// drops. [JdkCalls] is the table as data; a line is an [Around], linked by [CallSites], or a
/// [Redirect]. [StopPoint], [CallSites], [MonitorNotes] and [Hooks] are what woven code calls at
/// run time, besides the runtime's own `Woven` classes.
///
/// To add a call, add it to [JdkCalls] and a case to the test's `woven-calls.txt`.
///
/// Knows nothing of JShell, cells' values or front ends.
@NullMarked
package dev.brigade.session.weave;

import org.jspecify.annotations.NullMarked;
