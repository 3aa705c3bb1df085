#include "simulator/twilio/life.hpp"

#include "simulator/twilio/message.hpp"
#include "simulator/twilio/sender_pool.hpp"
#include "simulator/twilio/status.hpp"

namespace messenger::simulator::twilio {

void Life::begin(Record& message, std::optional<Instant> send_at, Instant now) {
  if (send_at) {
    plan(message, *send_at);
  } else if (step_.count() > 0) {
    plan(message, now + step_);
  }
}

std::optional<Instant> Life::next() const {
  return steps_.empty() ? std::nullopt : std::optional{steps_.begin()->first};
}

void Life::advance(Instant now) {
  while (!steps_.empty() && steps_.begin()->first <= now) {
    const Step step = std::move(steps_.begin()->second);
    steps_.erase(steps_.begin());
    take(step, now);
  }
}

void Life::set_status(Record& message, std::string_view status, std::int64_t error, Instant now) {
  ++message.course;
  change(message, status, error, now);
}

void Life::plan(Record& message, Instant when) {
  const bool earlier = steps_.empty() || when < steps_.begin()->first;
  steps_.emplace(when, Step{message.account, message.collection, message.sid, message.course});
  if (earlier) earlier_();
}

void Life::take(const Step& step, Instant now) {
  Record* message = store_.find(step.account, step.collection, step.sid);
  if (message == nullptr || message->course != step.course) return;
  const Next next = next_status(status_of(*message), recipient_of(*message));
  if (next.status.empty()) return;
  change(*message, next.status, next.error, now);
  const bool goes_on = step_.count() > 0 && !next_status(next.status, recipient_of(*message)).status.empty();
  if (goes_on) plan(*message, now + step_);
}

void Life::change(Record& message, std::string_view status, std::int64_t error, Instant now) {
  const bool waits = status == "accepted" || status == "scheduled" || status == "canceled";
  if (!waits && message.shown.at("from").is_null()) choose_sender(store_, message);
  set_message_status(message, status, error, now);
  changed_(message);
}

}  // namespace messenger::simulator::twilio
