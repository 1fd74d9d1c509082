#!/usr/bin/env bash
# From a clean clone to the first JobId on the playground's page. Prints how long it takes, and fails if it takes
# more than three minutes.
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
clone="$(mktemp -d)"
trap 'rm -rf "$clone"' EXIT
SECONDS=0
git clone -q "$here" "$clone"
cd "$clone"
npm ci --silent
echo "installed after $SECONDS s"
npm run --silent test:e2e -- test/e2e/mainJob.test.ts
echo "the first JobId after at most $SECONDS s"
[ "$SECONDS" -le 180 ]
