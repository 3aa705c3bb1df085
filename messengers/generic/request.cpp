// SPDX-License-Identifier: Apache-2.0
#include "generic/request.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <messenger/detail/json_text.hpp>

#include <algorithm>

namespace messenger::generic {
namespace {

// Members in the order of their names, as FusionAuth writes them; absent ones are left out.
void append_member(std::string& out, std::string_view name, std::string_view value) {
  if (value.data() == nullptr) {
    return;
  }
  out += out.back() == '{' ? "\"" : ",\"";
  out.append(name).append("\":");
  detail::append_json_string(out, value);
}

bool lacks(const SecretMap& configured, std::string_view name) {
  return std::none_of(configured.begin(), configured.end(),
                      [&](const auto& header) { return detail::equal_nocase(header.first, name); });
}

}  // namespace

std::size_t payload_bound(const Message& message) noexcept {
  constexpr std::size_t frame = 100;  // names, quotes and punctuation
  const Attributes attributes = message.attributes();
  const std::size_t text = attributes.find("code").size() + message.to().size() + message.body().size() +
                           message.kind().size() + attributes.find("userId").size();
  return frame + 6 * text;  // "\u0001" is the longest escape
}

void append_payload(std::string& out, const Message& message) {
  const Attributes attributes = message.attributes();
  out += '{';
  append_member(out, "code", attributes.find("code"));
  append_member(out, "phoneNumber", message.to());
  append_member(out, "textMessage", message.body());
  append_member(out, "type", message.kind());
  append_member(out, "userId", attributes.find("userId"));
  out += '}';
}

OwnHeaders::OwnHeaders(const SecretMap& configured)
    : content_type(lacks(configured, "Content-Type")),
      authorization(lacks(configured, "Authorization")),
      idempotency_key(lacks(configured, "Idempotency-Key")),
      traceparent(lacks(configured, "traceparent")) {}

OpHeaders::OpHeaders(const OwnHeaders& own, const Op& op) noexcept {
  add(own.idempotency_key, "Idempotency-Key", op.idempotency_key());
  add(own.traceparent, "traceparent", op.traceparent());
}

void OpHeaders::add(bool wanted, std::string_view name, std::string_view value) noexcept {
  if (wanted && !value.empty()) {
    pairs_[count_++] = {to_str(name), to_str(value)};
  }
}

}  // namespace messenger::generic
