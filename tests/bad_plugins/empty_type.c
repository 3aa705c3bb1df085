/* SPDX-License-Identifier: Apache-2.0 */
/* A type without a name. */
#include "minimal.h"

MINIMAL_PLUGIN("", minimal_send)
