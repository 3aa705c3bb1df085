/* SPDX-License-Identifier: Apache-2.0 */
/* Built for a later major version. */
#include <messenger/plugin.h>

MSGR_EXPORT const void* msgr_plugin_v2(uint32_t index);
const void* msgr_plugin_v2(uint32_t index) {
  (void)index;
  return NULL;
}
