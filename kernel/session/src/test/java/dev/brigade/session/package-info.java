@NullMarked
package dev.brigade.session;

import org.jspecify.annotations.NullMarked;
