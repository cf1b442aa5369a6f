# shellcheck shell=bash
# Sourced by scripts/quickstart and scripts/test: what both do to build.

# A compiler cache is used where there is one; a fresh machine does without.
use_compiler_cache() {
  if command -v ccache > /dev/null; then
    # Paths below the checkout are made relative, so that a fresh clone finds what another one built.
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
  fi
}

# One line that says what begins now; easy to find in a long log.
announce() {
  printf '\n== %s\n' "$*"
}

# How many compilers may run at once: all cores, but each may take up to 2 GB.
build_jobs() {
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
  local jobs=$(( gigabytes / 2 < cores ? gigabytes / 2 : cores ))
  echo $(( jobs > 1 ? jobs : 1 ))
}
