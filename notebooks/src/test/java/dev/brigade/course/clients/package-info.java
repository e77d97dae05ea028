/// Real Jupyter clients drive the kernel that was just built.
@NullMarked
package dev.brigade.course.clients;

import org.jspecify.annotations.NullMarked;
