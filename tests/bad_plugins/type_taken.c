/* SPDX-License-Identifier: Apache-2.0 */
/* Offers the type of the test plugin echo. */
#include "minimal.h"

MINIMAL_PLUGIN("Echo", minimal_send)
