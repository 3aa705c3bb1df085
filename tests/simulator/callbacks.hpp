#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "simulator/callback_faults.hpp"
#include "simulator/twilio/accounts.hpp"
#include "simulator/twilio/callback.hpp"
#include "simulator/twilio/store.hpp"

namespace messenger::simulator {

/// The status callbacks: those to post, and what became of the others. It posts nothing itself.
class Callbacks {
 public:
  static constexpr std::size_t capacity = 10'000;

  /// Both must outlive it.
  Callbacks(twilio::Store& store, const twilio::Accounts& accounts) : store_{store}, accounts_{accounts} {}

  /// Called when there is one to take.
  void on_ready(std::function<void()> call) { ready_call_ = std::move(call); }

  /// Tells of a message's new status, if it or its service says where.
  void report(const twilio::Record& message);

  /// The next to post. Those of one message come one after the other: the next when the last is finished.
  std::optional<twilio::Callback> take();

  /// Says what became of one that was taken.
  void finish(const twilio::Callback& callback);

  /// Gives up those that were taken: whoever took them is gone.
  void abandon();

  /// Every callback that is remembered, oldest first.
  boost::json::array list() const;
  void clear();

  CallbackFaults& faults() { return faults_; }

 private:
  std::string url_of(const twilio::Record& message) const;
  void queue(twilio::Callback callback);
  void hold(twilio::Callback callback);
  void release_held(const std::string& message);
  std::uint64_t keep(twilio::Callback callback);

  twilio::Store& store_;
  const twilio::Accounts& accounts_;
  CallbackFaults faults_;
  std::uint64_t last_id_ = 0;
  std::map<std::uint64_t, twilio::Callback> known_;
  std::deque<std::uint64_t> ready_;
  std::multimap<std::string, std::uint64_t> held_;
  std::set<std::string> busy_;
  std::function<void()> ready_call_ = [] {};
};

}  // namespace messenger::simulator
