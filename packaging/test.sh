#!/bin/sh
# Runs every check of the station, after setting the machine up for them when that is not done yet:
#
#   sh packaging/test.sh           everything
#   sh packaging/test.sh --quick   all but the system tests, which start the real program
#   sh packaging/test.sh --bench   the measurements of tests/bench instead (an otherwise idle machine)
#
# All steps run even when one fails; the exit code is 0 only when none did.
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

if [ "$level" = bench ]; then
    step bench "$python" -m pytest tests/bench -m bench -p no:randomly -s --timeout=3600
else
    step 'ruff check' "$python" -m ruff check .
    step 'ruff format' "$python" -m ruff format --check .
    step mypy "$python" -m mypy
    step 'import contracts' "$root/.venv/bin/lint-imports"
    step tests "$python" -m pytest -q -n 2 -m 'not bench and not system' tests \
        --ignore=tests/system --ignore=tests/bench
    [ "$mode" = --quick ] || step 'system tests' "$python" -m pytest -m 'not bench' tests/system
fi

printf '\n%s' "$summary"
[ "$failed" -eq 0 ] || echo 'Some checks failed.' >&2
exit "$failed"
