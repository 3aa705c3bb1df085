#include "simulator/twilio/day_filter.hpp"

#include <string_view>

namespace messenger::simulator::twilio {

// In a query, "DateSent<=2024-01-01" has a field DateSent< as "DateSent%3C=2024-01-01" has.
bool accepts_day(const Form& query, const std::string& name, std::optional<Instant> when) {
  constexpr std::size_t day_size = std::string_view{"2030-12-31"}.size();
  const std::string_view on = query.get(name).substr(0, day_size);
  const std::string_view until = query.get(name + "<").substr(0, day_size);
  const std::string_view since = query.get(name + ">").substr(0, day_size);
  if (on.empty() && until.empty() && since.empty()) return true;
  if (!when) return false;
  const std::string day = day_of(*when);
  return (on.empty() || day == on) && (until.empty() || day <= until) && day >= since;
}

}  // namespace messenger::simulator::twilio
