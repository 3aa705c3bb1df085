#!/bin/sh
# The same without CMake, into the directory $1; CFLAGS, LDFLAGS and PKG_CONFIG as usual.
set -eu
: "${CFLAGS:=}" "${LDFLAGS:=}" "${PKG_CONFIG:=pkg-config}"
cc $CFLAGS -shared plugin_c.c $($PKG_CONFIG --cflags --libs messenger-plugin) -o "$1/sink.so"
cc $CFLAGS host_c.c $($PKG_CONFIG --cflags --libs messenger-http) $LDFLAGS -ldl -pthread -o "$1/host_c"
