#!/usr/bin/env bash
# Runs the same work in Brigade, CPython's asyncio, uvloop and Node, in turn, and prints medians and ratios.
#
#   build/bench.sh                    all kinds of work, 3 rounds
#   build/bench.sh -r 5 switch tree   some kinds, 5 rounds
#   build/bench.sh jmh [options]      the JMH benchmarks, with JMH's own options
#   build/bench.sh log [rounds]       what the event log costs: off against not there at all, on against off, looked at against on
#
# What is not installed is left out: python3, its module uvloop (Debian: python3-uvloop), node (Debian: nodejs).
# Leave the machine alone meanwhile: figures of a busy machine say nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
java=$(build/find-jdk.sh)/bin/java
mvn -B -q -Dquick package -pl kernel/bench -am
classpath=kernel/bench/target/classes:$(cat kernel/bench/target/classpath.txt)
# As the JVMs that Brigade starts: repl/src/main/dist/jvm.flags.
flags=(--add-opens=java.base/java.lang=ALL-UNNAMED -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xss16m)
if [ "${1:-}" = jmh ]; then
  shift
  exec "$java" -cp "$classpath" org.openjdk.jmh.Main "$@"
fi
if [ "${1:-}" = log ]; then
  without=$(mktemp -d)
  trap 'rm -rf "$without"' EXIT
  "$java" -cp "$classpath" dev.brigade.bench.WithoutLog "$without"
  for kind in switch create queue tree; do
    for ((round = 1; round <= ${2:-7}; round++)); do
      echo "none $("$java" "${flags[@]}" -cp "$without:$classpath" dev.brigade.bench.Work "$kind")"
      echo "off $("$java" "${flags[@]}" -cp "$classpath" dev.brigade.bench.Work "$kind")"
      echo "on $("$java" "${flags[@]}" -cp "$classpath" dev.brigade.bench.Work "$kind" on)"
      echo "live $("$java" "${flags[@]}" -cp "$classpath" dev.brigade.bench.Work "$kind" live)"
    done | sort -k1,1 -k2,2n | awk -v kind="$kind" '
      { value[$1, ++count[$1]] = $2 }
      function median(how) { return value[how, int((count[how] + 1) / 2)] }
      END {
        printf "%-8s no log %8.1f  off %8.1f (%+.1f %%)  on %8.1f (%.2f times off)  live %8.1f (%+.1f %% of on)\n", kind, median("none"),
          median("off"), 100 * (median("off") / median("none") - 1), median("on"), median("on") / median("off"), median("live"),
          100 * (median("live") / median("on") - 1)
      }'
  done
  exit
fi
rounds=3
if [ "${1:-}" = -r ]; then rounds=$2; shift 2; fi
[ $# -gt 0 ] || set -- switch create queue gather tree million pool echo
python=${PYTHON:-python3}
peers=(brigade)
command -v "$python" >/dev/null && peers+=(asyncio)
"$python" -c 'import uvloop' 2>/dev/null && peers+=(uvloop)
command -v node >/dev/null && peers+=(node)

command_of() { # peer, kind
  case $1 in
    brigade) echo "$java ${flags[*]} -cp $classpath dev.brigade.bench.Work $2" ;;
    asyncio) echo "$python kernel/bench/src/main/python/work.py $2" ;;
    uvloop) echo "$python kernel/bench/src/main/python/work.py $2 uvloop" ;;
    node) echo "node kernel/bench/src/main/node/work.mjs $2" ;;
  esac
}

measure() { # peer, kind
  if [ "$2" != echo ]; then
    $(command_of "$1" "$2") </dev/null
    return
  fi
  coproc SERVER { exec $(command_of "$1" echo); }
  local port; read -r port <&"${SERVER[0]}"
  "$python" kernel/bench/src/main/python/echo_client.py "$port" 2 >/dev/null # warm
  "$python" kernel/bench/src/main/python/echo_client.py "$port" 3
  local pid=$SERVER_PID
  exec {SERVER[1]}>&-
  wait "$pid" 2>/dev/null || true
}

results=$(mktemp)
trap 'rm -f "$results"' EXIT
for kind in "$@"; do
  for ((round = 1; round <= rounds; round++)); do
    for peer in "${peers[@]}"; do
      figure=$(measure "$peer" "$kind") || continue
      [ -n "$figure" ] && echo "$kind $peer $figure" >>"$results"
    done
  done
done
awk '
  { n = ++count[$1, $2]; value[$1, $2, n] = $3; if (!($1 in kinds)) { order[++k] = $1; kinds[$1] } peers[$2] }
  function median(kind, peer,   n, i, j, t, a) {
    n = count[kind, peer]; for (i = 1; i <= n; i++) a[i] = value[kind, peer, i] + 0
    for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j-1]; j--) { t = a[j]; a[j] = a[j-1]; a[j-1] = t }
    return a[int((n + 1) / 2)]
  }
  BEGIN { unit["million"] = "MB"; unit["echo"] = "per second" }
  END {
    for (i = 1; i <= k; i++) {
      kind = order[i]; mine = median(kind, "brigade")
      printf "%-8s brigade %12.1f %s\n", kind, mine, (kind in unit ? unit[kind] : "ns each")
      for (peer in peers) if (peer != "brigade" && (kind, peer) in count) {
        theirs = median(kind, peer)
        printf "         %-7s %12.1f   brigade is %.2f times %s\n", peer, theirs,
          (kind == "echo" ? mine / theirs : theirs / mine), (kind == "million" ? "smaller" : "as fast")
      }
    }
  }' "$results"
