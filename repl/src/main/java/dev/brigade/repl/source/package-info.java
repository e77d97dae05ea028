/// Java source as text: tokens for colours, and commands written with a slash.
@NullMarked
package dev.brigade.repl.source;

import org.jspecify.annotations.NullMarked;
