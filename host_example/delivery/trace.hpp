// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/message.hpp>
#include <messenger/loader/registry.hpp>
#include <messenger/secret.hpp>
#include <string>

#include "delivery/delivery.hpp"
#include "delivery/event_limit.hpp"
#include "delivery/masking.hpp"
#include "runtime/log.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// What a trace has to know of a messenger. Made from a document as Messengers::find gives it, or one not stored yet.
class TracedMessenger {
 public:
  /// What there is to say of a messenger that is not there.
  explicit TracedMessenger(std::string id) : id_(std::move(id)) {}
  TracedMessenger(const boost::json::object& messenger, const loader::Registry& registry);

  const std::string& id() const noexcept { return id_; }
  bool debug() const noexcept { return debug_; }
  /// "Name (type, id)"
  std::string title() const;
  void hide_secrets(Masker& masker) const;

 private:
  std::string id_, name_, type_;
  std::string_view schema_;
  bool debug_ = false;
  Secret body_;  // the whole messenger
};

/// What stays of a send: a line in the log, an Error entry in the event log for every failure, and a Debug entry where
/// the messenger's `debug` is on. None of them holds a secret, a code or a whole number. [any thread]
class Trace {
 public:
  /// The event log keeps about this many of its newest entries. All given outlive this.
  Trace(const loader::Registry& registry, Store& store, const Log& log, std::int64_t entries);

  /// The line in the log.
  void tell(const TracedMessenger& messenger, const OutgoingMessage& message, const loader::Result& result) noexcept;

  /// What is to be kept of it. The messenger may have been changed since: `hide_newer` hides what it holds now; what
  /// that throws is logged, and nothing is said then that a provider or a plugin has written.
  AttemptText describe(const TracedMessenger& messenger, const OutgoingMessage& message, const loader::Result& result,
                       const std::function<void(Masker&)>& hide_newer) noexcept;
  /// The entries, within the caller's unit. Throws StoreError.
  void write(Transaction& transaction, const TracedMessenger& messenger, loader::Outcome outcome,
             const AttemptText& text);

  /// All of it, in a unit of its own: blocks for the store. A store that fails is logged.
  void keep(const TracedMessenger& messenger, const OutgoingMessage& message, const loader::Result& result) noexcept;

  /// A message whose send ended UNKNOWN was found at its provider: a line in the log and an Information entry.
  void keep_found(const TracedMessenger& messenger, const OutgoingMessage& message, const loader::Result& result,
                  const std::string& evidence) noexcept;

 private:
  void failed(const std::exception& error, const OutgoingMessage& message) noexcept;
  void hide_stored(Transaction& transaction, const std::string& id, Masker& masker) const;

  const loader::Registry& registry_;
  Store& store_;
  const Log& log_;
  EventLimit limit_;
};

}  // namespace messenger::host
