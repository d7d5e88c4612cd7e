#!/bin/sh
# Opens the station, after setting the machine up when that is not done yet:
#
#   sh packaging/run.sh              the window
#   sh packaging/run.sh --tour DIR   the main job shown unattended, with pictures saved in DIR
#   sh packaging/run.sh COMMAND …    serve, scan, library, search, parse, doctor (--help)
#
# Without a display the window opens on a virtual one, which ends with it.
set -eu

self=$0
[ ! -h "$self" ] || self=$(readlink -f -- "$self")
case $self in */*) here=${self%/*} ;; *) here=. ;; esac
root=$(CDPATH='' cd -- "$here/.." && pwd -P)
venv=$root/.venv

# The usual start stays in this shell but for two quick comparisons: no package manager is asked.
ready() {
    [ -x "$venv/bin/python" ] &&
        IFS= read -r home 2>/dev/null <"$venv/station-root" && [ "$home" = "$root" ] &&
        cmp -s "$root/packaging/requirements.txt" "$venv/done-requirements.txt" &&
        cmp -s "$root/packaging/apt-packages.txt" "$venv/done-apt-packages.txt"
}
ready || sh "$root/packaging/setup.sh"

case ${1:-} in # commands that open no window
    serve | scan | library | search | downloads | devices | cast | make | publish | link | budget | describe | parse | desktop | doctor | backup | remote | help | --help | -h | --version) window='' ;;
    *) window=1 ;;
esac

# -P: a folder named "app" where the user happens to stand is not ours.
set -- "$venv/bin/python" -P -m app "$@"

[ -n "$window" ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || exec "$@"

# ----------------------------------------------------------------------------- a virtual display

for tool in Xvfb xauth mcookie; do
    command -v "$tool" >/dev/null || {
        echo "No display, and no $tool to make a virtual one (Debian: xvfb xauth util-linux)." >&2
        exit 1
    }
done
place=$(mktemp -d)
display_pid='' bus_pid='' app_pid=''

# Each child dies with this shell, however it ends, and hears no Ctrl-C meant for it.
apart='setsid'
! command -v setpriv >/dev/null || apart='setpriv --pdeathsig TERM setsid'

finish() {
    trap '' TERM INT HUP
    for pid in $app_pid $bus_pid $display_pid; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || :
    done
    rm -rf "$place"
}
# A stop is passed on as TERM, which the station answers by closing in order.
pass_on() { [ -z "$app_pid" ] || kill -TERM "$app_pid" 2>/dev/null || :; stopped=$1; }
stopped=0
trap finish EXIT
trap 'pass_on 143' TERM HUP
trap 'pass_on 130' INT

mkfifo "$place/number" "$place/address"
(umask 077 && : >"$place/auth")
cookie=$(mcookie)
xauth -q -f "$place/auth" add :0 . "$cookie"
# shellcheck disable=SC2086
$apart Xvfb -displayfd 3 -screen 0 1920x1080x24 -nolisten tcp -noreset -auth "$place/auth" \
    3>"$place/number" >"$place/log" 2>&1 &
display_pid=$!
read -r number <"$place/number" || {
    echo 'The virtual display did not start:' >&2
    cat "$place/log" >&2
    exit 1
}
xauth -q -f "$place/auth" add ":$number" . "$cookie"
export DISPLAY=":$number" XAUTHORITY="$place/auth"
echo "No display here: the station opens on a virtual one, $DISPLAY (1920x1080)." >&2

# Notifications and media keys need a session bus; a machine without display often has none.
if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] && ! [ -S "${XDG_RUNTIME_DIR:-}/bus" ] &&
    command -v dbus-daemon >/dev/null; then
    # shellcheck disable=SC2086
    $apart dbus-daemon --session --nofork --nopidfile --print-address=3 \
        3>"$place/address" >/dev/null 2>&1 &
    bus_pid=$!
    if read -r DBUS_SESSION_BUS_ADDRESS <"$place/address"; then
        export DBUS_SESSION_BUS_ADDRESS
    else
        unset DBUS_SESSION_BUS_ADDRESS
    fi
fi

[ "$stopped" -eq 0 ] || exit "$stopped"
# shellcheck disable=SC2086
$apart "$@" <&0 &
app_pid=$!
code=0
wait "$app_pid" || code=$?
while kill -0 "$app_pid" 2>/dev/null; do # a signal woke us; the station is still closing
    code=0
    wait "$app_pid" || code=$?
done
app_pid=''
exit "$code"
