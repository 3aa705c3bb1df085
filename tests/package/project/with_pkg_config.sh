#!/bin/sh
# The same without CMake, into the directory $1; CFLAGS and LDFLAGS as usual.
set -eu
: "${CFLAGS:=}" "${LDFLAGS:=}"
cc $CFLAGS -shared plugin_c.c $(pkg-config --cflags --libs messenger-plugin) -o "$1/sink.so"
cc $CFLAGS host_c.c $(pkg-config --cflags --libs messenger-http) $LDFLAGS -ldl -pthread -o "$1/host_c"
