#!/usr/bin/env bash
# Puts the Jupyter clients there that the tests drive the kernel with: jupyter_client, nbclient, nbconvert,
# jupyter_kernel_test and the notebook server. Does nothing where they are. Debian and Ubuntu, as root.
set -euo pipefail

packages=(jupyter-client jupyter-nbconvert jupyter-notebook python3-nbclient python3-nbformat python3-jupyter-kernel-test)
modules='jupyter_client, nbclient, nbformat, nbconvert, jupyter_kernel_test, notebook'

present() {
  local python
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
if ! command -v apt-get >/dev/null 2>&1; then
  echo "clients.sh: no Python here has the Jupyter clients, and there is no apt-get to install them with." >&2
  echo "Install them with: pip install jupyter_client nbclient nbformat nbconvert jupyter_kernel_test notebook" >&2
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
  echo "clients.sh: the packages are installed, but no Python here can import $modules." >&2
  exit 1
fi
echo "clients.sh: the Jupyter clients are there."
