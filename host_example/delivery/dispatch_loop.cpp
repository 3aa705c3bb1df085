// SPDX-License-Identifier: Apache-2.0
#include "delivery/dispatch_loop.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "delivery/circuit_events.hpp"
#include "runtime/runtime.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

using std::chrono::milliseconds;

namespace {

constexpr std::int64_t ending_time = 5'000;  // ms, for a store that fails
constexpr std::size_t most_notes = 100;      // that wait for the store

Circuit::Settings circuit_settings(const Dispatcher::Options& options) {
  return {options.failures_to_open, options.shortest_break, options.longest_break};
}

// The registry would refuse more.
std::size_t slots_of_a_messenger(const Dispatcher::Options& options) {
  return std::min(options.slots_per_messenger, most_sends_of_a_messenger);
}

std::mt19937_64 seeded() {
  std::random_device device;
  std::seed_seq seed{device(), device(), device(), device()};
  return std::mt19937_64(seed);
}

CircuitState::Position position_of(const Circuit& circuit, std::int64_t now) noexcept {
  switch (circuit.position(now)) {
    case Circuit::Position::open:
      return CircuitState::Position::open;
    case Circuit::Position::half_open:
      return CircuitState::Position::half_open;
    case Circuit::Position::closed:
      break;
  }
  return CircuitState::Position::closed;
}

// 0 = never.
std::int64_t sooner(std::int64_t next, std::int64_t instant) noexcept {
  return instant == 0 ? next : std::min(next, instant);
}

}  // namespace

DispatchLoop::DispatchLoop(Delivery& delivery, loader::Registry& registry, Store& store, const Log& log,
                           DispatchInbox& inbox, Dispatcher::Options options)
    : delivery_(delivery),
      registry_(registry),
      log_(log),
      inbox_(inbox),
      options_(std::move(options)),
      store_(store, log),
      event_limit_(delivery.options().event_log_entries),
      chance_(seeded()),
      slots_(options_.slots, slots_of_a_messenger(options_)),
      circuits_(circuit_settings(options_)),
      leasing_(new_uuid(), slots_, circuits_, chance_),
      recorder_(delivery, store, chance_),
      waiters_(log),
      starter_(delivery, registry, store, [&inbox](Ending ending) {
        inbox.put([&](DispatchMail& mail) {
          mail.is_urgent = mail.is_urgent || ending.attempt->priority == Priority::code;
          mail.endings.push_back(std::move(ending));
        });
      }) {}

void DispatchLoop::run() {
  while (!is_over()) {
    const milliseconds wait = time_to_wait();
    pause();
    read(inbox_.take(wait));
    record();
    release_doubtful();
    upkeep(now_ms());
    lease(now_ms());
    ask_for_waiters(now_ms());
    tell_of_circuits();
    show();
  }
  read(inbox_.close());
  for (const std::string& id : waiters_.all()) {
    waiters_.tell(id, {MessageStage::queued, std::string(host_ended)});
  }
}

// Everything is recorded, or cannot be.
bool DispatchLoop::is_over() {
  if (!ending_ || open_calls_ > 0) {
    return false;
  }
  if (endings_.empty() && doubtful_.empty()) {
    return true;
  }
  const bool is_lost = store_.is_failing() && now_ms() > ending_since_ + ending_time;
  if (is_lost) {
    log_.error("The outcomes of attempts could not be recorded; their messages stay in doubt.",
               {{"count", endings_.size()}});
  }
  return is_lost;
}

// Of what comes one by one, many are then done in one unit; and who brings it need not wake this thread each time.
// Where many are under way, half of them are waited for: the other half keeps the senders busy meanwhile. But no more
// than were begun last, should others hang.
void DispatchLoop::pause() {
  if (ending_) {
    return;
  }
  std::this_thread::sleep_until(last_unit_ + shortest_round);
  if (open_calls_ >= many_calls) {
    inbox_.gather(last_unit_ + longest_round, std::min(open_calls_ / 2, last_begun_));
  }
}

milliseconds DispatchLoop::time_to_wait() const {
  const std::int64_t now = now_ms();
  const std::int64_t longest = std::max<std::int64_t>(options_.look_around.count(), 1);
  std::int64_t next = store_.is_failing() ? store_.retry_at() : next_unit(now);
  next = std::min(next, waiters_.next());
  return milliseconds(std::clamp<std::int64_t>(next == never ? longest : next - now, 0, longest));
}

// When the store is to be asked for something that no mail tells of.
std::int64_t DispatchLoop::next_unit(std::int64_t now) const {
  if (!endings_.empty() || !doubtful_.empty() || !notes_.empty() || !to_ask_.empty()) {
    return now;
  }
  if (stopping_) {
    return never;
  }
  if (look_at_lanes_) {
    return now;
  }
  std::int64_t due = sooner(sooner(never, times_.expiry), times_.lease_end);
  due = looks_in_hand_ < most_looks ? sooner(due, times_.look) : due;
  std::int64_t next = std::min({next_lane_, next_look_around_, next_sweep_, std::max(due, upkeep_not_before_)});
  if (owes_notice_ && is_backlogged_) {
    next = std::min(next, last_notice_ + tell_interval);
  }
  return next;
}

void DispatchLoop::read(DispatchMail mail) {
  look_at_lanes_ = look_at_lanes_ || mail.accepted || mail.look || !mail.changed.empty();
  owes_notice_ = owes_notice_ || mail.accepted;
  stopping_ = stopping_ || mail.stop;
  if (!mail.stopped.empty()) {
    starter_.wait_for_begun();
  }
  for (std::promise<void>& stopped : mail.stopped) {
    stopped.set_value();
  }
  if (mail.end && !std::exchange(ending_, true)) {
    ending_since_ = now_ms();
  }
  if (mail.options) {
    take_options(*mail.options);
  }
  for (auto& [id, waiter] : mail.waiters) {
    waiters_.add(id, std::move(waiter));
  }
  for (const std::string& id : mail.changed) {
    leasing_.look_again();
    circuits_.reset(id);
  }
  for (const std::string& id : mail.cancelled) {
    call_off(id);
  }
  const Log::Group group(log_);  // a line for each
  for (Ending& ending : mail.endings) {
    --open_calls_;
    take_in(std::move(ending));
  }
}

void DispatchLoop::take_options(const Dispatcher::Options& options) {
  options_ = options;
  slots_.set(options.slots, slots_of_a_messenger(options));
  circuits_.set(circuit_settings(options));
  look_at_lanes_ = true;
}

void DispatchLoop::call_off(const std::string& message_id) {
  const auto found = in_hand_.find(message_id);
  if (found != in_hand_.end()) {
    starter_.call_off(*found->second);
  } else if (waiters_.has(message_id)) {
    to_ask_.insert(message_id);
  }
}

// The circuit learns of it at once, the store as soon as it can.
void DispatchLoop::take_in(Ending ending) {
  if (ending.attempt && ending.course != Course::begun) {
    circuits_.abandon(ending.attempt->messenger_id, ending.attempt->circuit);
  } else if (ending.attempt) {
    const AttemptResult& result = ending.how->result;
    ++counters_.attempts[static_cast<std::size_t>(result.outcome)];
    ending.text = delivery_.tell(*ending.how);
    const LeasedAttempt& attempt = *ending.attempt;
    if (tells_of_messenger(attempt, result.outcome)) {
      circuits_.end(attempt.messenger_id, attempt.circuit, result, ending.text.reason, now_ms());
    } else {
      circuits_.abandon(attempt.messenger_id, attempt.circuit);
    }
  }
  endings_.push_back({std::move(ending)});
}

bool DispatchLoop::transact(const std::function<void(Transaction&)>& work) {
  last_unit_ = std::chrono::steady_clock::now();
  const bool was_ready = store_.is_ready(now_ms());
  const bool worked = store_.transact(work);
  counters_.store_failures += was_ready && !worked ? 1 : 0;
  return worked;
}

void DispatchLoop::tell_of_circuits() {
  for (CircuitNote& note : circuits_.take_notes()) {
    log_.write(note.what == CircuitNote::What::opened ? loader::LogLevel::error : loader::LogLevel::info,
               headline(note.what), {{"messenger", note.messenger_id}});
    look_at_lanes_ = true;
    if (notes_.size() < most_notes) {
      notes_.push_back(std::move(note));
    }
  }
  if (notes_.empty()) {
    return;
  }
  const bool written = transact([this](Transaction& transaction) {
    for (const CircuitNote& note : notes_) {
      write_circuit_event(transaction, note);
      event_limit_.trim(transaction.events);
    }
  });
  if (written) {
    notes_.clear();
  }
}

void DispatchLoop::show() {
  const std::lock_guard lock(seen_mutex_);
  seen_circuits_.assign(circuits_.all().begin(), circuits_.all().end());
  seen_slots_ = slots_.all();
}

std::vector<CircuitState> DispatchLoop::circuits() const {
  const std::lock_guard lock(seen_mutex_);
  const std::int64_t now = now_ms();
  std::vector<CircuitState> states;
  for (const auto& [id, circuit] : seen_circuits_) {
    const auto slots = seen_slots_.find(id);
    states.push_back({id, position_of(circuit, now), circuit.reason(), circuit.retry_at(),
                      slots == seen_slots_.end() ? 0 : slots->second});
  }
  return states;
}

DispatchCounts DispatchLoop::counts() const {
  DispatchCounts counts;
  std::copy(counters_.attempts.begin(), counters_.attempts.end(), std::begin(counts.attempts));
  counts.leases_ended = counters_.leases_ended;
  counts.expired = counters_.expired;
  counts.looks = counters_.looks;
  counts.found = counters_.found;
  counts.late_answers = counters_.late_answers;
  counts.store_failures = counters_.store_failures;
  return counts;
}

}  // namespace messenger::host
