// SPDX-License-Identifier: Apache-2.0
#include "delivery/test_report.hpp"

#include "delivery/shown_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_body = 16U << 10U;

void put(json::object& object, std::string_view name, std::string_view text, const Masker& masker) {
  if (!text.empty()) {
    object[name] = shown_text(masker(text, longest_body), longest_body);
  }
}

json::object headers_of(const Exchange::Headers& headers, const Masker& masker) {
  json::object object;
  for (const auto& [name, value] : headers) {
    const std::string shown = shown_text(masker(value, longest_body), longest_body);
    if (json::value* const same = object.if_contains(name)) {
      *same = std::string(same->get_string()) + ", " + shown;
    } else {
      object[shown_text(name, longest_body)] = shown;
    }
  }
  return object;
}

json::object request_of(const Exchange& exchange, const Masker& masker) {
  json::object request{{"headers", headers_of(exchange.headers, masker)}};
  put(request, "method", exchange.method, masker);
  put(request, "url", exchange.url, masker);
  put(request, "body", exchange.body, masker);
  return request;
}

json::object response_of(const Exchange& exchange, const Masker& masker) {
  json::object response{{"status", exchange.status}, {"headers", headers_of(exchange.answer_headers, masker)}};
  put(response, "body", exchange.answer_body, masker);
  return response;
}

}  // namespace

json::object test_report(const loader::Result& result, std::chrono::milliseconds elapsed,
                         const std::optional<Exchange>& exchange, const Masker& masker) {
  json::object report{{"outcome", to_string(result.outcome)}, {"elapsedMs", elapsed.count()}};
  if (result.http_status != 0) {
    report["httpStatus"] = result.http_status;
  }
  put(report, "providerId", result.provider_id, masker);
  put(report, "providerCode", result.provider_code, masker);
  put(report, "detail", result.detail, masker);
  if (exchange) {
    report["request"] = request_of(*exchange, masker);
    if (exchange->status != 0) {
      report["response"] = response_of(*exchange, masker);
    }
  }
  return report;
}

}  // namespace messenger::host
