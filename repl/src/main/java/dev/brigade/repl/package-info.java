@NullMarked
package dev.brigade.repl;

import org.jspecify.annotations.NullMarked;
