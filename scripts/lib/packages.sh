# shellcheck shell=bash
# Sourced by scripts/quickstart and scripts/test: installs the Debian packages that are missing.

# Names of the packages of scripts/packages.txt for the kinds given (build, test), one a line.
listed_packages() {
  local root=$1 kind
  shift
  for kind in "$@"; do
    awk -v kind="$kind" '!/^#/ && $2 == kind {print $1}' "$root/scripts/packages.txt"
  done
}

# Those of the packages given that are not installed, one a line.
missing_packages() {
  local package
  for package in "$@"; do
    dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2> /dev/null |
      grep -qx installed || echo "$package"
  done
}

# install_packages ROOT KIND...: quick and without a call to apt when nothing is missing.
install_packages() {
  local root=$1 package
  local -a packages missing as_root=() apt
  shift
  mapfile -t packages < <(listed_packages "$root" "$@")
  if ! command -v dpkg-query > /dev/null; then
    echo "packages: this is no Debian, so nothing is installed; needed: ${packages[*]}"
    return 0
  fi
  mapfile -t missing < <(missing_packages "${packages[@]}")
  if (( ${#missing[@]} == 0 )); then
    echo "packages: nothing is missing"
    return 0
  fi

  if [[ "$(id -u)" != 0 ]]; then
    as_root=(sudo)
    if ! command -v sudo > /dev/null; then
      echo "packages: missing, and neither root nor sudo is at hand. As root, run:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      return 1
    fi
  fi
  echo "packages: these are going to be installed with apt-get${as_root[0]:+ (through sudo)}:"
  for package in "${missing[@]}"; do
    awk -v name="$package" '$1 == name {$2 = ""; sub(/ +/, " - "); print "  " $0}' "$root/scripts/packages.txt"
  done
  # A fresh machine may still be updating itself, hence the patience with apt's lock.
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update < /dev/null
  "${apt[@]}" install --yes --no-install-recommends "${missing[@]}" < /dev/null
}
