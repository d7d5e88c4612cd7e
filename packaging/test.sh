#!/bin/sh
# Runs every check of the station, after setting the machine up for them when that is not done yet:
#
#   sh packaging/test.sh           everything
#   sh packaging/test.sh --quick   all but the system tests, which start the real program
#   sh packaging/test.sh --bench   the measurements of tests/bench instead (an otherwise idle machine)
#
# All steps run even when one fails; the exit code is 0 only when none did.
# Tests that failed once and passed alone are named at the end.
set -eu

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
root=$(CDPATH='' cd -- "$here/.." && pwd -P)
cd "$root"
python=$root/.venv/bin/python
mode=${1:-}
case $mode in
    '' | --quick) level='test' ;;
    --bench) level='bench' ;;
    *)
        echo "unknown option $mode: --quick or --bench" >&2
        exit 2
        ;;
esac

sh packaging/setup.sh "$level"

summary='' failed=0

step() { # a name, then the command
    name=$1
    shift
    printf '\n== %s\n' "$name"
    begin=$(date +%s)
    verdict='ok'
    "$@" || {
        verdict="FAILED ($?)"
        failed=1
    }
    summary="$summary$(printf '%-16s %4d s  %s' "$name" $(($(date +%s) - begin)) "$verdict")
"
}

# Runs tests. When a few of them failed beside all the others, these are run once more, alone: what
# fails twice is broken, what passes then is named as unsteady and has to be mended all the same
# (docs/decisions/0040-unsteady-tests.md). More than a few are never excused.
few=3
tests() {
    code=0
    "$python" -m pytest --cache-clear "$@" || code=$?
    [ "$code" -eq 1 ] || return "$code"
    unsteady=$("$python" -c "
import json, pathlib
print(*json.loads(pathlib.Path('.pytest_cache/v/cache/lastfailed').read_text()), sep='\n')")
    [ "$(printf '%s\n' "$unsteady" | wc -l)" -le "$few" ] || return 1
    printf '\n== once more, alone:\n%s\n' "$unsteady"
    "$python" -m pytest "$@" -n 0 --last-failed --last-failed-no-failures=none || return 1
    notes="$notes$(printf '%s\n' "$unsteady" | sed 's/^/UNSTEADY: /')
"
}
notes=''

if [ "$level" = bench ]; then
    step bench "$python" -m pytest tests/bench -m bench -p no:randomly -s --timeout=3600
else
    step 'ruff check' "$python" -m ruff check .
    step 'ruff format' "$python" -m ruff format --check .
    step mypy "$python" -m mypy
    step 'import contracts' "$root/.venv/bin/lint-imports"
    step tests tests -q -n 2 -m 'not bench and not system' tests \
        --ignore=tests/system --ignore=tests/bench
    [ "$mode" = --quick ] || step 'system tests' tests -n 2 --dist loadfile -m 'not bench' tests/system
fi

printf '\n%s%s' "$summary" "$notes"
[ "$failed" -eq 0 ] || echo 'Some checks failed.' >&2
exit "$failed"
