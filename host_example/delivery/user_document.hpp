// SPDX-License-Identifier: Apache-2.0
// A user of FusionAuth's API, as far as one-time codes need one.
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// Every problem of a user's document that needs no store to be seen; pointers start with /user. No issue repeats a
/// number or a password.
std::vector<loader::Issue> check_user(const boost::json::object& user);

/// The JSON Schema of a user's document.
boost::json::object user_schema();

/// The document as it is kept: without the password, which nothing here needs; with `active`, and with an id for every
/// method that has none.
boost::json::object completed_user(boost::json::object user);

/// The texts that the user is found by, in lower case: email and username.
std::vector<std::string> login_ids(const boost::json::object& user);
std::string folded_login_id(std::string_view login_id);

bool is_active(const boost::json::object& user);

std::vector<std::string> preferred_languages(const boost::json::object& user);

struct SmsMethod {
  std::string id, mobile_phone;
};

/// As people write numbers, with 5 to 15 digits.
bool is_phone_number(std::string_view text);

/// The document with one more method, or without one; it gets its id.
boost::json::object with_sms_method(boost::json::object user, std::string_view mobile_phone);
boost::json::object without_method(boost::json::object user, std::string_view method_id);

/// In the document's order.
std::vector<SmsMethod> sms_methods(const boost::json::object& user);

}  // namespace messenger::host
