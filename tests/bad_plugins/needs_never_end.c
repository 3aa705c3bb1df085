/* SPDX-License-Identifier: Apache-2.0 */
/* Nothing ends the list of what it needs. */
#include <messenger/http.h>

#include "minimal.h"

#define EIGHT MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1, MSGR_HTTP_1

static const char* const needs[] = {EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT, EIGHT};

#define TYPE "NeedsNeverEnd"
#define NEEDS needs
#include "table.h"
