// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "database.hpp"

namespace messenger::test {

/// A message that is due at 100 and expires at 1000.
inline host::NewMessage message(const std::string& id, const std::string& route = "messenger/m") {
  host::NewMessage message;
  message.id = id;
  message.route = route;
  message.envelope = R"({"to":")" + id + R"("})";
  message.content = R"({"text":"of )" + id + R"("})";
  message.destination = "+1555" + id;
  message.due = 100;
  message.expires = 1'000;
  return message;
}

/// The same with a code in it.
inline host::NewMessage secret_message(const std::string& id) {
  auto made = message(id);
  made.secret = true;
  return made;
}

/// What an attempt made of a message: at 200, by the messenger "m".
inline host::MessageUpdate update(const std::string& id, std::int64_t attempt, host::MessageStage stage) {
  host::MessageUpdate update;
  update.id = id;
  update.change = {200, stage, attempt, "m", "OUTCOME", "A reason."};
  return update;
}

/// Short ways to a store's outbox.
struct OutboxOf {
  static constexpr const char* lane = "1||messenger/m";  // of message()

  host::Store& store;

  template <class Work>
  auto outbox(Work work) {
    return store.with([&](host::Transaction& transaction) { return work(transaction.outbox); }, host::Sharing::rows);
  }
  host::AddedMessage add(const host::NewMessage& message) {
    return outbox([&](host::Outbox& all) { return all.add(message); });
  }
  host::OutboxMessage find(const std::string& id) {
    return outbox([&](host::Outbox& all) { return all.find(id); }).value();
  }
  std::string stage(const std::string& id) { return std::string(to_string(find(id).stage)); }
  std::vector<host::OutboxMessage> lease(std::int64_t now, const host::Lease& lease = {"holder", 500},
                                         std::size_t most = 1'000) {
    std::vector<host::OutboxMessage> messages;
    for (auto& leased : outbox([&](host::Outbox& all) { return all.lease(lane, most, now, lease); })) {
      messages.push_back(store.open(std::move(leased)));
    }
    return messages;
  }
  bool record(const host::MessageUpdate& update) {
    return outbox([&](host::Outbox& all) { return all.record(update); });
  }
  bool advance(const host::MessageUpdate& update, const std::vector<host::MessageStage>& from) {
    return outbox([&](host::Outbox& all) { return all.advance(update, from); });
  }
  std::string cancel(const std::string& id) {
    const auto stage = outbox([&](host::Outbox& all) { return all.cancel(id, 300, "The caller wants so."); });
    return stage ? std::string(to_string(*stage)) : "none";
  }
  /// "STAGE ATTEMPT REASON\n" for each change.
  std::string history(const std::string& id) {
    std::string text;
    for (const auto& change : outbox([&](host::Outbox& all) { return all.history(id); })) {
      text.append(to_string(change.stage)).append(" " + std::to_string(change.attempt) + " " + change.reason + "\n");
    }
    return text;
  }
};

struct OutboxStore : OpenStore, OutboxOf {
  OutboxStore() : OutboxOf{OpenStore::store} {}
  using OpenStore::store;
};

/// The ids, in order: "1 2".
template <class Messages>
std::string ids(const Messages& messages) {
  std::string text;
  for (const auto& message : messages) {
    text.append(text.empty() ? "" : " ").append(message.id);
  }
  return text;
}

}  // namespace messenger::test
