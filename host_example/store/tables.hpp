// SPDX-License-Identifier: Apache-2.0
// The contracts of this room on SQL. Each object lives within one transaction; what they throw is StoreError.
#pragma once

#include "store/challenges.hpp"
#include "store/connection.hpp"
#include "store/documents.hpp"
#include "store/event_log.hpp"
#include "store/outbox.hpp"
#include "store/outbox_rows.hpp"
#include "store/receipts.hpp"
#include "store/sealing.hpp"

namespace messenger::host {

class SqlDocuments final : public Documents {
 public:
  SqlDocuments(Connection& connection, const Sealing& sealing) : connection_(connection), sealing_(sealing) {}

  std::optional<Document> find(Kind kind, std::string_view id) override;
  std::optional<Document> find_by_name(Kind kind, std::string_view name) override;
  std::vector<Document> list(Kind kind) override;
  Document put(Kind kind, const NewDocument& document) override;
  bool set_body(Kind kind, std::string_view id, std::string_view body) override;
  bool erase(Kind kind, std::string_view id) override;
  std::vector<Use> users_of(Kind kind, std::string_view id) override;

 private:
  std::string digest(Kind kind, std::string_view name) const;
  void put_names(Kind kind, const NewDocument& document);
  void put_uses(Kind kind, const NewDocument& document);

  Connection& connection_;
  const Sealing& sealing_;
};

class SqlChallenges final : public Challenges {
 public:
  SqlChallenges(Connection& connection, const Sealing& sealing) : connection_(connection), sealing_(sealing) {}

  void add(const Challenge& challenge) override;
  std::optional<Challenge> find(std::string_view id) override;
  bool set_code(std::string_view id, std::string_view code_digest, std::int64_t expires) override;
  bool count_attempt(std::string_view id, int limit) override;
  bool count_send(std::string_view id, int limit) override;
  bool set_expires(std::string_view id, std::int64_t expires) override;
  bool erase(std::string_view id) override;
  bool count_user_attempt(std::string_view user_id, int limit, std::int64_t now, std::int64_t until) override;
  int user_attempts(std::string_view user_id, std::int64_t now) override;
  void forget_user_attempts(std::string_view user_id) override;
  void sweep() override;

 private:
  std::string digest(std::string_view id) const { return sealing_.digest("challenge", id); }
  bool count(const std::string& column, std::string_view id, int limit);

  Connection& connection_;
  const Sealing& sealing_;
};

class SqlEventLog final : public EventLog {
 public:
  explicit SqlEventLog(Connection& connection) : connection_(connection) {}

  std::int64_t add(EventType type, std::string_view message) override;
  std::optional<Event> find(std::int64_t id) override;
  EventPage search(const EventSearch& search) override;
  void retain(std::int64_t entries) override;

 private:
  Connection& connection_;
};

class SqlReceipts final : public Receipts {
 public:
  SqlReceipts(Connection& connection, const Sealing& sealing) : connection_(connection), sealing_(sealing) {}

  using Receipts::find;
  void lock(std::span<const ProviderKey> keys) override;
  std::vector<ReceiptRecord> find(std::span<const ProviderKey> keys) override;
  void put(const ProviderKey& key, std::string_view body, std::int64_t insert_instant) override;
  void sweep(std::int64_t before) override;

 private:
  Connection& connection_;
  const Sealing& sealing_;
};

class SqlOutbox final : public Outbox {
 public:
  SqlOutbox(Connection& connection, const Sealing& sealing) : connection_(connection), sealing_(sealing) {}

  using Outbox::add;
  std::vector<AddedMessage> add(std::span<const SealedMessage> messages) override;
  SealedMessage seal(const NewMessage& message) const override { return sealed_message(message, sealing_); }
  std::optional<AddedMessage> find_added(const SealedMessage& message) override;
  std::vector<LaneHead> lanes() override;
  std::vector<LeasedMessage> lease(const std::string& lane, std::size_t most, std::int64_t now,
                                   const Lease& lease) override;
  bool assign(const std::string& id, std::int64_t attempt, const std::string& messenger_id) override;
  void release(const std::string& holder, std::int64_t now) override;
  std::vector<bool> record(std::span<const MessageUpdate> updates) override;
  bool advance(const MessageUpdate& update, const std::vector<MessageStage>& from) override;
  std::vector<std::string> expire(std::int64_t now, std::size_t most) override;
  std::vector<std::string> end_leases(std::int64_t now, std::size_t most) override;
  std::vector<OutboxMessage> take_looks(std::int64_t now, std::size_t most, std::int64_t again) override;
  OutboxTimes times() override;
  std::optional<MessageStage> cancel(std::string_view id, std::int64_t now, std::string_view reason) override;
  std::optional<OutboxMessage> find(std::string_view id) override;
  std::optional<OutboxMessage> find_by_provider_id(std::string_view messenger_id,
                                                   std::string_view provider_id) override;
  std::vector<KnownMessage> find_by_provider_ids(std::span<const ProviderKey> keys) override;
  std::vector<MessageChange> history(std::string_view id) override;
  MessagePage search(const MessageSearch& search) override;
  std::vector<QueueCount> counts() override;
  std::int64_t changed_to(MessageStage stage, std::int64_t since) override;
  std::size_t sweep(std::int64_t before, std::size_t most) override;
  std::size_t sweep_changes(std::int64_t now, std::size_t most) override;

 private:
  std::vector<bool> insert(std::span<const SealedMessage> messages, std::int64_t now);
  AddedMessage known(const SealedMessage& message, std::int64_t now);
  void count(MessageStage stage, std::int64_t instant, std::size_t messages);
  std::string sealed_progress(const MessageUpdate& update) const;
  template <class... Values>
  bool change(const MessageUpdate& update, const std::string& settles, const std::string& queues,
              const Values&... values);
  enum class Recorded { no, stays, becomes };  // what the update says
  Recorded record_one(const MessageUpdate& update);
  std::vector<Recorded> record_some(std::span<const MessageUpdate> updates);
  void call_off(std::int64_t ordinal, bool secret, std::int64_t now);
  void finish(std::int64_t ordinal, bool wipe, const MessageChange& change);

  Connection& connection_;
  const Sealing& sealing_;
};

}  // namespace messenger::host
