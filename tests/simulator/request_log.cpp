#include "simulator/request_log.hpp"

#include <algorithm>
#include <string>

#include "simulator/form.hpp"
#include "simulator/text.hpp"

namespace messenger::simulator {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower{text};
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

void add_header(json::object& headers, const std::string& name, const std::string& value) {
  const auto [entry, is_new] = headers.emplace(name, value);
  if (is_new) return;
  if (entry->value().is_string()) entry->value() = json::array{entry->value()};
  entry->value().get_array().emplace_back(value);
}

json::object headers_of(const Request& request) {
  json::object headers;
  for (const auto& field : request) add_header(headers, lower_case(field.name_string()), valid_utf8(field.value()));
  return headers;
}

}  // namespace

void RequestLog::add(const Request& request, const Client& client) {
  if (entries_.size() == capacity) entries_.pop_front();
  entries_.push_back({++last_id_, client, request});
}

json::object RequestLog::to_json(const Entry& entry) {
  const std::string target = valid_utf8(entry.request.target());
  json::object told{{"id", entry.id},
                    {"method", std::string_view{entry.request.method_string()}},
                    {"target", target},
                    {"path", split_target(target).path},
                    {"headers", headers_of(entry.request)},
                    {"body", valid_utf8(entry.request.body())},
                    {"connection", entry.client.connection}};
  if (!entry.client.name.empty()) told["clientCertificate"] = entry.client.name;
  return told;
}

json::array RequestLog::list(std::string_view path_prefix) const {
  json::array list;
  for (const Entry& entry : entries_) {
    if (std::string_view{entry.request.target()}.starts_with(path_prefix)) list.emplace_back(to_json(entry));
  }
  return list;
}

}  // namespace messenger::simulator
