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

/// A store and short ways to its outbox.
struct OutboxStore : OpenStore {
  static constexpr const char* lane = "1||messenger/m";  // of message()

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
  std::vector<host::OutboxMessage> lease(std::int64_t now, const host::Lease& lease = {"holder", 500},
                                         std::size_t most = 100) {
    return outbox([&](host::Outbox& all) { return all.lease(lane, most, now, lease); });
  }
  bool record(const std::string& id, std::int64_t attempt, host::MessageStage stage, std::int64_t due = 0) {
    host::MessageUpdate update;
    update.id = id;
    update.change = {200, stage, attempt, "m", "OUTCOME", "A reason."};
    update.due = due;
    return outbox([&](host::Outbox& all) { return all.record(update); });
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

}  // namespace messenger::test
