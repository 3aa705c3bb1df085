// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/errors.hpp"

namespace messenger::host {

/// An error for each member of the body that is none of these.
void refuse_others(const boost::json::object& body, const std::vector<std::string>& known, Errors& errors);

/// The object under `member`, or nothing after an error. An error also for each member beside it but these.
std::optional<boost::json::object> unwrap(const boost::json::object& body, const std::string& member, Errors& errors,
                                          std::vector<std::string> beside = {});

}  // namespace messenger::host
