#!/usr/bin/env bash
# Prints the home of a JDK 25 or newer: JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN, Homebrew, macOS. Exits 1 without one.
set -u

# A home counts when it has javac and its release file (or java itself) says 25 or newer.
usable() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$version" -ge 25 ] 2>/dev/null
}

candidates() {
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  local java
  java=$(command -v java 2>/dev/null) && dirname "$(dirname "$(readlink -f "$java" 2>/dev/null || printf %s "$java")")"
  printf '%s\n' "${BRIGADE_JVM_DIR:-/usr/lib/jvm}"/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
}

while IFS= read -r home; do
  if usable "$home"; then
    (cd "$home" && pwd -P)
    exit 0
  fi
done < <(candidates)
exit 1
