/* SPDX-License-Identifier: Apache-2.0 */
/* An outcome that does not exist, no text of great length, text that is not UTF-8, and a megabyte of it. */
#include "minimal.h"

static const char huge[1 << 20];

static void answer_garbage(msgr_instance* instance, const msgr_op* op, const msgr_message* message) {
  const msgr_result garbage = {sizeof garbage, UINT32_MAX,           UINT64_MAX,
                               {NULL, 99},     {"\xff\xfe(\xc3", 4}, {huge, sizeof huge}};
  (void)message;
  minimal_host(instance)->complete(minimal_host(instance), op->ticket, INT32_MIN, &garbage);
}

MINIMAL_PLUGIN("AnswersGarbage", answer_garbage)
