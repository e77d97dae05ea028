/// The pictures of the documents, and the test that they are what their programs give.
@NullMarked
package dev.brigade.course.pictures;

import org.jspecify.annotations.NullMarked;
