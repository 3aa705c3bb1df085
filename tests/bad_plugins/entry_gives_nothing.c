/* SPDX-License-Identifier: Apache-2.0 */
/* An entry without a type. */
#include <messenger/plugin.h>

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  (void)index;
  return NULL;
}
