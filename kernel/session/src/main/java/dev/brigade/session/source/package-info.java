/// Text as cells: notebooks, scripts and programs of a file, and Java as tokens with the commands
/// between them.
@NullMarked
package dev.brigade.session.source;

import org.jspecify.annotations.NullMarked;
