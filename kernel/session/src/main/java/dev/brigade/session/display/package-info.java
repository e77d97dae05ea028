/// What user code calls to show things: the static methods of [Display], imported in every session.
///
/// Knows nothing of the session behind it: a [Display.Target] takes what is shown.
@NullMarked
package dev.brigade.session.display;

import org.jspecify.annotations.NullMarked;
