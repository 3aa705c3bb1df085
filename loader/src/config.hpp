// SPDX-License-Identifier: Apache-2.0
// A configuration as plugins get it: flattened, and as JSON that is safe to log.
#ifndef MESSENGER_LOADER_SRC_CONFIG_HPP
#define MESSENGER_LOADER_SRC_CONFIG_HPP

#include <messenger/plugin.h>

#include <cstddef>
#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "schema_secrets.hpp"
#include "wiping.hpp"

namespace messenger::loader {

/// One field, as offsets into the text that all fields share.
struct FieldSpan {
  std::size_t pointer, pointer_size, text, text_size;
  std::uint32_t type, flags;
};

/// Owns what msgr_config refers to. The text, secrets in clear, is wiped when it goes.
class Config {
 public:
  /// Reads JSON text; empty `issues` = it can be used. Not an object, malformed, too long, too deep or with a member
  /// twice = issues.
  static Config read(std::string_view json, const Schema& schema, std::vector<Issue>& issues);

  Config() = default;
  Config(Config&&) noexcept = default;
  Config& operator=(Config&&) noexcept = default;
  Config(const Config&) = delete;
  Config& operator=(const Config&) = delete;
  ~Config() = default;

  /// Lives as long as this and is not moved.
  msgr_config view() const noexcept;

 private:
  Config(SecretText text, const std::vector<FieldSpan>& spans, std::string json);

  SecretText text_;
  std::vector<msgr_field> fields_;
  std::string json_;
};

}  // namespace messenger::loader

#endif
