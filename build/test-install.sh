#!/usr/bin/env bash
# Installs this tree below a temporary directory, uses what was installed, and removes it again.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
export HOME=$work/home
unset JUPYTER_DATA_DIR XDG_DATA_HOME BRIGADE_DATA
mkdir "$HOME"

fail() {
  printf 'test-install.sh: %s\n' "$1" >&2
  exit 1
}
check() {
  printf '    %s\n' "$1"
  shift
  "$@" || fail "that did not hold: $*"
}

"$root/install.sh" --prefix "$prefix" > "$work/install.txt" 2>&1 || { cat "$work/install.txt"; fail "install.sh failed"; }
cat "$work/install.txt"
fetched=$(printf 'Fetched %s\n' 0 1 2)
check "the closing example shows its output, order and elapsed time" \
  grep -q 'Elapsed: [12]\..* s of loop time' "$work/install.txt"
out=$("$prefix/bin/brigade" run "$prefix/lib/brigade/examples/section6.jsh" 2> "$work/err")
check "brigade run prints the example's lines in order" [ "$out" = "$fetched" ]
check "and nothing on standard error" [ ! -s "$work/err" ]
check "nothing was written outside the prefix" [ -z "$(find "$HOME" -type f -not -path "$HOME/.m2/*")" ]
check "the cache is there" [ -f "$prefix/lib/brigade/brigade.aot" ]

printf 'this is no notebook' > "$work/bad.ipynb"
if "$prefix/bin/brigade" run "$work/bad.ipynb" 2> "$work/err"; then fail "a malformed notebook ran"; fi
check "a malformed notebook gives one sentence with its position" grep -q 'line 1, column' "$work/err"
if command -v jupyter > /dev/null; then
  JUPYTER_PATH=$prefix/share/jupyter jupyter kernelspec list > "$work/kernels.txt" 2> /dev/null
  check "jupyter finds the kernel" grep -q "brigade *$prefix" "$work/kernels.txt"
fi

"$root/install.sh" --prefix "$prefix" > "$work/again.txt" 2>&1 || { cat "$work/again.txt"; fail "the upgrade failed"; }
check "it upgrades in place" grep -q 'Installed' "$work/again.txt"

mkdir -p "$HOME/.local/share/brigade"
touch "$HOME/.local/share/brigade/terminal-history"
"$root/install.sh" --prefix "$prefix" --uninstall
check "--uninstall leaves nothing below the prefix" [ -z "$(find "$prefix" -type f 2> /dev/null)" ]
check "--uninstall keeps the history" [ -f "$HOME/.local/share/brigade/terminal-history" ]
"$root/install.sh" --prefix "$prefix" --purge
check "--purge removes it" [ ! -e "$HOME/.local/share/brigade" ]
printf 'The installer holds.\n'
