/// What runs, waits and holds what at one moment, read from outside, and told as tables, trees and
/// in words. Start at [Observer].
///
/// Every reading is made in the asking thread while the program goes on, or is stuck: it takes no
/// lock that user code can hold, waits for nothing, and may be one step behind.
@NullMarked
package dev.brigade.session.observe;

import org.jspecify.annotations.NullMarked;
