// SPDX-License-Identifier: Apache-2.0
// A plugin's schema and a host's configuration, both of them anything.
#include <fuzzer/FuzzedDataProvider.h>

#include "config.hpp"
#include "require.hpp"
#include "schema_secrets.hpp"
#include "utf8.hpp"

using namespace messenger::loader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using messenger::fuzz::require;
  FuzzedDataProvider data(bytes, size);
  const std::string schema_text = data.ConsumeRandomLengthString();
  const auto schema = Schema::parse(schema_text);
  if (schema == nullptr) {
    return 0;
  }
  const std::string text = data.ConsumeRemainingBytesAsString();
  std::vector<Issue> issues;
  const Config config = Config::read(text, *schema, issues);
  for (const Issue& issue : issues) {
    require(is_utf8(issue.pointer) && is_utf8(issue.text), "issues are UTF-8");
  }
  const msgr_config view = config.view();
  for (std::size_t i = 0; i < view.field_count; ++i) {
    const msgr_field& field = view.fields[i];
    require(is_utf8({field.pointer.ptr, field.pointer.len}), "pointers are UTF-8");
    require(field.text.ptr != nullptr || field.type >= MSGR_OBJECT || field.type == MSGR_NULL, "scalars have text");
  }
  return 0;
}
