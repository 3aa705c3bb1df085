// SPDX-License-Identifier: Apache-2.0
#include "delivery/two_factor_methods.hpp"

#include <algorithm>

#include "delivery/active_user.hpp"
#include "delivery/document_body.hpp"
#include "delivery/user_document.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Change = TwoFactorMethods::Change;

std::optional<json::object> find_user(Transaction& transaction, const std::string& user_id) {
  const auto user = find_active_user(transaction, user_id);
  return user ? std::optional(body_of(*user)) : std::nullopt;
}

std::optional<json::object> find_user(Store& store, const std::string& user_id) {
  return store.read([&](Transaction& transaction) { return find_user(transaction, user_id); });
}

std::optional<SmsMethod> find_method(const json::object& user, const std::function<bool(const SmsMethod&)>& is) {
  const auto methods = sms_methods(user);
  const auto found = std::find_if(methods.begin(), methods.end(), is);
  return found == methods.end() ? std::nullopt : std::optional(*found);
}

bool has_number(const json::object& user, const std::string& mobile_phone) {
  return find_method(user, [&](const SmsMethod& method) { return method.mobile_phone == mobile_phone; }).has_value();
}

std::optional<SmsMethod> method_of(const json::object& user, const std::string& id) {
  return find_method(user, [&](const SmsMethod& method) { return method.id == id; });
}

// The user as of now: others may have changed since the code was looked at.
Change keep(Store& store, const std::string& user_id, const std::function<json::object(json::object)>& edit) {
  return store.with([&](Transaction& transaction) {
    const auto user = find_user(transaction, user_id);
    if (!user) {
      return Change::no_user;
    }
    const json::object edited = edit(*user);
    transaction.documents.put(Kind::user, {user_id, to_sorted_text(edited), login_ids(edited), {}});
    return Change::done;
  });
}

}  // namespace

// Made from what only this host knows, so that no stranger can try codes at it.
std::string TwoFactorMethods::id_of_new(const std::string& user_id, const std::string& mobile_phone) const {
  return store_.digest("two-factor method", user_id + "/new/" + mobile_phone);
}

std::string TwoFactorMethods::id_of_old(const std::string& user_id, const std::string& method_id) const {
  return store_.digest("two-factor method", user_id + "/old/" + method_id);
}

void TwoFactorMethods::send_to_new(const std::string& user_id, const std::string& mobile_phone, const Cause& cause,
                                   Done done) {
  codes_.send_to_number(id_of_new(user_id, mobile_phone), user_id, mobile_phone, cause, std::move(done));
}

void TwoFactorMethods::send_to_old(const std::string& user_id, const std::string& method_id, const Cause& cause,
                                   Done done) {
  const auto user = find_user(store_, user_id);
  const auto method = user ? method_of(*user, method_id) : std::nullopt;
  if (!method) {
    return done({user ? TwoFactorSent::Status::no_method : TwoFactorSent::Status::gone});
  }
  codes_.send_to_number(id_of_old(user_id, method_id), user_id, method->mobile_phone, cause, std::move(done));
}

Change TwoFactorMethods::add(const std::string& user_id, const std::string& mobile_phone, const std::string& code) {
  const auto user = find_user(store_, user_id);
  if (!user || has_number(*user, mobile_phone)) {
    return user ? Change::duplicate : Change::no_user;
  }
  if (codes_.login(id_of_new(user_id, mobile_phone), code).status != TwoFactorLogin::Status::ok) {
    return Change::wrong_code;
  }
  return keep(store_, user_id, [&](json::object now) {
    return has_number(now, mobile_phone) ? now : with_sms_method(std::move(now), mobile_phone);
  });
}

Change TwoFactorMethods::remove(const std::string& user_id, const std::string& method_id, const std::string& code) {
  const auto user = find_user(store_, user_id);
  if (!user || !method_of(*user, method_id)) {
    return user ? Change::no_method : Change::no_user;
  }
  if (codes_.login(id_of_old(user_id, method_id), code).status != TwoFactorLogin::Status::ok) {
    return Change::wrong_code;
  }
  return keep(store_, user_id, [&](json::object now) { return without_method(std::move(now), method_id); });
}

}  // namespace messenger::host
