#!/usr/bin/env bash
# Rewrites every Java source of the tree in the house format.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -f target/tools/google-java-format.jar ] || mvn -q -N process-sources
exports=()
for p in api code file parser tree util; do
  exports+=("--add-exports=jdk.compiler/com.sun.tools.javac.$p=ALL-UNNAMED")
done
"$(build/find-jdk.sh)/bin/java" "${exports[@]}" -cp target/tools/google-java-format.jar build/Format.java apply
