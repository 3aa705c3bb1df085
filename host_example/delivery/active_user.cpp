// SPDX-License-Identifier: Apache-2.0
#include "delivery/active_user.hpp"

#include "delivery/document_body.hpp"
#include "delivery/user_document.hpp"

namespace messenger::host {

namespace {

std::optional<Document> active(std::optional<Document> user) {
  return user && is_active(body_of(*user)) ? std::move(user) : std::nullopt;
}

}  // namespace

std::optional<Document> find_active_user(Transaction& transaction, const std::string& id) {
  return active(transaction.documents.find(Kind::user, id));
}

std::optional<Document> find_active_user_by_login_id(Transaction& transaction, const std::string& login_id) {
  return active(transaction.documents.find_by_name(Kind::user, folded_login_id(login_id)));
}

}  // namespace messenger::host
