#!/usr/bin/env bash
# Ten thousand tasks, cancellations and killed worker processes, for some minutes: build/stress.sh [minutes] [seed]
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -q -Dquick package -pl kernel/bench -am
for carrier in scheduler baton; do
  echo "carrier: $carrier"
  "$(build/find-jdk.sh)/bin/java" --add-opens=java.base/java.lang=ALL-UNNAMED "-Dbrigade.carrier=$carrier" -ea \
    -cp "kernel/bench/target/classes:$(cat kernel/bench/target/classpath.txt)" \
    dev.brigade.bench.Stress "$(awk "BEGIN { print ${1:-2} * 60 }")" ${2:-}
done
