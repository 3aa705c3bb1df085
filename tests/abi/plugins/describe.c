/* SPDX-License-Identifier: Apache-2.0 */
/* Reports what it was given as issues: one per field (code: type and "s" for secret), the last with the JSON. */
#include "minimal.h"

static void report(msgr_issue_fn issue, void* ctx, msgr_str pointer, const char* code, size_t size, msgr_str text) {
  msgr_issue one = {sizeof one, 0, {NULL, 0}, {NULL, 0}, {NULL, 0}};
  one.pointer = pointer;
  one.code.ptr = code;
  one.code.len = size;
  one.text = text;
  issue(ctx, &one);
}

static uint32_t describe_validate(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  const msgr_str whole = {"", 0};
  size_t i = 0;
  (void)host;
  for (; i != config->field_count; ++i) {
    const msgr_field* field = &config->fields[i];
    const int secret = (field->flags & MSGR_FIELD_SECRET) != 0;
    char code[2] = {(char)('0' + (char)field->type), 's'};
    report(issue, ctx, field->pointer, code, secret ? 2 : 1, field->text);
  }
  report(issue, ctx, whole, "json", 4, config->json);
  return (uint32_t)config->field_count + 1;
}

static const msgr_plugin table = {
    sizeof table,
    MSGR_ABI_MINOR,
    "Describe",
    NULL,
    NULL,
    NULL,
    TEXT("{\"type\":\"object\",\"additionalProperties\":false,"
         "\"$defs\":{\"token\":{\"type\":\"string\",\"writeOnly\":true}},"
         "\"properties\":{"
         "\"plain\":{\"type\":\"string\"},\"number\":{\"type\":\"number\"},"
         "\"secret\":{\"type\":\"string\",\"writeOnly\":true},"
         "\"pin\":{\"$ref\":\"#/$defs/token\"},"
         "\"any\":{},"
         "\"list\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/token\"}},"
         "\"tls\":{\"type\":\"object\",\"writeOnly\":true},"
         "\"headers\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\",\"writeOnly\":true}},"
         "\"nested\":{\"type\":\"object\",\"properties\":{\"key\":{\"writeOnly\":true},\"name\":{}}}"
         "},\"anyOf\":[{\"required\":[\"plain\"]},{\"properties\":{\"pass\":{\"writeOnly\":true}}}]}"),
    NULL,
    describe_validate,
    minimal_configure,
    minimal_send,
    NULL,
    NULL,
    minimal_destroy,
    NULL};

const msgr_plugin* msgr_plugin_v1(uint32_t index) {
  return index == 0 ? &table : NULL;
}
