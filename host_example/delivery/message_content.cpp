// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_content.hpp"

#include <string.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parser.hpp>
#include <boost/json/serialize.hpp>
#include <messenger/detail/json_text.hpp>
#include <new>
#include <variant>

#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

// What JSON is parsed into when it must not be left behind.
class WipedMemory final : public json::memory_resource {
  void* do_allocate(std::size_t size, std::size_t alignment) override {
    return ::operator new(size, std::align_val_t(alignment));
  }
  void do_deallocate(void* block, std::size_t size, std::size_t alignment) override {
    ::explicit_bzero(block, size);
    ::operator delete(block, std::align_val_t(alignment));
  }
  bool do_is_equal(const json::memory_resource& other) const noexcept override { return this == &other; }
};

[[noreturn]] void fail(const OutboxMessage& message) {
  throw StoreError("The kept message " + message.id + " cannot be read.");
}

json::value parse_content(const OutboxMessage& message) {
  const json::storage_ptr memory = json::make_shared_resource<WipedMemory>();
  json::parser parser(memory);
  parser.reset(memory);
  json::error_code error;
  parser.write(message.content, error);
  if (error) {
    fail(message);
  }
  return parser.release();
}

std::size_t longest_json(std::string_view text) {
  constexpr std::size_t longest_escape = 6;
  constexpr std::size_t quotes_and_commas = 5;
  return longest_escape * text.size() + quotes_and_commas;
}

std::string user_of(const OutgoingMessage& message) {
  const auto found = std::find_if(message.attributes.begin(), message.attributes.end(),
                                  [](const auto& attribute) { return attribute.first == "userId"; });
  return found == message.attributes.end() ? std::string() : found->second;
}

std::string text_at(const json::array& pair, std::size_t at) {
  return std::string(pair.at(at).as_string());
}

void read_content(const json::object& content, OutgoingMessage& message) {
  message.body = std::string(content.at("body").as_string());
  for (const json::value& attribute : content.at("attributes").as_array()) {
    message.attributes.emplace_back(text_at(attribute.as_array(), 0), text_at(attribute.as_array(), 1));
  }
}

}  // namespace

std::string envelope_text(const OutgoingMessage& message, const std::string& resend_of) {
  json::object envelope;
  const std::string user = user_of(message);
  for (const auto& [name, value] : {std::pair<std::string_view, const std::string&>{"to", message.to},
                                    {"locale", message.locale},
                                    {"userId", user},
                                    {"requestId", message.request_id},
                                    {"traceparent", message.traceparent},
                                    {"resendOf", resend_of}}) {
    if (!value.empty()) {
      envelope[name] = value;
    }
  }
  return json::serialize(envelope);
}

json::object envelope_of(const OutboxMessage& message) {
  auto parsed = parse_json(message.envelope);
  auto* const envelope = std::get_if<json::value>(&parsed);
  if (envelope == nullptr || !envelope->is_object()) {
    fail(message);
  }
  return std::move(envelope->get_object());
}

std::string content_text(const OutgoingMessage& message) {
  constexpr std::size_t all_but_texts = 64;
  std::size_t size = all_but_texts + longest_json(message.body);
  for (const auto& [name, value] : message.attributes) {
    size += longest_json(name) + longest_json(value);
  }
  std::string text;
  text.reserve(size);
  text += R"({"body":)";
  detail::append_json_string(text, message.body);
  text += R"(,"attributes":[)";
  for (const auto& [name, value] : message.attributes) {
    text += text.back() == '[' ? "[" : ",[";
    detail::append_json_string(text, name);
    text += ',';
    detail::append_json_string(text, value);
    text += ']';
  }
  text += "]}";
  return text;
}

OutgoingMessage outgoing_message(const OutboxMessage& kept) {
  const json::object envelope = envelope_of(kept);
  OutgoingMessage message;
  message.id = kept.id;
  message.to = text_member(envelope, "to");
  message.locale = text_member(envelope, "locale");
  message.request_id = text_member(envelope, "requestId");
  message.traceparent = text_member(envelope, "traceparent");
  message.secret = kept.secret;
  message.attempt = static_cast<std::uint32_t>(kept.attempts);
  if (kept.content.empty()) {
    return message;
  }
  const json::value content = parse_content(kept);
  try {
    read_content(content.as_object(), message);
  } catch (const std::exception&) {
    fail(kept);
  }
  return message;
}

}  // namespace messenger::host
