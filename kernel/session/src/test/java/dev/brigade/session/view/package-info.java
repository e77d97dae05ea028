@NullMarked
package dev.brigade.session.view;

import org.jspecify.annotations.NullMarked;
