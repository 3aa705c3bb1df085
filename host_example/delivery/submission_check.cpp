// SPDX-License-Identifier: Apache-2.0
#include "delivery/submission_check.hpp"

#include "delivery/route.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

using loader::Issue;

namespace {

constexpr std::int64_t second = 1'000;

void check_names(const Submission& submission, std::vector<Issue>& issues) {
  if (!submission.message.id.empty() && !is_uuid(submission.message.id)) {
    issues.push_back({"/id", "invalid", "[id] must be a UUID."});
  }
  if (!submission.tenant_id.empty() && !is_uuid(submission.tenant_id)) {
    issues.push_back({"/tenantId", "invalid", "[tenantId] must be a UUID."});
  }
}

void check_text(const OutgoingMessage& message, std::vector<Issue>& issues) {
  if (message.to.empty()) {
    issues.push_back({"/to", "blank", "You must specify [to]."});
  }
  if (message.body.empty() && message.attributes.empty()) {
    issues.push_back({"/body", "blank", "You must specify [body], or attributes that stand for it."});
  }
}

void check_lifetime(const Messages::Options& options, std::int64_t now, Planned& planned) {
  if (planned.expires <= now) {
    planned.issues.push_back({"/expires", "invalid", "[expires] must lie ahead."});
  } else if (planned.expires - now > options.longest_lifetime_seconds * second) {
    planned.issues.push_back(
        {"/expires", "invalid",
         "[expires] must be at most " + std::to_string(options.longest_lifetime_seconds) + " seconds ahead."});
  }
}

}  // namespace

void Planner::plan_messenger(const std::string& given, Planned& planned) {
  const std::string id = to_lower_uuid(given);
  const auto [known, is_new] = messengers_.try_emplace(id);
  if (is_new) {
    known->second = transaction_.documents.find(Kind::messenger, id).has_value();
  }
  if (!known->second) {
    planned.issues.push_back({"/messengerId", "invalid", "There is no messenger with the Id [" + given + "]."});
  }
  planned.route = messenger_route(id);
}

const MessageType* Planner::plan_message_type(const std::string& given, Planned& planned) {
  const std::string id = to_lower_uuid(given);
  planned.route = message_type_route(id);
  const auto [known, is_new] = types_.try_emplace(id);
  if (is_new) {
    if (const auto stored = transaction_.documents.find(Kind::message_type, id)) {
      known->second = read_message_type(*stored);
    }
  }
  if (!known->second) {
    planned.issues.push_back({"/messageTypeId", "invalid", "There is no message type with the Id [" + given + "]."});
    return nullptr;
  }
  return &*known->second;
}

const MessageType* Planner::plan_route(const Submission& submission, Planned& planned) {
  const bool has_messenger = !submission.messenger_id.empty();
  const bool has_type = !submission.message_type_id.empty();
  if (has_messenger && has_type) {
    planned.issues.push_back({"/messengerId", "invalid", "Specify [messengerId] or [messageTypeId], not both."});
  } else if (!has_messenger && !has_type) {
    planned.issues.push_back({"/messengerId", "blank", "You must specify [messengerId] or [messageTypeId]."});
  } else if (has_messenger) {
    plan_messenger(submission.messenger_id, planned);
  } else {
    return plan_message_type(submission.message_type_id, planned);
  }
  return nullptr;
}

Planned Planner::plan(const Submission& submission) {
  Planned planned;
  check_names(submission, planned.issues);
  check_text(submission.message, planned.issues);
  const MessageType* const type = plan_route(submission, planned);
  planned.priority = submission.priority.value_or(type != nullptr ? type->priority : Priority::notice);
  const std::int64_t seconds = type != nullptr ? type->lifetime_seconds : options_.lifetime_seconds;
  planned.expires = submission.expires == 0 ? now_ + seconds * second : submission.expires;
  check_lifetime(options_, now_, planned);
  return planned;
}

}  // namespace messenger::host
