// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/caller.hpp"

#include <algorithm>

#include "twilio/operations/catalogue.hpp"
#include "twilio/operations/run.hpp"
#include "twilio/sender.hpp"

namespace messenger::twilio {
namespace {

constexpr std::uint64_t longest_answer = 8ULL * 1024 * 1024;  // a page of a thousand messages

}  // namespace

Caller::Caller(Host host, const Config& config, EndpointConfig endpoint)
    : host_(host), config_(config), problem_(credentials_problem(config)) {
  endpoint.max_response_bytes = longest_answer;
  open(Product::api, "/url", true, endpoint);
  open(Product::messaging, "/messagingUrl", !config.messaging_url.empty(), endpoint);
  open(Product::pricing, "/pricingUrl", !config.pricing_url.empty(), endpoint);
}

void Caller::open(Product product, std::string_view pointer, bool configured, EndpointConfig endpoint) {
  Way& way = ways_[static_cast<std::size_t>(product)];
  way.url = base_url(config_, product);
  const auto same =
      std::find_if(ways_.begin(), ways_.end(), [&](const Way& other) { return other.line && other.url == way.url; });
  if (same != ways_.end()) {
    way.line = same->line;
    return;
  }
  endpoint.url = way.url;
  try {
    way.line = std::make_shared<const Line>(host_, endpoint);
  } catch (const ConfigError& error) {
    Issues issues = error.issues();
    for (Issue& issue : issues) {
      issue.pointer = issue.pointer == "/url" ? std::string(pointer) : issue.pointer;
    }
    if (configured) {
      throw ConfigError(std::move(issues));
    }
    way.problem = issues.empty() ? "The HTTP service refused the host." : issues.front().text;
  }
}

void Caller::call(const Op& op, const Call& call) {
  Run::begin(*this, catalogue()[call.index()], op, call);
}

void Caller::cancel(std::uint64_t ticket) {
  cancelled_.mark(ticket);
  for (const Way& way : ways_) {
    if (way.line) {
      way.line->cancel(ticket);
    }
  }
}

}  // namespace messenger::twilio
