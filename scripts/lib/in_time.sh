# shellcheck shell=bash
# Sourced by scripts/test: programs that must have ended at a point in time.

out_of_time=124  # what `timeout` ends with
killed=137       # the same where a program did not heed the first signal

deadline=${deadline:-1800}  # seconds after the start of the script, as SECONDS counts them
patience=${patience:-10}    # seconds from the first signal to one that none can ignore

# in_time COMMAND...: a program, ended with all it started at the deadline; then the code is
# $out_of_time. What else may end it with the code of a timeout, a limit of its own, is a failure.
in_time() {
  local left=$(( deadline - SECONDS )) code=0
  (( left > 0 )) || return "$out_of_time"
  timeout --kill-after="$patience" "$left" "$@" &
  local child=$!
  trap 'kill -TERM "$child"; exit 130' INT
  wait "$child" || code=$?
  trap - INT
  (( code == out_of_time || code == killed )) || return "$code"
  # A timeout ends when its program does, though others of the group may go on, deaf to the signal.
  kill -KILL -- "-$child" 2> /dev/null || true
  # Two clocks, of which one counts whole seconds, agree within one.
  (( SECONDS + 1 >= deadline )) && return "$out_of_time"
  return 1
}
