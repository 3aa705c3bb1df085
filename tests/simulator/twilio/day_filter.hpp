#pragma once

#include <optional>
#include <string>

#include "simulator/form.hpp"
#include "simulator/twilio/instant.hpp"

namespace messenger::simulator::twilio {

/// Whether the query's NAME, NAME< and NAME> let something of this time through; something without a time passes only
/// where there is no filter. Twilio's filters know whole days in UTC, both ends included: a time of day is cut off.
bool accepts_day(const Form& query, const std::string& name, std::optional<Instant> when);

}  // namespace messenger::simulator::twilio
