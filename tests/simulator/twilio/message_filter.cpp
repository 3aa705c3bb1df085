#include "simulator/twilio/message_filter.hpp"

#include <array>
#include <chrono>
#include <ctime>
#include <string_view>

namespace messenger::simulator::twilio {
namespace {

constexpr std::size_t day_size = std::string_view{"2030-12-31"}.size();

std::string day_of(std::chrono::system_clock::time_point when) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, day_size + 1> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

// Twilio's filters know whole days in UTC: a time of day is cut off.
std::string read_day(const Form& query, const std::string& name) {
  std::string day{query.get(name).substr(0, day_size)};
  std::tm parts{};
  if (!day.empty() && strptime(day.c_str(), "%Y-%m-%d", &parts) != day.c_str() + day_size) {
    throw BadParameter{"Invalid " + name};
  }
  return day;
}

std::string query_field(std::string_view name, std::string_view value) {
  return value.empty() ? std::string{} : "&" + percent_encode(name) + "=" + percent_encode(value);
}

}  // namespace

MessageFilter::MessageFilter(const Form& query)
    : to_{query.get("To")},
      from_{query.get("From")},
      on_{read_day(query, "DateSent")},
      until_{read_day(query, "DateSent<")},
      since_{read_day(query, "DateSent>")} {}

bool MessageFilter::accepts(const Message& message) const {
  return (to_.empty() || to_ == message.to) && (from_.empty() || from_ == message.from) && accepts_day(message);
}

bool MessageFilter::accepts_day(const Message& message) const {
  if (on_.empty() && until_.empty() && since_.empty()) return true;
  if (!is_sent(message)) return false;
  const std::string day = day_of(message.created);
  return (on_.empty() || day == on_) && (until_.empty() || day <= until_) && day >= since_;
}

std::string MessageFilter::to_query() const {
  return query_field("To", to_) + query_field("From", from_) + query_field("DateSent", on_) +
         query_field("DateSent<", until_) + query_field("DateSent>", since_);
}

}  // namespace messenger::simulator::twilio
