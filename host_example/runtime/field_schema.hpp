// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <span>

#include "runtime/field_check.hpp"

namespace messenger::host {

/// The JSON Schema of a document with these members, which check_fields() checks.
boost::json::object schema_of(std::span<const Field> fields);

}  // namespace messenger::host
