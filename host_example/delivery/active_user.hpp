// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "store/store.hpp"

namespace messenger::host {

/// Nothing for a user who is not there or not active: for one-time codes these are the same.
std::optional<Document> find_active_user(Transaction& transaction, const std::string& id);
/// By email or username, in any case.
std::optional<Document> find_active_user_by_login_id(Transaction& transaction, const std::string& login_id);

}  // namespace messenger::host
