#pragma once

#include <cstddef>
#include <string>

namespace messenger::simulator::twilio {

/// How many message parts a text takes: GSM-7 where every character has a place in it, else UCS-2.
std::size_t count_segments(const std::u32string& text);

}  // namespace messenger::simulator::twilio
