#include "simulator/twilio/status.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "simulator/twilio/field.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::array<std::string_view, 13> statuses{
    "queued",   "sending",   "sent", "delivered",           "undelivered", "failed",  "receiving",
    "received", "scheduled", "read", "partially_delivered", "accepted",    "canceled"};

struct Reason {
  std::int64_t code;
  std::string_view text;
};

// https://www.twilio.com/docs/api/errors
constexpr std::array reasons{Reason{30001, "Queue overflow"},
                             Reason{30002, "Account suspended"},
                             Reason{30003, "Unreachable destination handset"},
                             Reason{30004, "Message blocked"},
                             Reason{30005, "Unknown destination handset"},
                             Reason{30006, "Landline or unreachable carrier"},
                             Reason{30007, "Carrier violation"},
                             Reason{30008, "Unknown error"},
                             Reason{30017, "Carrier network congestion"},
                             Reason{30022, "US A2P 10DLC - Rate limits exceeded"},
                             Reason{30023, "US A2P 10DLC - Daily message cap reached"},
                             Reason{30027, "US A2P 10DLC - T-Mobile daily message limit reached"},
                             Reason{30032, "Toll-free number has not been verified"},
                             Reason{30034, "Message from an unregistered number"},
                             Reason{30035, "Message blocked: the campaign is not provisioned"},
                             Reason{30036, "Validity period expired"},
                             Reason{30410, "Provider timeout"}};

/// The five digits at the end of a number that begins so.
std::optional<long> tail_of(std::string_view recipient, std::string_view start) {
  if (recipient.size() != start.size() + 5 || !recipient.starts_with(start)) return std::nullopt;
  return whole_number(recipient.substr(start.size()));
}

Next after_sending(std::string_view recipient) {
  if (const auto code = tail_of(recipient, "+155501")) return {"failed", *code};
  return {"sent"};
}

Next after_sent(std::string_view recipient) {
  if (const auto code = tail_of(recipient, "+155500")) return {"undelivered", *code};
  if (tail_of(recipient, "+155502")) return {};
  return {"delivered"};
}

}  // namespace

Next next_status(std::string_view status, std::string_view recipient) {
  if (status == "scheduled" || status == "accepted") return {"queued"};
  if (status == "queued") return {"sending"};
  if (status == "sending") return after_sending(recipient);
  return status == "sent" ? after_sent(recipient) : Next{};
}

bool is_status(std::string_view status) {
  return std::ranges::find(statuses, status) != statuses.end();
}

bool is_finished(std::string_view status) {
  return !is_cancelable(status) && status != "sending" && status != "receiving";
}

bool is_cancelable(std::string_view status) {
  return status == "queued" || status == "accepted" || status == "scheduled";
}

std::string error_text(std::int64_t code) {
  const auto* reason = std::ranges::find(reasons, code, &Reason::code);
  return reason == reasons.end() ? "Error " + std::to_string(code) : std::string{reason->text};
}

}  // namespace messenger::simulator::twilio
