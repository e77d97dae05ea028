/// Pictures of values, tasks and the event log: text and MIME bundles.
///
/// Pure functions of what they are given; knows nothing of JShell.
@NullMarked
package dev.brigade.session.view;

import org.jspecify.annotations.NullMarked;
