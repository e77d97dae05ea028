package dev.brigade.session.spi;

import java.util.Collection;

/// Magics that another jar brings. Found with [java.util.ServiceLoader].
public interface Magics {
  Collection<Magic> magics();
}
