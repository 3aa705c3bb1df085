// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <messenger/loader/report.hpp>
#include <string>
#include <vector>

namespace messenger::host::conformance {

/// The problems that a plugin reports of a configuration.
using Ask = std::function<std::vector<loader::Issue>(const boost::json::object& configuration)>;

/// A configuration with what the schema requires, made from what it says of each member.
boost::json::object required_sample(const boost::json::object& schema);

/// The same with what the plugin says is missing, and then with each secret that it takes, so that secrets are there to
/// be kept.
boost::json::object full_sample(const boost::json::object& schema, const Ask& ask);

/// Configurations that are near this one and most of them wrong: nothing in it, one member gone, empty, of another
/// type, or unknown.
std::vector<boost::json::object> spoil(const boost::json::object& configuration);

}  // namespace messenger::host::conformance
