#include "simulator/callbacks.hpp"

#include <algorithm>
#include <utility>

#include "simulator/twilio/message.hpp"
#include "simulator/twilio/sender_pool.hpp"
#include "simulator/twilio/status.hpp"

namespace messenger::simulator {

using twilio::Callback;
using twilio::Record;

std::string Callbacks::url_of(const Record& message) const {
  const boost::json::value* own = message.hidden.if_contains("status_callback");
  if (own != nullptr && !own->as_string().empty()) return std::string{own->get_string()};
  const Record* service = twilio::find_service(store_, message.account, twilio::service_of(message));
  if (service == nullptr || !service->shown.at("status_callback").is_string()) return {};
  return std::string{service->shown.at("status_callback").get_string()};
}

void Callbacks::report(const Record& message) {
  const std::string url = url_of(message);
  if (url.empty()) return;
  // Two statements, so that which fault is struck first does not depend on the compiler.
  const bool forged = faults_.strike("forge");
  const twilio::Shape shape{forged, faults_.strike("json")};
  Callback callback = make_callback(message, url, accounts_.token_of(message.account), shape);
  // The last one of a message has none after it that could overtake it.
  const bool last = twilio::next_status(twilio::status_of(message), twilio::recipient_of(message)).status.empty();
  if (!last && faults_.strike("reorder")) return hold(std::move(callback));
  if (faults_.strike("duplicate")) queue(callback);
  queue(std::move(callback));
  release_held(message.sid);
  ready_call_();
}

void Callbacks::queue(Callback callback) {
  if (!twilio::parse_loopback(callback.url)) {
    callback.state = "not posted";
    callback.reason = "only http URLs of this machine are posted to";
    keep(std::move(callback));
    return;
  }
  ready_.push_back(keep(std::move(callback)));
}

void Callbacks::hold(Callback callback) {
  callback.state = "held";
  const std::string message = callback.message;
  held_.emplace(message, keep(std::move(callback)));
}

void Callbacks::release_held(const std::string& message) {
  const auto [first, last] = held_.equal_range(message);
  for (auto held = first; held != last; ++held) {
    const auto known = known_.find(held->second);
    if (known == known_.end()) continue;
    Callback callback = known->second;
    known_.erase(known);
    callback.state = "waiting";
    queue(std::move(callback));
  }
  held_.erase(first, last);
}

std::uint64_t Callbacks::keep(Callback callback) {
  if (known_.size() == capacity) known_.erase(known_.begin());
  callback.id = ++last_id_;
  known_.emplace(callback.id, std::move(callback));
  return last_id_;
}

std::optional<Callback> Callbacks::take() {
  std::erase_if(ready_, [&](std::uint64_t id) { return !known_.contains(id); });
  const auto next =
      std::ranges::find_if(ready_, [&](std::uint64_t id) { return !busy_.contains(known_.at(id).message); });
  if (next == ready_.end()) return std::nullopt;
  const Callback callback = known_.at(*next);
  ready_.erase(next);
  busy_.insert(callback.message);
  return callback;
}

void Callbacks::finish(const Callback& callback) {
  busy_.erase(callback.message);
  const auto known = known_.find(callback.id);
  if (known != known_.end()) known->second = callback;
  ready_call_();
}

void Callbacks::abandon() {
  busy_.clear();
}

boost::json::array Callbacks::list() const {
  boost::json::array list;
  for (const auto& [id, callback] : known_) list.emplace_back(callback.to_json());
  return list;
}

void Callbacks::clear() {
  known_.clear();
  ready_.clear();
  held_.clear();
}

}  // namespace messenger::simulator
