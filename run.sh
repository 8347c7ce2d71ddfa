#!/bin/sh
# One command from a fresh machine to a running gateway. `./run.sh help` lists what it can do.
#
# Sets up .venv from the hash-pinned lists in locks/ (by uv: from PATH, else from .uv/, which is made here), then hands over.
# .venv/.ready says what the environment was made from; while that holds, nothing is checked twice and no network is needed.
# Writes in this folder only (and uv in its cache); as root, on a Debian machine without Python, apt-get installs it first.
# PYTHON names another interpreter; all UV_* and PIP_* settings of the environment apply.
set -eu
caller=$(pwd)
cd "$(dirname "$0")"
here=$(pwd)
python=.venv/bin/python

usage() {
  cat <<'END'
usage: ./run.sh COMMAND [ARGUMENTS]

  demo [--once]         convert two sample badges and serve the result at http://127.0.0.1:8000 (--once: end by itself)
  serve                 start the gateway
  inspect | verify | convert FILE|URL|-
                        what is this badge (inspect FILE --repair -o OUT corrects it); is it what it claims to be;
                        make it another format
  keys list | rotate | encrypt
                        the gateway's signing keys
  issue FILE | list | revoke ID | suspend ID | reinstate ID | erase ID | watch
                        issue from plain data, find it again, take it back, erase it; look at the sources of what was
                        converted
  offer ID              let one person fetch a credential into a wallet: a link and a QR code
  platforms | api-keys | clients | members | audit | settings
                        who issues here and may do what, what was done, what is set (each with --help)
  openapi               write the published contract
  ...                   each other command of badge-gateway, as which these are installed: see badge-gateway --help

  test [--all | --long] [...]
                        run the tests on a PostgreSQL and a Redis that they start themselves (--all: the slow ones too;
                        --long: these with all the examples that there is a night for); all else is for pytest
  fuzz [--minutes N] [--cases N] [--seed S] [--surface NAME] [--jobs N] [--json FILE]
                        try every published document with requests that are made up from it
  lint                  style, types and import contracts
  bench [lists]         measure and print what things cost (lists: pages of 10,000 credentials instead)
  lock [--upgrade]      write locks/ again after a change of dependencies in pyproject.toml
END
}

fail() {
  echo "run.sh: $*" >&2
  exit 1
}

lock_digest() {
  cat locks/*.txt pyproject.toml | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c 1-64
}

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# Debian's ensurepip stands in a package of its own, python3-venv.
makes_venvs() {
  new_enough "$1" && "$1" -c 'import ensurepip' >/dev/null 2>&1
}

install_python() {
  [ "$(id -u)" = 0 ] && [ -z "${PYTHON:-}" ] && command -v apt-get >/dev/null 2>&1 ||
    fail "needs Python 3.11 or newer with venv (on Debian: apt-get install python3 python3-venv); PYTHON=... names one"
  echo "run.sh: no Python 3.11 or newer with venv here, installing Debian's" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >/dev/null
  apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates >/dev/null
  makes_venvs "$1" || fail "Debian's python3 is older than 3.11; PYTHON=... names another"
}

# Some users have no home to keep a cache in.
[ -w "${HOME:-/nonexistent}" ] || export UV_CACHE_DIR="${UV_CACHE_DIR:-$here/.uv/cache}"

# Leaves the name of a working uv in $uv. A shim without a uv behind it does not count.
find_uv() {
  for uv in uv .uv/bin/uv; do
    if "$uv" --version >/dev/null 2>&1; then return; fi
  done
  found=${PYTHON:-python3}
  makes_venvs "$found" || install_python "$found"
  "$found" -m venv --clear .uv
  .uv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check --require-hashes \
    -r locks/uv.txt
}

make_venv() {
  rm -rf .venv
  if ! "$uv" venv --quiet --no-python-downloads ${PYTHON:+--python "$PYTHON"} .venv; then
    install_python python3
    "$uv" venv --quiet --no-python-downloads --python python3 .venv
  fi
}

# set_up runtime | test: .venv holds the packages of that lock and this project. `test` holds all of `runtime`, and
# stays: so does an environment of unknown making.
set_up() {
  digest=$(lock_digest)
  level='' made_from='' made_in=$here
  if [ -f .venv/.ready ]; then read -r level made_from made_in <.venv/.ready; elif [ -e .venv ]; then level=test; fi
  if [ "$level" = test ]; then set -- test; fi
  if [ "$level $made_from $made_in" = "$1 $digest $here" ] && [ -x "$python" ]; then return; fi

  echo "run.sh: setting up .venv ($1)" >&2
  find_uv
  # The scripts in an environment name its place: one that was moved is made again.
  if [ "$made_in" != "$here" ] || ! new_enough "$python"; then make_venv; fi
  echo "$1 unfinished $here" >.venv/.ready
  # Compiled now, as pip would: where bytecode is not written (containers), each start takes twice as long without.
  "$uv" pip sync --quiet --compile-bytecode --python "$python" --require-hashes "locks/$1.txt"
  "$uv" pip install --quiet --python "$python" --no-deps --build-constraints locks/build.txt --editable .
  "$python" -m compileall -q adapters gateway
  echo "$1 $digest $here" >.venv/.ready
}

# resolve NAME ARGUMENTS: write locks/NAME.txt. What stands in it stays as it is, unless --upgrade says otherwise.
resolve() {
  list=locks/$1.txt
  shift
  "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
    --custom-compile-command './run.sh lock' --output-file "$list" "$@"
}

lock() {
  find_uv
  resolve runtime pyproject.toml "$@"
  resolve test pyproject.toml --group test --group lint --constraints locks/runtime.txt "$@"
  resolve build --group build "$@"
  resolve uv --group uv "$@"
}

command=${1:-help}
[ $# = 0 ] || shift
case $command:${1:-} in
  # These hand their arguments on to tools with another help, or take none.
  lint:-h | lint:--help | test:-h | test:--help | lock:-h | lock:--help)
    usage | awk -v name="$command" '/^  [a-z.]/ { told = $1 == name } told'
    exit
    ;;
esac
case $command in
  help | -h | --help) usage ;;
  lock) lock "$@" ;;
  lint)
    set_up test
    .venv/bin/ruff check .
    .venv/bin/ruff format --check .
    .venv/bin/mypy
    .venv/bin/lint-imports
    ;;
  test)
    set_up test
    for argument in "$@"; do
      shift
      case $argument in
        --long) export GATEWAY_TEST_LONG=1 && set -- "$@" -m "" ;;
        --all) set -- "$@" -m "" ;;
        *) set -- "$@" "$argument" ;;
      esac
    done
    # One process: a second one (-n 2) costs 40 % more work, and there are limits in milliseconds to be kept.
    exec "$python" -m pytest "$@"
    ;;
  bench)
    set_up test
    exec "$python" -m tests.bench "$@"
    ;;
  fuzz)
    set_up test
    exec "$python" -m tests.fuzz "$@"
    ;;
  *)
    set_up runtime
    cd "$caller" # files are named as seen from there
    exec "$here/.venv/bin/badge-gateway" "$command" "$@"
    ;;
esac
