@NullMarked
package dev.brigade.course;

import org.jspecify.annotations.NullMarked;
