/* SPDX-License-Identifier: Apache-2.0 */
/* Included last: the table of one type, TYPE, with what is named before it in place of what minimal.h has. */
#include "minimal.h"

#ifndef NAME
#define NAME NULL
#endif
#ifndef SCHEMA
#define SCHEMA "{}"
#endif
#ifndef NEEDS
#define NEEDS NULL
#endif
#ifndef VALIDATE
#define VALIDATE minimal_validate
#endif
#ifndef CONFIGURE
#define CONFIGURE minimal_configure
#endif
#ifndef SEND
#define SEND minimal_send
#endif
#ifndef CANCEL
#define CANCEL NULL
#endif
#ifndef STOP
#define STOP NULL
#endif
#ifndef EXTENSION
#define EXTENSION NULL
#endif
#ifndef DESTROY
#define DESTROY minimal_destroy
#endif

static const msgr_plugin table = {
    sizeof(msgr_plugin), MSGR_ABI_MINOR, TYPE,   NAME, NULL,    NULL,     TEXT(SCHEMA), NEEDS, VALIDATE,
    CONFIGURE,           SEND,           CANCEL, STOP, DESTROY, EXTENSION};

#ifndef OWN_ENTRY
const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
#endif
