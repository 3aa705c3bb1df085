// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_types.hpp"

#include <algorithm>

#include "delivery/message_type.hpp"
#include "delivery/route.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

void check_name(Transaction& transaction, const std::string& id, const std::string& name, std::vector<Issue>& issues) {
  const auto other = transaction.documents.find_by_name(Kind::message_type, name);
  if (other && other->id != id) {
    issues.push_back({"/messageType/name", "duplicate", "A messageType with the name [" + name + "] already exists."});
  }
}

void check_carriers(Transaction& transaction, const MessageType& type, std::vector<Issue>& issues) {
  for (std::size_t i = 0; i < type.carriers.size(); ++i) {
    if (!transaction.documents.find(Kind::messenger, type.carriers[i].messenger_id)) {
      issues.push_back({"/messageType/messengers/" + std::to_string(i) + "/messengerId", "invalid",
                        "There is no messenger with the Id [" + type.carriers[i].messenger_id + "]."});
    }
  }
}

}  // namespace

NewDocument prepare_message_type(Transaction& transaction, const std::string& id, const json::object& document,
                                 std::vector<Issue>& issues) {
  issues = check_message_type(document);
  if (!issues.empty()) {
    return {};
  }
  const std::string text = to_sorted_text(document);
  const MessageType type = read_message_type({id, text});
  check_name(transaction, id, type.name, issues);
  check_carriers(transaction, type, issues);
  std::vector<Use> uses;
  for (const MessageType::Carrier& carrier : type.carriers) {
    uses.push_back({Kind::messenger, carrier.messenger_id});
  }
  return {id, text, {type.name}, std::move(uses)};
}

std::vector<Issue> put_message_type(Store& store, const std::string& id, const json::object& document) {
  const json::value* const inner = find_member(document, "messageType");
  if (inner == nullptr || !inner->is_object()) {
    return {{"/messageType", "missing", "Expected an object [messageType]."}};
  }
  return store.with([&](Transaction& transaction) {
    std::vector<Issue> issues;
    const NewDocument prepared = prepare_message_type(transaction, id, inner->get_object(), issues);
    if (issues.empty()) {
      transaction.documents.put(Kind::message_type, prepared);
    }
    return issues;
  });
}

bool is_awaited(Transaction& transaction, const std::string& id) {
  const auto lanes = transaction.outbox.lanes();
  return std::any_of(lanes.begin(), lanes.end(),
                     [route = message_type_route(id)](const LaneHead& lane) { return lane.route == route; });
}

std::vector<Issue> erase_message_type(Store& store, const std::string& id) {
  return store.with([&](Transaction& transaction) {
    std::vector<Issue> issues;
    for (const Use& user : transaction.documents.users_of(Kind::message_type, id)) {
      issues.push_back(
          {"/messageTypeId", "inUse",
           "The message type is used by the " + std::string(to_string(user.kind)) + " [" + user.id + "]."});
    }
    if (is_awaited(transaction, id)) {
      issues.push_back({"/messageTypeId", "inUse", "Messages wait for the message type."});
    }
    if (issues.empty()) {
      transaction.documents.erase(Kind::message_type, id);
    }
    return issues;
  });
}

}  // namespace messenger::host
