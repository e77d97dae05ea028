@NullMarked
package dev.brigade.async;

import org.jspecify.annotations.NullMarked;
