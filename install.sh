#!/usr/bin/env bash
# Builds Brigade and installs it: the launcher `brigade`, the Jupyter kernel, and a start-up cache.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P) || exit 1

usage() {
  cat << 'END'
Usage: ./install.sh [--prefix DIR | --sys-prefix] [--uninstall | --purge]

Builds Brigade and installs the launcher `brigade` and the Jupyter kernel `brigade`.
Run again, it upgrades what is there.

  --prefix DIR   everything below DIR (bin, lib/brigade, share/jupyter); default ~/.local
  --sys-prefix   for all users, below /usr/local
  --uninstall    removes what was installed; history and progress stay
  --purge        removes history and progress too
  --help         this text

Needs a JDK 25 or newer (JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN and Homebrew are searched) and Maven.
END
}

say() { printf '%s\n' "$*"; }
step() { printf '==> %s\n' "$*"; }
die() {
  printf 'install.sh: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '%s\n' "$@" >&2
  exit 1
}

prefix=
action=install
while [ $# -gt 0 ]; do
  case $1 in
    --prefix)
      [ $# -ge 2 ] && [ -n "$2" ] || die "--prefix needs a directory, for example: --prefix \"\$HOME/brigade\""
      prefix=$2
      shift
      ;;
    --prefix=?*) prefix=${1#--prefix=} ;;
    --sys-prefix) prefix=/usr/local ;;
    --uninstall) action=uninstall ;;
    --purge) action=purge ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) die "there is no option $1; ./install.sh --help lists them." ;;
  esac
  shift
done

# The kernel goes where Jupyter looks: below the prefix, or, by default, into the user's own directory.
if [ -n "$prefix" ]; then
  case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
  jupyter=$prefix/share/jupyter
else
  prefix=${HOME:?HOME is not set; use --prefix DIR}/.local
  if [ -n "${JUPYTER_DATA_DIR:-}" ]; then
    jupyter=$JUPYTER_DATA_DIR
  elif [ "$(uname)" = Darwin ]; then
    jupyter=$HOME/Library/Jupyter
  else
    jupyter=${XDG_DATA_HOME:-$HOME/.local/share}/jupyter
  fi
fi
lib=$prefix/lib/brigade
launcher=$prefix/bin/brigade

# Removes a directory if it is empty, and then its parent, up to the prefix.
remove_empty() {
  local directory=$1
  while [ "$directory" != "$prefix" ] && [ "$directory" != / ] && rmdir "$directory" 2> /dev/null; do
    directory=$(dirname "$directory")
  done
}

uninstall() {
  local spec
  spec=$(cat "$lib/kernelspec-directory" 2> /dev/null) || spec=
  case $spec in /*/kernels/brigade) ;; *) spec=$jupyter/kernels/brigade ;; esac
  if [ ! -e "$lib" ] && [ ! -e "$launcher" ] && [ ! -e "$spec" ]; then
    say "Nothing of Brigade is installed below $prefix."
  else
    rm -rf "$spec" "$lib" "$launcher" || die "not everything could be removed; see the lines above."
    remove_empty "$(dirname "$spec")"
    remove_empty "$(dirname "$lib")"
    remove_empty "$(dirname "$launcher")"
    # What `brigade install` put into the user's own directory, if it starts this launcher.
    local own=${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter}/kernels/brigade
    if grep -qsF "\"$launcher\"" "$own/kernel.json"; then rm -rf "$own"; fi
    say "Removed $launcher, $lib and $spec."
  fi
  local data=${BRIGADE_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/brigade}
  if [ "$action" = purge ]; then
    if [ -e "$data" ]; then
      # Only what Brigade writes: the directory may be anybody's.
      rm -f "$data/history.tsv" "$data/terminal-history" && rm -rf "$data/progress" \
        || die "history and progress could not be removed from $data."
      rmdir "$data" 2> /dev/null
      say "Removed history and progress in $data."
    fi
  elif [ -e "$data" ]; then
    say "History and progress stay in $data; --purge removes them."
  fi
}

find_jdk() {
  jdk=$("$root/build/find-jdk.sh") && return
  local apt=
  if command -v apt-cache > /dev/null && apt-cache show openjdk-25-jdk > /dev/null 2>&1; then
    apt="  Debian:    sudo apt-get install openjdk-25-jdk"
  fi
  die "no JDK 25 or newer was found in JAVA_HOME, PATH, /usr/lib/jvm, SDKMAN or Homebrew." \
    "Install one, for example:" ${apt:+"$apt"} \
    "  any Linux: curl -s https://get.sdkman.io | bash; sdk install java 25-tem" \
    "  macOS:     brew install openjdk@25" \
    "  by hand:   https://adoptium.net/temurin/releases/?version=25" \
    "or set JAVA_HOME to one, and run ./install.sh again."
}

apt_get_maven() {
  local as_root=
  if [ "$(id -u)" != 0 ]; then as_root="sudo -n"; fi
  $as_root apt-get update && $as_root apt-get install -y --no-install-recommends maven
}

find_maven() {
  command -v mvn > /dev/null && return
  if command -v apt-get > /dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2> /dev/null; }; then
    step "Installing Maven with apt-get"
    with_progress apt_get_maven \
      || die "apt-get could not install Maven; the log is $log" "Install Maven 3.8 or newer and run ./install.sh again."
    return
  fi
  die "Maven is missing and cannot be installed from here." \
    "Install Maven 3.8 or newer (Debian: sudo apt-get install maven, macOS: brew install maven) and run ./install.sh again."
}

# Runs a command with its output in the log, and shows that time goes by.
with_progress() {
  "$@" >> "$log" 2>&1 &
  local job=$! begin=$SECONDS next=15
  while kill -0 "$job" 2> /dev/null; do
    sleep 0.2
    if [ $((SECONDS - begin)) -ge $next ]; then
      say "    still at it ($next s)"
      next=$((next + 15))
    fi
  done
  wait "$job"
}

build() {
  step "Building with Maven (the first build downloads what it needs; log: $log)"
  rm -rf "$root/target/dist"
  # Maven may run on an older JDK: its toolchains find this one by a variable of the form JAVA*_HOME.
  local environment=("JAVA25_HOME=$jdk")
  mvn --version > /dev/null 2>&1 || environment+=("JAVA_HOME=$jdk")
  (cd "$root" && with_progress env "${environment[@]}" mvn -B -q -Dquick -Ddist package) || {
    grep -m 5 'ERROR' "$log" >&2
    die "the build failed; the whole log is $log" \
      "Without a network Maven cannot download what it needs: check that first, then run ./install.sh again."
  }
}

# Replaces what is installed. Jars first, the launcher last: one that runs keeps the files it opened.
copy_files() {
  step "Installing below $prefix"
  local next=$prefix/lib/.brigade-next
  mkdir -p "$prefix/bin" "$prefix/lib" && rm -rf "$next" && mkdir "$next" \
    || die "$prefix cannot be written to; use --prefix DIR, or sudo for all users."
  cp "$root"/target/dist/*.jar "$next" || die "the build left no jars in $root/target/dist."
  local module
  for module in kernel/async kernel/session kernel/jupyter repl notebooks; do
    cp "$root/$module"/target/brigade-*.jar "$next" || die "the build left no jar in $module/target."
  done
  # Opened when %maven is first used, and by nobody else.
  mkdir "$next/maven" && cp "$root"/target/dist/maven/*.jar "$root"/kernel/maven/target/brigade-maven-*.jar "$next/maven" \
    || die "the build left no jars in $root/target/dist/maven."
  (cd "$next" && LC_ALL=C ls ./*.jar | sed 's|^\./||' > class-path)
  cp "$root/repl/src/main/dist/jvm.flags" "$root/build/find-jdk.sh" "$next"
  cp -r "$root/repl/src/main/dist/examples" "$next"
  cp "$root/LICENSE" "$next"
  printf '%s\n' "$jdk" > "$next/java-home"
  printf '%s\n' "$jupyter/kernels/brigade" > "$next/kernelspec-directory"
  rm -rf "$lib" && mv "$next" "$lib" \
    && cp "$root/repl/src/main/dist/brigade" "$launcher.next" && chmod 755 "$launcher.next" \
    && mv "$launcher.next" "$launcher" || die "the files could not be put below $prefix."
}

install_kernel() {
  "$launcher" kernelspec "$jupyter/kernels/brigade" "$launcher" >> "$log" 2>&1 \
    || die "the kernel could not be put into $jupyter/kernels/brigade; the log is $log"
}

# Start-up caches, made by runs that do what a kernel and a terminal do at first, and what a worker process does.
# Without C2: a JVM that finds in its cache that C2 has compiled a method compiles it again at its start, on all cores.
train() {
  step "Training the start-up cache"
  local class_path
  class_path=$(sed "s|^|$lib/|" "$lib/class-path" | paste -s -d : -)
  with_progress "$jdk/bin/java" "-XX:AOTCacheOutput=$lib/brigade.aot" "@$lib/jvm.flags" \
    -XX:TieredStopAtLevel=2 -cp "$class_path" dev.brigade.repl.Main train
  if [ ! -f "$lib/brigade.aot" ]; then
    say "    no cache was made (see $log); Brigade starts without it, about half a second later."
  fi
  # Without one, workers only start a little later.
  with_progress "$jdk/bin/java" "-XX:AOTCacheOutput=$lib/worker.aot" "@$lib/jvm.flags" \
    -XX:TieredStopAtLevel=2 -cp "$class_path" dev.brigade.async.process.WorkerRehearsal || true
}

show() {
  step "The tutorial's section 6, run by $launcher"
  "$launcher" run --trace "$lib/examples/section6.jsh" \
    || die "the example failed; run it again with: $launcher run --trace $lib/examples/section6.jsh"
  say
  say "Installed. The prompt: $launcher"
  say "The notebook kernel: choose Brigade in Jupyter (jupyter kernelspec list)."
  case ":$PATH:" in
    *":$prefix/bin:"*) ;;
    *) say "To type just brigade: export PATH=\"$prefix/bin:\$PATH\"" ;;
  esac
}

if [ "$action" != install ]; then
  uninstall
  exit 0
fi
mkdir -p "$root/target" || die "$root cannot be written to; the build needs it."
log=$root/target/install.log
: > "$log"
find_jdk
say "JDK: $jdk"
find_maven
build
copy_files
install_kernel
train
show
