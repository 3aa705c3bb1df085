// SPDX-License-Identifier: Apache-2.0
// The outbox: every message that was accepted, where it stands, and what became of each attempt at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/receipts.hpp"

namespace messenger::host {

/// Where a message stands. Nothing leaves a final state but by a receipt, or by a later answer of the same attempt.
enum class MessageStage {
  queued,       ///< waits for its next attempt
  leased,       ///< a host makes an attempt; from now on a byte of it may have left
  sent,         ///< its provider accepted it; receipts may follow
  delivered,    ///< final, as its provider said
  undelivered,  ///< final, as its provider said
  failed,       ///< final: refused by every messenger of its route, or by its provider later
  unknown,      ///< it may have been sent; it is never sent again by itself. Final once it is no longer looked for
  expired,      ///< final: its lifetime ended before it was sent
  cancelled     ///< final: called off before it was sent
};

/// "queued", …; static storage.
std::string_view to_string(MessageStage stage) noexcept;
std::optional<MessageStage> stage_of(std::string_view name) noexcept;
/// Whether its sending is over: neither queued nor leased.
bool is_settled(MessageStage stage) noexcept;

/// Who goes first.
enum class Priority { code = 0, notice = 1, bulk = 2 };

/// "code", "notice", "bulk"; static storage.
std::string_view to_string(Priority priority) noexcept;
std::optional<Priority> priority_of(std::string_view name) noexcept;

/// Who may carry a message, as the outbox names it: "messenger/ID" or "messageType/ID".
std::string messenger_route(std::string_view messenger_id);
std::string message_type_route(std::string_view message_type_id);
/// The id when the route is a messenger, else "".
std::string messenger_of_route(std::string_view route);
/// The id when the route is a message type, else "".
std::string message_type_of_route(std::string_view route);

/// Which message it is, who may carry it, and when.
struct MessageHead {
  std::string id;  ///< UUID
  std::string tenant_id;
  std::string route;  ///< "messenger/ID" or "messageType/ID": who may carry it
  Priority priority = Priority::notice;
  bool secret = false;       ///< the content holds a code
  std::int64_t due = 0;      ///< epoch ms, of the first attempt
  std::int64_t expires = 0;  ///< epoch ms: never sent from then on
};

/// A message to be kept.
struct NewMessage : MessageHead {
  std::string envelope;     ///< JSON, sealed: what is kept until the message is swept
  std::string content;      ///< JSON, sealed: text and attributes; wiped at the end when it is secret
  std::string destination;  ///< the number, kept as a keyed digest by which it can be searched for
  /// The caller's own name for this message within its tenant, kept as a digest; empty = none.
  std::string idempotency_key;
  /// Of all that the caller asked for, so that one key for two messages is seen.
  std::string request_digest;
};

/// A message as it will be kept: nothing of it can be read without the key. Made by Store::seal() or Outbox::seal(); of
/// what is in its head, id and tenant_id stay.
struct SealedMessage : MessageHead {
  std::string envelope, content;                  ///< sealed
  std::string destination, idempotency, request;  ///< digests; idempotency: empty = none
};

/// What add() did.
struct AddedMessage {
  std::string id;               ///< of the message that has the idempotency key now
  bool is_new = true;           ///< false: it was there already
  bool is_same_request = true;  ///< false: the key was used for another message; nothing was added
};

/// A message as it is kept.
struct OutboxMessage {
  std::int64_t ordinal = 0;  ///< rising in order of acceptance
  std::string id, tenant_id, route;
  Priority priority = Priority::notice;
  MessageStage stage = MessageStage::queued;
  std::string envelope, content;  ///< content: empty = wiped
  bool secret = false;
  std::int64_t due = 0;  ///< of the next attempt while queued; of the next look while unknown, 0 = none
  std::int64_t expires = 0;
  std::int64_t attempts = 0;              ///< begun so far; the number of the last is its fencing token
  std::int64_t looks = 0;                 ///< begun so far for the last attempt, while unknown
  std::int64_t lease_until = 0;           ///< while leased
  std::string progress;                   ///< JSON of the dispatcher's: who was tried, who refused
  bool cancel_requested = false;          ///< to be called off as soon as it is certainly unsent
  std::string messenger_id, provider_id;  ///< of the last attempt; the id once the provider gave one
  std::string reason;                     ///< of the stage, one sentence without secrets
  std::int64_t insert_instant = 0, last_update_instant = 0;
  bool is_readable = true;  ///< false: its envelope or content does not open
};

/// A message that was leased, with its texts as they are kept: Store::open() reads them.
struct LeasedMessage {
  OutboxMessage message;          ///< without envelope and content
  std::string envelope, content;  ///< sealed; content: empty = wiped
};

/// One change of a message, as its history keeps it.
struct MessageChange {
  std::int64_t instant = 0;
  MessageStage stage = MessageStage::queued;
  std::int64_t attempt = 0;  ///< the attempt it is about; 0 = none
  std::string messenger_id;  ///< of the attempt; empty = none
  std::string outcome;       ///< "OK", "RETRY" …; of a receipt, the provider's status; empty = none
  std::string reason;        ///< never empty; no secret, no code, numbers masked
};

/// A message that its provider has named.
struct KnownMessage {
  ProviderKey key;
  std::string id;
  MessageStage stage = MessageStage::sent;
  std::int64_t last_update_instant = 0;
};

/// Messages of one priority, tenant and route: they take turns with those of other lanes.
struct LaneHead {
  std::string lane;  ///< opaque; ordered by priority first
  Priority priority = Priority::notice;
  std::string tenant_id, route;
  std::int64_t due = 0;  ///< of its first message; it may lie ahead
};

/// How leased messages are marked.
struct Lease {
  std::string holder;      ///< whose, and which time: unique to each call of lease()
  std::int64_t until = 0;  ///< epoch ms
};

/// What an attempt, a look or a receipt made of a message.
struct MessageUpdate {
  std::string id;
  MessageChange change;     ///< goes into the history, and its stage and reason to the message
  std::int64_t due = 0;     ///< as OutboxMessage::due
  std::string provider_id;  ///< set where not empty
  std::string progress;     ///< set where not empty
  bool wipe = false;        ///< forget the content
};

/// When something is to be done that no wake-up tells of; 0 = never.
struct OutboxTimes {
  std::int64_t expiry = 0;     ///< the next lifetime of a queued message that ends
  std::int64_t lease_end = 0;  ///< the next lease that ends
  std::int64_t look = 0;       ///< the next look for a message in doubt
};

struct MessageSearch {
  std::vector<MessageStage> stages;                         ///< empty = all
  std::string tenant_id, route, destination, messenger_id;  ///< each: empty = all
  std::optional<std::int64_t> start, end;                   ///< of insertion, epoch ms, both included
  bool ascending = false;                                   ///< by ordinal
  std::int64_t start_row = 0, number_of_results = 25;
};

struct MessagePage {
  std::vector<OutboxMessage> messages;
  std::int64_t total = 0;
};

/// What an operator wants to see of a queue.
struct QueueCount {
  MessageStage stage = MessageStage::queued;
  Priority priority = Priority::notice;
  std::int64_t messages = 0, oldest_insert_instant = 0;
};

/// The outbox, within a transaction. Every statement of it is right beside other hosts' (Sharing::rows): who changes a
/// row says what it must be, and rows that others hold are skipped.
class Outbox {
 public:
  /// One after the other, as one group: what the group says of each.
  virtual std::vector<AddedMessage> add(std::span<const SealedMessage> messages) = 0;
  AddedMessage add(const NewMessage& message) {
    const SealedMessage sealed = seal(message);
    return add({&sealed, 1}).front();
  }
  /// As Store::seal.
  virtual SealedMessage seal(const NewMessage& message) const = 0;
  /// What add() would find there already, by its idempotency key or its id; nothing when it would be new.
  virtual std::optional<AddedMessage> find_added(const SealedMessage& message) = 0;

  /// Every lane that has queued messages, by priority, with its earliest due time. Cost: one look into an index a lane.
  virtual std::vector<LaneHead> lanes() = 0;
  /// Begins an attempt at up to so many messages of a lane that are due, oldest due time first: they are leased, their
  /// `attempts` one more, and with it their history's next entry is this attempt's. None of them is past its lifetime.
  virtual std::vector<LeasedMessage> lease(const std::string& lane, std::size_t most, std::int64_t now,
                                           const Lease& lease) = 0;
  /// Names who carries an attempt that was leased, so that a message whose host ended meanwhile is looked for there.
  /// Needless where the route names a messenger. False when the attempt is over.
  virtual bool assign(const std::string& id, std::int64_t attempt, const std::string& messenger_id) = 0;
  /// Gives back what was leased under this holder and certainly not begun: queued again as it was, or
  /// cancelled when it is to be called off. Also when its lease has ended meanwhile, unless it was looked for since.
  virtual void release(const std::string& holder, std::int64_t now) = 0;

  /// Records what became of each of these attempts (change.attempt), one after the other, as one group. True when the
  /// message was leased or unknown and this is its last attempt, even when its lease has ended meanwhile; else nothing
  /// changes. A message that would be queued again and is to be called off becomes cancelled.
  virtual std::vector<bool> record(std::span<const MessageUpdate> updates) = 0;
  bool record(const MessageUpdate& update) { return record({&update, 1}).front(); }
  /// The same by what the message is at now: for receipts and looks. False when its stage is none of `from`, or
  /// change.attempt is above 0 and not its last attempt.
  virtual bool advance(const MessageUpdate& update, const std::vector<MessageStage>& from) = 0;

  /// Queued messages past their lifetime become expired, secret ones wiped; gives their ids. At most so many.
  virtual std::vector<std::string> expire(std::int64_t now, std::size_t most) = 0;
  /// Leased messages whose lease has ended become unknown and are to be looked for at once; gives their ids.
  virtual std::vector<std::string> end_leases(std::int64_t now, std::size_t most) = 0;
  /// Begins a look for up to so many messages in doubt that are due: their `looks` one more, due again at `again`, so
  /// that another host looks if this one ends.
  virtual std::vector<OutboxMessage> take_looks(std::int64_t now, std::size_t most, std::int64_t again) = 0;
  virtual OutboxTimes times() = 0;

  /// A queued message becomes cancelled; a leased or unknown one is marked, so that it is never queued again. Gives its
  /// stage afterwards; nothing when there is none.
  virtual std::optional<MessageStage> cancel(std::string_view id, std::int64_t now, std::string_view reason) = 0;

  virtual std::optional<OutboxMessage> find(std::string_view id) = 0;
  virtual std::optional<OutboxMessage> find_by_provider_id(std::string_view messenger_id,
                                                           std::string_view provider_id) = 0;
  /// Which messages of ours these are, in any order; what is not ours is missing.
  virtual std::vector<KnownMessage> find_by_provider_ids(std::span<const ProviderKey> keys) = 0;
  /// The oldest first.
  virtual std::vector<MessageChange> history(std::string_view id) = 0;
  virtual MessagePage search(const MessageSearch& search) = 0;
  virtual std::vector<QueueCount> counts() = 0;
  /// How often a message became this settled stage since then; of the last day at least. What stays where it is does
  /// not become it; what has left it since did.
  virtual std::int64_t changed_to(MessageStage stage, std::int64_t since) = 0;
  /// Removes up to so many settled messages that were last changed before this instant, with their history. Gives how
  /// many.
  virtual std::size_t sweep(std::int64_t before, std::size_t most) = 0;
  /// Forgets what changed_to() counts of more than a day ago, of each stage the oldest, about `most`. Gives how many it
  /// were of the stage that had most; when that is `most` there may be more.
  virtual std::size_t sweep_changes(std::int64_t now, std::size_t most) = 0;

 protected:
  ~Outbox() = default;
};

}  // namespace messenger::host
