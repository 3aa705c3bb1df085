// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/field_check.hpp"

namespace messenger::host {

/// The member of a messenger that is the host's, whatever its type; null = it is its plugin's.
const Field* find_envelope_field(std::string_view name) noexcept;

/// Every problem of the host's members; pointers start at the messenger.
std::vector<loader::Issue> check_envelope(const boost::json::object& messenger);

/// A plugin's schema with the host's members added: the schema of a whole messenger of that type.
boost::json::object with_envelope(boost::json::object plugin_schema, std::string_view type);

}  // namespace messenger::host
