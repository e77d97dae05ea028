@NullMarked
package dev.brigade.jupyter;

import org.jspecify.annotations.NullMarked;
