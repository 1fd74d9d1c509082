#!/usr/bin/env bash
# Shows that Ferry works on each supported version of Node. For each version: installs Node from its npm package, copies
# the tree, lets that Node install the dependencies and compile better-sqlite3, and runs the build, the demo and some tests
# on both databases. `--release` adds the test of the release package. Versions are arguments: scripts/nodeVersions.sh 22 24
set -euo pipefail
cd "$(dirname "$0")/.."
release=""
if [ "${1:-}" = --release ]; then release=yes; shift; fi
[ $# -gt 0 ] || set -- 20.19 22 24 latest

# The main flow, starts and stops, both databases, sockets, TLS, and time zones.
tests=(test/flows/mainJob test/flows/connection test/startFromEnvironment.test.ts
  test/store/migrations test/store/postgresTls test/tencentcloud/createMigrateJob.test.ts test/slack/socketConnection
  test/domain/chinaTime)

work=$(mktemp -d)
chmod 755 "$work"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
npm_program="$(npm root --global)/npm/bin/npm-cli.js"

try() {
  local version=$1 started=$SECONDS
  local node="$work/$version/node" tree="$work/$version/tree"
  mkdir -p "$node" "$tree"
  echo '{"allowScripts": {"node": true}}' > "$node/package.json"
  npm install --silent --no-audit --prefix "$node" "node@$version"
  # A package with the headers, too, so that nothing is downloaded to compile better-sqlite3.
  local headers
  headers=$(cd "$node" && find "$PWD/node_modules" -type d -path '*/include/node' | head -1)
  git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$tree"
  (
    cd "$tree"
    # npm starts scripts with the first `node` of PATH, and so do tests that start programs.
    export PATH="$node/node_modules/node/bin:$PATH" npm_config_nodedir="${headers%/include/node}"
    node "$npm_program" ci --no-audit --no-fund --loglevel=error
    npm run --silent build
    node dist/playground/demo.js > demo.log || { tail -20 demo.log; exit 1; }
    tried() {
      node node_modules/jest/bin/jest.js --maxWorkers="${MAX_WORKERS:-2}" --forceExit "$@" >> tests.log 2>&1 \
        || { tail -150 tests.log; exit 1; }
    }
    tried "${tests[@]}"
    tried --config jest.programs.config.js test/programs/main
    if [ -n "$release" ]; then
      npm run --silent test:release > release.log 2>&1 || { tail -50 release.log; exit 1; }
    fi
    echo "$(node --version): install, build, demo${release:+, release package} and $(awk '/^Tests:/ { total += $(NF - 1) } END { print total }' tests.log) tests; $((SECONDS - started)) s"
  )
  chmod -R u+w "$work/$version"
  rm -rf "${work:?}/$version"
}
failed=()
for version in "$@"; do
  # A function in a condition would go on after a command that fails.
  (try "$version") & wait $! || failed+=("$version")
done
[ ${#failed[@]} = 0 ] || { echo "failed: ${failed[*]}"; exit 1; }
