#pragma once

#include <stdexcept>
#include <string>

#include "simulator/form.hpp"
#include "simulator/twilio/message.hpp"

namespace messenger::simulator::twilio {

/// A query parameter that cannot be read.
struct BadParameter : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// Which messages a list shows: those that To, From, DateSent, DateSent< and DateSent> let through.
class MessageFilter {
 public:
  /// Throws BadParameter for what is not a day.
  explicit MessageFilter(const Form& query);

  bool accepts(const Message& message) const;

  /// The filters as they stand in a query, each with a leading ampersand.
  std::string to_query() const;

 private:
  bool accepts_day(const Message& message) const;

  std::string to_;
  std::string from_;
  std::string on_;
  std::string until_;
  std::string since_;
};

}  // namespace messenger::simulator::twilio
