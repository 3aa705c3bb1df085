// SPDX-License-Identifier: Apache-2.0
#include "api/message_send.hpp"

#include <algorithm>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json/array.hpp>
#include <memory>

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
  Batch(const Request& http, std::size_t messages) : request_id_(http.id), traceparent_(traceparent_of(http)) {
    entries_.reserve(messages);
  }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    for (Entry& entry : entries_) {
      wipe_message(entry.submission.message);
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
      entry.submission.message.request_id = request_id_;
      entry.submission.traceparent = traceparent_;
    } else {
      entry.issues.push_back({"", "invalidJSON", "A message must be an object."});
    }
  }

  // The header's key is the only message's own.
  void take_key_header(const Request& http) {
    const auto is_key = [](const auto& header) { return boost::iequals(header.first, "Idempotency-Key"); };
    const auto header = std::find_if(http.headers.begin(), http.headers.end(), is_key);
    if (header == http.headers.end()) {
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

  // What has no issues so far.
  std::vector<Submission> take_fit(Store& store) {
    find_message_types(store);
    std::vector<Submission> fit;
    fit.reserve(entries_.size());
    for (Entry& entry : entries_) {
      if (entry.issues.empty()) {
        fit.push_back(std::move(entry.submission));
      }
    }
    return fit;
  }
  void note(std::vector<Accepted> became) {
    auto next = became.begin();
    for (Entry& entry : entries_) {
      if (entry.issues.empty()) {
        entry.issues = std::move(next->issues);
        entry.accepted = std::move(*next);
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

  const std::string request_id_;
  const std::string traceparent_;
  const std::int64_t now_ = now_ms();
  std::vector<Entry> entries_;
};

Response accepted(const json::object& body) {
  Response response = json_response(body);
  response.status = 202;
  return response;
}

Response answer(const Batch& batch, bool is_one) {
  if (!batch.any_accepted()) {
    return batch.refusal();
  }
  json::array described = batch.describe();
  return is_one ? accepted({{"message", std::move(described.at(0))}}) : accepted({{"messages", std::move(described)}});
}

// Nothing when there are not as many as may be.
std::shared_ptr<Batch> read_many(const Request& request, const json::value& list, Errors& errors) {
  const bool fits = list.is_array() && !list.get_array().empty() && list.get_array().size() <= most_messages;
  if (!fits) {
    errors.add_field("messages", list.is_array() ? "invalid" : "invalidJSON",
                     "[messages] must be an array of from 1 to " + std::to_string(most_messages) + " messages.");
    return nullptr;
  }
  auto batch = std::make_shared<Batch>(request, list.get_array().size());
  std::size_t index = 0;
  for (const json::value& message : list.get_array()) {
    batch->read(message, "/messages/" + std::to_string(index++));
  }
  return batch;
}

std::shared_ptr<Batch> read_one(const Request& request, const json::value& message) {
  auto batch = std::make_shared<Batch>(request, 1);
  batch->read(message, "/message");
  return batch;
}

// Either [message] or [messages]; nothing when there are errors.
std::shared_ptr<Batch> read(const Request& request, bool& is_one, Errors& errors) {
  const auto body = parse_body(request, errors);
  if (!body) {
    return nullptr;
  }
  refuse_others(*body, {"message", "messages"}, errors);
  const json::value* const one = body->if_contains("message");
  const json::value* const many = body->if_contains("messages");
  if ((one == nullptr) == (many == nullptr)) {
    errors.add_field("message", one == nullptr ? "missing" : "invalid",
                     "The body must have either [message] or [messages].");
  }
  if (!errors.empty()) {
    return nullptr;
  }
  is_one = one != nullptr;
  return is_one ? read_one(request, *one) : read_many(request, *many, errors);
}

}  // namespace

void send_messages(Messages& messages, Store& store, const Request& request, const Reply& reply) {
  Errors errors;
  bool is_one = false;
  const auto batch = read(request, is_one, errors);
  if (!batch) {
    return reply(errors.response());
  }
  batch->take_key_header(request);
  auto fit = batch->take_fit(store);
  if (fit.empty()) {
    return reply(answer(*batch, is_one));
  }
  messages.accept(std::move(fit),
                  [batch, is_one, reply](std::vector<Accepted> became, const std::exception_ptr& error) {
                    if (error) {
                      return reply(failure(error));
                    }
                    batch->note(std::move(became));
                    reply(answer(*batch, is_one));
                  });
}

}  // namespace messenger::host
