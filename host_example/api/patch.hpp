// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "api/errors.hpp"
#include "api/exchange.hpp"

namespace messenger::host {

/// What the merge of old treats in a way of its own: JSON Pointers, "/messenger/messageTypes".
struct PatchRules {
  std::vector<std::string> replaced;  ///< arrays that a sent one replaces; any other is appended
  std::vector<std::string> ignored;   ///< members that stay as they are, whatever is sent
};

/// The document that this request makes of `current`, which is {"messenger":{…}} as an answer shows it, or nothing
/// after an error. By Content-Type: application/json merges as FusionAuth always did (null removes, arrays are
/// appended), application/json-patch+json is RFC 6902, application/merge-patch+json is RFC 7396. Integers of 64 bits
/// and doubles stay exact. The result is at most 32 levels deep, and of no more text than a request may have or the
/// document had.
std::optional<boost::json::object> apply_patch(const boost::json::object& current, const Request& request,
                                               const PatchRules& rules, Errors& errors);

}  // namespace messenger::host
