/* SPDX-License-Identifier: Apache-2.0 */
/* Exports a function beside its entry. */
#include "minimal.h"

MSGR_EXPORT int exports_more_anything(void);
int exports_more_anything(void) {
  return 0;
}

#define TYPE "ExportsMore"
#include "table.h"
