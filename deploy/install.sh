# Sourced by deploy/run and tests/run, with `root` set to the top of the source tree.
#
#   install_missing GROUP...   installs what is missing of these groups of deploy/packages; does nothing,
#                              and needs no rights, when all is there. Ends the script with 2 when it
#                              cannot be done here.
#   unpack_tools               puts the programs of group `unpack` in build/tools/bin, without rights.
#   give_up_root "$@"          under sudo: continues as the one who called it.
#   build_jobs                 how many compilers fit in this machine's cores and memory.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$@" >&2; }

# The lines of one or more groups, without comments.
packages_of() {
  awk -v groups=" $* " '
    { sub(/#.*/, ""); gsub(/[ \t]+/, "") }
    /^\[.*\]$/ { group = substr($0, 2, length($0) - 2); next }
    $0 != "" && index(groups, " " group " ") { print }' "$root/deploy/packages"
}

missing_packages() {
  local package
  packages_of "$@" | while read -r package; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      printf '%s\n' "$package"
  done
}

require_debian_12() {
  local name="an unknown system" id="" version=""
  if [ -r /etc/os-release ]; then
    name=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-$ID}")
    id=$(. /etc/os-release && printf '%s' "${ID:-}")
    version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-}")
  fi
  if [ "$id" = debian ] && [ "$version" = 12 ] && command -v apt-get >/dev/null; then return; fi
  fail "Vroegsein wordt gebouwd op Debian 12 (bookworm); dit is $name." \
    "Vroegsein is built on Debian 12 (bookworm); this is $name." \
    "Use a Debian 12 machine or container. Where you provide the packages of deploy/packages" \
    "yourself, --no-install skips this step."
  exit 2
}

# Runs a command as root: directly, or through sudo, which require_root has made ready.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# On a terminal sudo may ask for its password; anywhere else nobody is there to answer.
require_root() {
  [ "$(id -u)" = 0 ] && return
  if command -v sudo >/dev/null; then
    if sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; then return; fi
  fi
  fail "Er ontbreken pakketten en er is geen recht om ze te installeren (geen root, geen sudo)." \
    "Packages are missing, and there is no right to install them (neither root nor sudo):" \
    "  $*" \
    "Run this once as root or through sudo, or have them installed."
  exit 2
}

install_missing() {
  local groups=("$@") missing
  command -v dpkg-query >/dev/null || require_debian_12
  missing=$(missing_packages "${groups[@]}" | tr '\n' ' ')
  missing=${missing% }
  if [ -z "$missing" ]; then return; fi
  require_debian_12
  require_root "$missing"
  say "Installing: $missing"
  mkdir -p "$root/build"
  local log="$root/build/install.log"
  # shellcheck disable=SC2086  # a list of names
  if ! { as_root env DEBIAN_FRONTEND=noninteractive apt-get update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 $missing; } \
    >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    fail "Installing failed; all of it is in build/install.log."
    exit 2
  fi
}

unpack_tools() {
  local entry package path name folder="$root/build/tools"
  mkdir -p "$folder/bin"
  PATH="$PATH:$folder/bin"
  export PATH
  packages_of unpack | while IFS=: read -r package path; do
    name=${path##*/}
    if command -v "$name" >/dev/null; then continue; fi
    say "Unpacking $name from $package"
    if ! (cd "$folder" && apt-get download "$package" && dpkg-deb -x "$package"_*.deb "$package") \
      >"$folder/$package.log" 2>&1 </dev/null; then
      tail -n 20 "$folder/$package.log" >&2
      fail "Unpacking $package failed."
      exit 2
    fi
    rm -f "$folder/$package"_*.deb
    ln -sf "../$package/$path" "$folder/bin/$name"
  done || exit 2
}

# What is built and served belongs to whoever called sudo, unless the tree belongs to somebody else.
give_up_root() {
  [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ] || return 0
  [ "$(stat -c %U "$root")" = "$SUDO_USER" ] || return 0
  local home
  home=$(getent passwd "$SUDO_USER" | cut -d: -f6)
  if [ -d "$root/build" ]; then chown -R "$SUDO_USER:" "$root/build"; fi
  exec runuser -u "$SUDO_USER" -- env HOME="$home" USER="$SUDO_USER" LOGNAME="$SUDO_USER" \
    SUDO_USER= bash "$0" "$@"
}

build_jobs() {
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  if [ "$gigabytes" -lt 1 ]; then gigabytes=1; fi
  if [ "$gigabytes" -lt "$cores" ]; then printf '%s\n' "$gigabytes"; else printf '%s\n' "$cores"; fi
}

# One compiler cache for every clone and preset on this machine.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1
