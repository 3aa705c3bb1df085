/* SPDX-License-Identifier: Apache-2.0 */
/* Its name is Latin-1. */
#include "minimal.h"

#define TYPE "NameNotUtf8"
#define NAME "M\xfcnchen"
#include "table.h"
