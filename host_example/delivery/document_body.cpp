// SPDX-License-Identifier: Apache-2.0
#include "delivery/document_body.hpp"

#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object parse(const std::string& body) {
  auto parsed = parse_json(body);
  auto* const value = std::get_if<json::value>(&parsed);
  if (value == nullptr || !value->is_object()) {
    throw StoreError("The database has a body that is no JSON object.");
  }
  return std::move(value->get_object());
}

}  // namespace

json::object body_of(const Document& document) {
  return parse(document.body);
}

json::object body_of(const Challenge& challenge) {
  return parse(challenge.body);
}

json::object body_of(const ReceiptRecord& record) {
  return parse(record.body);
}

}  // namespace messenger::host
