// SPDX-License-Identifier: Apache-2.0
#include "config.hpp"

#include <utility>

#include "config_reader.hpp"
#include "utf8.hpp"

namespace messenger::loader {

Config::Config(SecretText text, const std::vector<FieldSpan>& spans, std::string json)
    : text_(std::move(text)), json_(std::move(json)) {
  fields_.reserve(spans.size());
  const auto part = [this](std::size_t at, std::size_t size) { return msgr_str{text_.data() + at, size}; };
  for (const FieldSpan& span : spans) {
    fields_.push_back({.pointer = part(span.pointer, span.pointer_size),
                       .text = part(span.text, span.text_size),
                       .type = span.type,
                       .flags = span.flags});
  }
}

msgr_config Config::view() const noexcept {
  return {.size = sizeof(msgr_config),
          .flags = 0,
          .json = abi(json_),
          .fields = fields_.empty() ? nullptr : fields_.data(),
          .field_count = fields_.size()};
}

Config Config::read(std::string_view json, const Schema& schema, std::vector<Issue>& issues) {
  ConfigReader reader(schema);
  if (!reader.read(json, issues)) return {};
  return {std::move(reader.text), reader.fields, std::move(reader.json)};
}

}  // namespace messenger::loader
