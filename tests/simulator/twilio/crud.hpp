#pragma once

#include "simulator/http.hpp"
#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// Answers a call on a resource's list: GET lists, POST creates.
Response call_list(ApiCall& call, const Resource& resource, http::verb verb);

/// Answers a call on one resource: GET fetches, POST updates, DELETE removes.
Response call_instance(ApiCall& call, const Resource& resource, http::verb verb);

/// A record of this resource with what every one has; `collection` is the path of its list.
Record make_record(const ApiCall& call, Style style, std::string collection, std::string sid);

/// Marks a record as changed now.
void touch(Record& record, Style style, Instant now);

}  // namespace messenger::simulator::twilio
