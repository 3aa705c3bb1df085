// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "delivery/attempt.hpp"
#include "delivery/attempt_verdict.hpp"
#include "delivery/receipt_book.hpp"
#include "delivery/reconciliation.hpp"
#include "runtime/log.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// A look for a message in doubt that has ended.
struct EndedLook {
  std::shared_ptr<Doubt> doubt;
  Progress progress;
  std::int64_t looks = 0;  ///< begun so far
  std::int64_t attempts = 0;
  loader::Result result;
  std::string evidence;
};

/// How far an attempt came.
enum class Course {
  begun,      ///< the messenger was asked, or is not there
  not_begun,  ///< certainly not sent, which tells nothing of the messenger
  unreadable  ///< likewise, and nobody can send it
};

/// What is to be recorded of one message: of its attempt, or of a look for it.
struct Ending {
  std::shared_ptr<LeasedAttempt> attempt;  ///< null: a look
  std::shared_ptr<const Attempt> how;      ///< how the attempt went
  std::shared_ptr<EndedLook> look = nullptr;
  AttemptText text = {};  ///< what is kept of the attempt; of one that did not begin, why
  Course course = Course::begun;
};

/// What was recorded.
struct Recorded {
  MessageStage stage = MessageStage::queued;  ///< by this ending, unless the message had moved on
  bool counted = false;                       ///< false: the message had moved on
  bool was_late = false;                      ///< its lease had ended
  bool was_found = false;                     ///< by a look
  bool gave_up = false;                       ///< there is no further look
  bool looked = false;                        ///< at the provider's messages, once at least
  bool is_others = false;                     ///< the provider's id is noted for another message
  std::int64_t due = 0;                       ///< of what comes next
  std::string reason = {};
};

/// Writes what became of messages, each with the note of its provider's id and with the receipts that came before.
/// [one thread]
class Recorder {
 public:
  Recorder(Delivery& delivery, Store& store, std::mt19937_64& chance)
      : delivery_(delivery), book_(store), chance_(chance) {}

  /// Within a transaction of Sharing::rows.
  std::vector<Recorded> record(Transaction& transaction, const std::vector<Ending>& endings, const Patience& patience,
                               std::int64_t now);

 private:
  struct Unit;
  void prepare_attempt(Unit& unit, const Ending& ending);
  void record_attempts(Unit& unit);
  void record_look(Unit& unit, const EndedLook& look);
  void apply(Unit& unit, const MessageUpdate& update, const KnownState* known, Recorded& recorded);

  Delivery& delivery_;
  ReceiptBook book_;
  std::mt19937_64& chance_;
};

}  // namespace messenger::host
