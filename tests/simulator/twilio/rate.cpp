#include "simulator/twilio/rate.hpp"

namespace messenger::simulator::twilio {

bool Rate::admit(const std::string& account, Instant now) {
  if (per_second_ == 0) return true;
  Window& window = windows_[account];
  if (now - window.begin >= std::chrono::seconds{1}) window = {now, 0};
  if (window.used == per_second_) return false;
  ++window.used;
  return true;
}

}  // namespace messenger::simulator::twilio
