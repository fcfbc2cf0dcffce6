#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A display, a bus and XDG folders of one test's own; the exit status is the test's.
set -eu
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
for kind in CONFIG_HOME DATA_HOME CACHE_HOME STATE_HOME RUNTIME_DIR; do
  mkdir -m 700 "$home/$kind"
  export "XDG_$kind=$home/$kind"
done
export HOME="$home" LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS || true
xvfb-run -a -s "-screen 0 1280x900x24 -nolisten tcp -noreset" dbus-run-session -- "$@"
