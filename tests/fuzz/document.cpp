// SPDX-License-Identifier: Apache-2.0
// A messenger's document from a file or a request.
#include "runtime/messenger_document.hpp"

#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using messenger::fuzz::require;
  const auto document = messenger::host::parse_messenger({reinterpret_cast<const char*>(bytes), size});
  if (document.issues.empty()) {
    require(!document.type.empty() && !document.name.empty(), "a good document has a type and a name");
    require(document.config.starts_with('{'), "and a configuration for the plugin");
  }
  for (const auto& issue : document.issues) {
    messenger::host::dotted(issue.pointer);
  }
  return 0;
}
