// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace messenger::host {

/// Every problem of a message type {"name":…} as the document of this id, and what it is kept as where there is none:
/// its messengers must exist, and no other message type may have its name.
NewDocument prepare_message_type(Transaction& transaction, const std::string& id, const boost::json::object& document,
                                 std::vector<loader::Issue>& issues);

/// Creates or replaces; empty = it is kept. Throws StoreError.
std::vector<loader::Issue> put_message_type(Store& store, const std::string& id, const boost::json::object& document);
/// Whether queued messages have this message type as their route. Throws StoreError.
bool is_awaited(Transaction& transaction, const std::string& id);

/// Empty = it is gone, or was not there; else who uses it, messages that wait for it included. Throws StoreError.
std::vector<loader::Issue> erase_message_type(Store& store, const std::string& id);

}  // namespace messenger::host
