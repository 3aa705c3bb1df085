/* SPDX-License-Identifier: Apache-2.0 */
/* Some shared library. */
int no_entry_anything(void);
int no_entry_anything(void) {
  return 0;
}
