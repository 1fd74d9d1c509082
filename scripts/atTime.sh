#!/usr/bin/env bash
# Runs a command with another start of the tests' clock and another time zone. Tests take their times
# from that clock, not from the machine's, so none depends on when or where it runs:
#   scripts/atTime.sh "2028-02-29 23:58:00" Asia/Kolkata npm test
#   scripts/atTime.sh random npm test     picks both at random, and prints the line above
#   scripts/atTime.sh all npm test        every time once, in the zones in turn
# Times are in UTC.
set -euo pipefail

zones=(UTC Asia/Shanghai Asia/Kolkata America/New_York)
times=()
for hour in $(seq -w 0 23); do times+=("2026-06-17 $hour:57:00"); done
times+=(
  "2028-02-29 23:58:00" # a leap day
  "2027-03-14 06:58:00" # New York moves its clocks forward
  "2027-11-07 05:58:00" # New York moves them back
  "2027-03-28 00:58:00" # Berlin moves its clocks forward
  "2027-10-31 00:58:00" # Berlin moves them back
  "2027-04-30 23:58:00" # the end of a month
  "2027-12-31 23:58:00" # the end of a year
)

at() {
  local time=$1 zone=$2
  shift 2
  echo "scripts/atTime.sh \"$time\" $zone $*"
  TZ=$zone TEST_START="${time/ /T}Z" "$@"
}

case $1 in
  random)
    shift
    at "${times[RANDOM % ${#times[@]}]}" "${zones[RANDOM % ${#zones[@]}]}" "$@"
    ;;
  all)
    shift
    for index in "${!times[@]}"; do
      at "${times[index]}" "${zones[index % ${#zones[@]}]}" "$@"
    done
    ;;
  *) at "$@" ;;
esac
