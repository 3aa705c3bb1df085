// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "delivery/messages.hpp"
#include "delivery/submission_check.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

/// Submissions as the outbox takes them, but for what only a look into the store tells: made without one, so that a
/// unit is short. Their texts are sealed already.
class MessageDrafts {
 public:
  MessageDrafts() = default;
  /// The submissions outlive this.
  MessageDrafts(const Store& store, const std::vector<const Submission*>& submissions);
  MessageDrafts(const MessageDrafts&) = delete;
  MessageDrafts& operator=(const MessageDrafts&) = delete;

  std::size_t size() const noexcept { return messages_.size(); }
  /// Puts the others behind these; when it throws, all is as it was.
  void take(const std::vector<MessageDrafts*>& others);

  /// Within a transaction: keeps those of them that can be accepted, as one group. What was accepted once stays so:
  /// only a message that is new has to stand the checks. May be called again when the transaction was undone.
  std::vector<Accepted> add(Transaction& transaction, const Messages::Options& options, std::size_t first,
                            std::size_t count);
  std::vector<Accepted> add(Transaction& transaction, const Messages::Options& options) {
    return add(transaction, options, 0, size());
  }
  /// Of these, once they were added: the priority of what goes first.
  Priority most_urgent(std::size_t first, std::size_t count) const;

 private:
  std::vector<const Submission*> submissions_;
  std::vector<SealedMessage> messages_;  // in the order of the submissions
};

}  // namespace messenger::host
