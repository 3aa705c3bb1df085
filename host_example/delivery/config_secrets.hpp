// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// The values of a messenger's configuration that nobody may see: all but those of a plain member that its schema
/// describes and does not mark writeOnly. Host's own members are none.
std::vector<std::string> config_secrets(std::string_view schema, const boost::json::object& messenger);

/// "user:password", as HTTP Basic joins them, of any two of a configuration's values whose second is a secret too short
/// to be found within base64. Ends early with more of them than a Masker tells apart.
std::set<std::string> short_credentials(std::string_view schema, const boost::json::object& messenger);

}  // namespace messenger::host
