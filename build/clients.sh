#!/usr/bin/env bash
# Puts the Jupyter clients there that the tests drive the kernel with: jupyter_client, nbclient, nbconvert,
# jupyter_kernel_test, the console, and the notebook server with a browser; and npm, which the tests build a page of
# widgets with. Does nothing where they are. Debian, as root.
set -euo pipefail

packages=(jupyter-client jupyter-console jupyter-nbconvert jupyter-notebook python3-nbclient python3-nbformat
  python3-jupyter-kernel-test python3-pyte chromium)
modules='jupyter_client, jupyter_console, nbclient, nbformat, nbconvert, jupyter_kernel_test, notebook, pyte'

has_browser() {
  [ -n "${BRIGADE_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome
}

present() {
  local python
  has_browser >/dev/null && command -v npm >/dev/null || return 1
  for python in "${BRIGADE_PYTHON:-}" python3 /usr/bin/python3; do
    if [ -n "$python" ] && "$python" -c "import $modules" >/dev/null 2>&1; then
      return 0
    fi
  done
  return 1
}

if present; then
  echo "clients.sh: the Jupyter clients are there."
  exit 0
fi
# A Node.js that is not Debian's brings its own npm, and does not go together with Debian's.
command -v npm >/dev/null || packages+=(npm)
if ! command -v apt-get >/dev/null 2>&1; then
  echo "clients.sh: the Jupyter clients, Chromium or npm are missing, and there is no apt-get to install them with." >&2
  echo "Install Chromium and npm, and: pip install jupyter_client jupyter_console nbclient nbformat nbconvert jupyter_kernel_test 'notebook<7' pyte" >&2
  exit 1
fi
if [ "$(id -u)" != 0 ]; then
  echo "clients.sh: the Jupyter clients are missing, and only root can install them. Run: sudo build/clients.sh" >&2
  echo "(or: sudo apt-get install --no-install-recommends ${packages[*]})" >&2
  exit 1
fi
echo "clients.sh: installing ${packages[*]} ..."
export DEBIAN_FRONTEND=noninteractive
install=(apt-get install -y -q --no-install-recommends "${packages[@]}")
# The package lists of a fresh machine are empty or old: then once more with new ones.
"${install[@]}" >/dev/null 2>&1 || { apt-get update -q >/dev/null && "${install[@]}" >/dev/null; }
if ! present; then
  echo "clients.sh: the packages are installed, but there is no Chromium, no npm, or no Python here can import $modules." >&2
  exit 1
fi
echo "clients.sh: the Jupyter clients are there."
