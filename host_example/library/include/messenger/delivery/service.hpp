// SPDX-License-Identifier: Apache-2.0
// Durable delivery for a host of your own: a message that was accepted is kept in a database until it has an end. Link
// messenger::delivery. docs/delivery.md says what is promised; docs/examples/deliver.cpp is a whole program.
#ifndef MESSENGER_DELIVERY_SERVICE_HPP
#define MESSENGER_DELIVERY_SERVICE_HPP

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <messenger/delivery/export.hpp>
#include <messenger/loader/options.hpp>
#include <messenger/loader/report.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace messenger::delivery {

using Clock = std::chrono::system_clock;

/// What the database or its key refused; what() is a sentence without secrets.
class MESSENGER_DELIVERY_API Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The same may do a little later: others keep the database busy, its server is away, or it is full. Nothing was kept,
/// unless the server went away during the commit: with an idempotency key the same can be said again.
class MESSENGER_DELIVERY_API Unavailable : public Error {
 public:
  using Error::Error;
};

/// Fixed for the life of a service.
struct Options {
  std::string database;            ///< "sqlite:FILE", or "postgresql://…" as libpq takes it, for several hosts
  std::filesystem::path key_file;  ///< seals the database; made with it. Empty = FILE.key. PostgreSQL: required
  std::vector<std::filesystem::path> plugin_directories = {};  ///< before the installed one
  std::string public_url = {};  ///< where providers reach this host; empty = no receipts are asked for
  std::chrono::milliseconds attempt_timeout{20'000};
  std::chrono::seconds lifetime{86'400};  ///< of messages that say none
  std::size_t slots = 256;                ///< attempts at once
  std::size_t slots_per_messenger = 64;   ///< likewise; 16,384 at most
  /// Whom messengers may reach besides public addresses, and besides https, as "10.0.0.0/8"; proxy and roots.
  std::vector<std::string> allow_ranges = {}, http_ranges = {};
  std::string proxy = {}, proxy_username = {}, proxy_password = {}, ca_file = {};
  loader::LogFunction log = {};  ///< any thread; it must not call the service. Empty = no log
};

enum class Priority { code, notice, bulk };  ///< who goes first

/// A message for one destination.
struct Message {
  std::string to, body;
  std::string messenger;     ///< the id of the messenger that carries it …
  std::string message_type;  ///< … or of the message type that names its carriers; one of the two
  std::string locale = {};   ///< BCP 47; empty = none
  std::vector<std::pair<std::string, std::string>> attributes = {};
  bool secret = false;  ///< body or attributes hold a code: wiped when the message has its end
  std::optional<Priority> priority = {};
  std::optional<Clock::time_point> expires = {};  ///< never sent from then on
  std::string idempotency_key = {};               ///< the same key is the same message; empty = none
  std::string tenant = {};                        ///< a UUID: tenants take turns; empty = the host's own
  std::string traceparent = {};                   ///< W3C trace context; empty = none
};

/// What became of a message that was handed in: an id, or why it was refused.
struct Accepted {
  std::string id;
  bool is_new = true;  ///< false: this idempotency key has had it accepted before
  std::vector<loader::Issue> issues = {};
};

/// Where a message stands.
enum class State { queued, leased, sent, delivered, undelivered, failed, unknown, expired, cancelled };

struct Status {
  State state = State::queued;
  std::string reason;  ///< one sentence without secrets
  std::string provider_id;
  std::uint32_t attempts = 0;
  std::string json;  ///< all there is to say, as GET /api/message/{id} of messenger-host has it, with its history
};

/// What became of a provider's request.
enum class Receipt { kept, forged, malformed, unknown, busy };

/// Messengers, messages and receipts over one database, on threads of its own. Messengers and message types are told
/// apart by their ids, which are UUIDs. Throws Error, std::invalid_argument for options that are malformed. [any
/// thread]
class MESSENGER_DELIVERY_API Service {
 public:
  /// Opens the database or makes it, loads the plugins and goes on with what is queued.
  explicit Service(const Options& options);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  /// stop() with no time.
  ~Service();

  /// Creates or replaces a messenger, {"messenger": {"name", "type", …}}. Empty = in force, here and soon on all hosts.
  std::vector<loader::Issue> put_messenger(const std::string& id, const std::string& document);
  /// Creates or replaces a message type, {"messageType": {"name", "messengers": [{"messengerId"}] …}}.
  std::vector<loader::Issue> put_message_type(const std::string& id, const std::string& document);
  /// Empty = it is gone, or was not there; else who uses it.
  std::vector<loader::Issue> remove_messenger(const std::string& id);
  std::vector<loader::Issue> remove_message_type(const std::string& id);

  /// Accepted = durable when this returns; all that have no issues, in one transaction, in this order.
  std::vector<Accepted> accept(const std::vector<Message>& messages);
  Accepted accept(const Message& message) { return std::move(accept(std::vector{message}).front()); }
  /// Nothing when there is no such message.
  std::optional<Status> find(const std::string& id);
  /// Calls it off; its state afterwards: leased = as soon as it is certainly unsent.
  std::optional<State> cancel(const std::string& id);
  /// Calls back once, on a thread of the service: when the message's sending is over, or after this time, as it stands
  /// then; a message that goes on after its first attempt is called back as queued. It may call the service.
  void when_settled(const std::string& id, std::chrono::milliseconds within, std::function<void(State)> done);

  /// A provider's request to public_url + "/api/messenger/ID/receipt": its query as "?a=b", its body and its headers.
  /// Kept = durable. Blocks for the store.
  Receipt take_receipt(const std::string& messenger_id, const std::string& query, const std::string& body,
                       const std::vector<std::pair<std::string, std::string>>& headers);

  /// Accepts and sends nothing any more and waits for what is under way. True when nothing was cut off; what is queued
  /// stays so, for the next start or for other hosts. Every other call throws Unavailable from then on; not to be
  /// called in a callback.
  bool stop(std::chrono::milliseconds within);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::delivery

#endif
