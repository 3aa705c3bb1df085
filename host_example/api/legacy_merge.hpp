// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "api/patch.hpp"

namespace messenger::host {

/// Merges as FusionAuth did before it knew the RFCs: deep; null removes; arrays are appended.
void merge_legacy(boost::json::object& target, const boost::json::object& sent, const PatchRules& rules);

}  // namespace messenger::host
