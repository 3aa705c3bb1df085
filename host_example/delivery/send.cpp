// SPDX-License-Identifier: Apache-2.0
#include "delivery/send.hpp"

#include <messenger/secret.hpp>

namespace messenger::host {

std::uint64_t start_send(loader::Registry& registry, const std::string& messenger_id, const OutgoingMessage& message,
                         std::chrono::milliseconds timeout, loader::Completion done) {
  std::vector<loader::Attribute> attributes;
  for (const auto& [name, value] : message.attributes) {
    attributes.push_back({name, value});
  }
  loader::SendOptions options;
  options.timeout = timeout;
  options.idempotency_key = message.id;
  options.attempt = message.attempt;
  options.traceparent = message.traceparent;
  return registry.send(messenger_id,
                       {.to = message.to,
                        .body = message.body,
                        .locale = message.locale,
                        .attributes = attributes,
                        .expires = message.expires,
                        .secret = message.secret},
                       options, std::move(done));
}

loader::Result not_started(const std::exception& error) {
  loader::Result result;
  result.outcome = loader::Outcome::retry;
  result.detail = error.what();
  return result;
}

void wipe_message(OutgoingMessage& message) noexcept {
  wipe(message.body);
  for (auto& attribute : message.attributes) {
    wipe(attribute.second);
  }
}

}  // namespace messenger::host
