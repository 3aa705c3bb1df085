// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "api/errors.hpp"
#include "store/event_log.hpp"

namespace messenger::host {

/// What a query asks for. Errors are under the parameters' names; unknown parameters are ignored.
EventSearch read_search(const std::map<std::string, std::string>& query, Errors& errors);

/// What {"search":{…}} asks for; without it, everything. Errors are under "search.type" and so on.
EventSearch read_search(const boost::json::object& body, Errors& errors);

}  // namespace messenger::host
