// SPDX-License-Identifier: Apache-2.0
#include "api/message_send.hpp"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json/array.hpp>

#include "api/json_body.hpp"
#include "api/message_request.hpp"
#include "api/trace_context.hpp"
#include "api/unwrap.hpp"
#include "delivery/send.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

constexpr std::size_t longest_key = 255;

/// The messages of one request, each with what became of it.
class Batch {
 public:
  Batch(const Request& http, std::size_t messages) : http_(http), traceparent_(traceparent_of(http)) {
    entries_.reserve(messages);
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    for (Entry& entry : entries_) {
      wipe_message(entry.submission.message);
    }
    for (Submission& submission : fit_) {
      wipe_message(submission.message);
    }
  }

  void read(const json::value& message, const std::string& path) {
    Entry& entry = entries_.emplace_back();
    entry.path = path;
    if (message.is_object()) {
      MessageRequest request = read_message_request(message.get_object(), now_);
      entry.submission = std::move(request.submission);
      wipe_message(request.submission.message);  // a short text was copied
      entry.message_type = std::move(request.message_type);
      entry.issues = std::move(request.issues);
      entry.submission.message.request_id = http_.id;
      entry.submission.traceparent = traceparent_;
    } else {
      entry.issues.push_back({"", "invalidJSON", "A message must be an object."});
    }
  }

  // The header's key is the only message's own.
  void take_key_header() {
    const auto is_key = [](const auto& header) { return boost::iequals(header.first, "Idempotency-Key"); };
    const auto header = std::find_if(http_.headers.begin(), http_.headers.end(), is_key);
    if (header == http_.headers.end()) {
      return;
    }
    Entry& entry = entries_.front();
    std::string& key = entry.submission.idempotency_key;
    if (entries_.size() != 1) {
      entry.issues.push_back({"/idempotencyKey", "invalid", "The header Idempotency-Key is for one message."});
    } else if (header->second.empty() || header->second.size() > longest_key ||
               (!key.empty() && key != header->second)) {
      entry.issues.push_back({"/idempotencyKey", "invalid",
                              "The header Idempotency-Key must have from 1 to 255 characters, and be "
                              "[idempotencyKey] where both are there."});
    } else {
      key = header->second;
    }
  }

  void accept(Messages& messages, Store& store) {
    find_message_types(store);
    fit_.reserve(entries_.size());
    for (Entry& entry : entries_) {
      if (entry.issues.empty()) {
        fit_.push_back(std::move(entry.submission));
      }
    }
    if (fit_.empty()) {
      return;
    }
    const auto became = messages.accept(fit_);
    auto next = became.begin();
    for (Entry& entry : entries_) {
      if (entry.issues.empty()) {
        entry.accepted = *next;
        entry.issues = next->issues;
        ++next;
      }
    }
  }

  bool any_accepted() const {
    return std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) { return entry.is_accepted(); });
  }
  Response refusal() const {
    Errors errors;
    for (const Entry& entry : entries_) {
      errors.add(entry.located_issues());
    }
    return errors.response();
  }
  json::array describe() const {
    json::array described;
    for (const Entry& entry : entries_) {
      described.push_back(entry.describe());
    }
    return described;
  }

 private:
  struct Entry {
    std::string path = {};  // "/messages/3"
    Submission submission = {};
    std::string message_type = {};
    std::vector<Issue> issues = {};
    Accepted accepted = {};

    bool is_accepted() const { return !accepted.id.empty(); }
    std::vector<Issue> located_issues() const {
      std::vector<Issue> located = issues;
      for (Issue& issue : located) {
        issue.pointer = path + issue.pointer;
      }
      return located;
    }
    json::object describe() const {
      if (is_accepted()) {
        return {{"id", accepted.id}, {"isNew", accepted.is_new}};
      }
      Errors errors;
      errors.add(located_issues());
      return errors.to_json();
    }
  };

  void find_message_types(Store& store) {
    const auto by_name = [](const Entry& entry) { return entry.issues.empty() && !entry.message_type.empty(); };
    if (std::none_of(entries_.begin(), entries_.end(), by_name)) {
      return;
    }
    std::map<std::string, std::string> ids;
    store.transact(
        [&](Transaction& transaction) {
          for (Entry& entry : entries_) {
            if (by_name(entry)) {
              find_message_type(transaction, ids, entry);
            }
          }
        },
        Sharing::rows);
  }

  static void find_message_type(Transaction& transaction, std::map<std::string, std::string>& ids, Entry& entry) {
    auto [id, is_new] = ids.try_emplace(entry.message_type);
    if (is_new) {
      const auto found = transaction.documents.find_by_name(Kind::message_type, entry.message_type);
      id->second = found ? found->id : std::string();
    }
    if (id->second.empty()) {
      entry.issues.push_back({"/messageType", "invalid", "There is no message type of this name."});
    }
    entry.submission.message_type_id = id->second;
  }

  const Request& http_;
  const std::string traceparent_;
  const std::int64_t now_ = now_ms();
  std::vector<Entry> entries_;
  std::vector<Submission> fit_;
};

Response accepted(const json::object& body) {
  Response response = json_response(body);
  response.status = 202;
  return response;
}

Response send_one(Messages& messages, Store& store, const Request& request, const json::value& message) {
  Batch batch(request, 1);
  batch.read(message, "/message");
  batch.take_key_header();
  batch.accept(messages, store);
  return batch.any_accepted() ? accepted({{"message", batch.describe().at(0)}}) : batch.refusal();
}

Response send_many(Messages& messages, Store& store, const Request& request, const json::value& list, Errors& errors) {
  const bool fits = list.is_array() && !list.get_array().empty() && list.get_array().size() <= most_messages;
  if (!fits) {
    errors.add_field("messages", list.is_array() ? "invalid" : "invalidJSON",
                     "[messages] must be an array of from 1 to " + std::to_string(most_messages) + " messages.");
    return errors.response();
  }
  Batch batch(request, list.get_array().size());
  std::size_t index = 0;
  for (const json::value& message : list.get_array()) {
    batch.read(message, "/messages/" + std::to_string(index++));
  }
  batch.take_key_header();
  batch.accept(messages, store);
  return batch.any_accepted() ? accepted({{"messages", batch.describe()}}) : batch.refusal();
}

}  // namespace

Response send_messages(Messages& messages, Store& store, const Request& request) {
  Errors errors;
  const auto body = parse_body(request, errors);
  if (!body) {
    return errors.response();
  }
  refuse_others(*body, {"message", "messages"}, errors);
  const json::value* const one = body->if_contains("message");
  const json::value* const many = body->if_contains("messages");
  if ((one == nullptr) == (many == nullptr)) {
    errors.add_field("message", one == nullptr ? "missing" : "invalid",
                     "The body must have either [message] or [messages].");
  }
  if (!errors.empty()) {
    return errors.response();
  }
  return one != nullptr ? send_one(messages, store, request, *one) : send_many(messages, store, request, *many, errors);
}

}  // namespace messenger::host
