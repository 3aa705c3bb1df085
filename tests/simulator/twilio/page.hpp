#pragma once

#include <stdexcept>

#include "simulator/http.hpp"
#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// A query parameter that cannot be read.
struct BadParameter : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// One page of a list, newest first. The addresses of its neighbours carry a token with the place of its last (first)
/// resource, so that what is removed meanwhile shifts nothing. Throws BadParameter.
Response list_page(ApiCall& call, const Resource& resource);

/// A record as its resource shows it to this call.
boost::json::object show(const ApiCall& call, const Resource& resource, const Record& record);

}  // namespace messenger::simulator::twilio
