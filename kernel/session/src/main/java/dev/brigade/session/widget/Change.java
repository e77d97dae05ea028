package dev.brigade.session.widget;

import org.jspecify.annotations.Nullable;

/// A widget's value became another.
///
/// @param old the value before
/// @param value the value now
/// @param owner whose it is
public record Change<V>(@Nullable V old, @Nullable V value, Widget<?> owner) {}
