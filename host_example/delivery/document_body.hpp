// SPDX-License-Identifier: Apache-2.0
// What is kept in a body: written with to_sorted_text (runtime/json_text.hpp), and read here. Both leave every number
// what it is, which json::parse does not.
#pragma once

#include <boost/json/object.hpp>

#include "store/store.hpp"

namespace messenger::host {

/// Throws StoreError when the body is no JSON object.
boost::json::object body_of(const Document& document);
boost::json::object body_of(const Challenge& challenge);
boost::json::object body_of(const ReceiptRecord& record);

}  // namespace messenger::host
