// SPDX-License-Identifier: Apache-2.0
#include "delivery/user_document.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/json/array.hpp>
#include <cctype>

#include "delivery/code_generator.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Kind = Field::Kind;

constexpr std::array<Field, 16> members{{
    {"active", Kind::boolean},
    {"data", Kind::object},
    {"email", Kind::text},
    {"firstName", Kind::text},
    {"fullName", Kind::text},
    {"id", Kind::uuid},
    {"insertInstant", Kind::integer},
    {"lastName", Kind::text},
    {"lastUpdateInstant", Kind::integer},
    {"mobilePhone", Kind::text},
    {.path = "password", .kind = Kind::text, .longest = 1'024},
    {"phoneNumber", Kind::text},
    {"preferredLanguages", Kind::text_list},
    {"tenantId", Kind::uuid},
    {"twoFactor/methods", Kind::object_list},
    {"username", Kind::text},
}};

constexpr std::array<std::string_view, 1> methods{"sms"};
constexpr std::array<Field, 5> method_members{{
    {"id", Kind::text},
    {"lastUsed", Kind::boolean},
    {.path = "method", .kind = Kind::text, .required = true, .choices = methods},
    {"mobilePhone", Kind::text, true},
    {"name", Kind::text},
}};

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

bool has_text(const json::object& object, std::string_view name) {
  return !text_member(object, name).empty();
}

// Of the items that are objects; anything else was reported.
template <class Visit>
void for_each_method(const json::object& user, Visit visit) {
  const json::value* const list = find_member(user, "twoFactor/methods");
  if (list == nullptr || !list->is_array()) {
    return;
  }
  for (std::size_t i = 0; i < list->get_array().size(); ++i) {
    if (const json::object* const method = list->get_array()[i].if_object()) {
      visit(i, *method);
    }
  }
}

void check_methods(const json::object& user, std::vector<loader::Issue>& issues) {
  std::vector<std::string_view> ids;
  for_each_method(user, [&](std::size_t index, const json::object& method) {
    const std::string pointer = "/user/twoFactor/methods/" + std::to_string(index);
    for (auto& issue : check_fields(method, method_members, pointer)) {
      issues.push_back(std::move(issue));
    }
    if (has_text(method, "mobilePhone") && !is_phone_number(text_member(method, "mobilePhone"))) {
      issues.push_back({pointer + "/mobilePhone", "invalid", "[mobilePhone] is not a phone number."});
    }
    if (has_text(method, "id") && std::find(ids.begin(), ids.end(), text_member(method, "id")) != ids.end()) {
      issues.push_back({pointer + "/id", "duplicate", "Another method has this id."});
    }
    ids.push_back(text_member(method, "id"));
  });
}

void check_login_ids(const json::object& user, std::vector<loader::Issue>& issues) {
  if (!has_text(user, "email") && !has_text(user, "username")) {
    for (const char* const name : {"email", "username"}) {
      issues.push_back({std::string("/user/") + name, "blank", "You must specify [email], [username] or both."});
    }
  }
  if (has_text(user, "email") && !is_email(text_member(user, "email"))) {
    issues.push_back({"/user/email", "invalid", "[email] is not an email address."});
  }
}

}  // namespace

// As FusionAuth takes them: digits with the marks that people set between them. What the provider takes is narrower,
// and the provider says so.
bool is_phone_number(std::string_view text) {
  const std::string_view rest = text.substr(text.starts_with('+') ? 1 : 0);
  const auto digits = std::count_if(rest.begin(), rest.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return digits >= 5 && digits <= 15 && rest.find_first_not_of("0123456789 -.()") == std::string_view::npos;
}

std::vector<loader::Issue> check_user(const json::object& user) {
  auto issues = check_fields(user, members, "/user");
  check_login_ids(user, issues);
  check_methods(user, issues);
  return issues;
}

json::object user_schema() {
  json::object schema = schema_of(members);
  json::value& list = schema["properties"].at("twoFactor").at("properties").at("methods");
  list.get_object()["items"] = schema_of(method_members);
  return schema;
}

json::object completed_user(json::object user) {
  user.erase("password");
  if (find_member(user, "active") == nullptr) {
    user["active"] = true;
  }
  json::value* const two_factor = user.if_contains("twoFactor");
  json::value* const list =
      two_factor == nullptr || !two_factor->is_object() ? nullptr : two_factor->get_object().if_contains("methods");
  if (list == nullptr || !list->is_array()) {
    return user;
  }
  for (json::value& method : list->get_array()) {
    if (!has_text(method.get_object(), "id")) {
      method.get_object()["id"] = new_code({CodeType::random_alpha_numeric, 8});
    }
  }
  return user;
}

json::object with_sms_method(json::object user, std::string_view mobile_phone) {
  json::value& two_factor = user["twoFactor"];
  json::object& holder = two_factor.is_object() ? two_factor.get_object() : two_factor.emplace_object();
  json::value& list = holder["methods"];
  json::array& all = list.is_array() ? list.get_array() : list.emplace_array();
  all.push_back(json::object{{"method", "sms"}, {"mobilePhone", mobile_phone}});
  return completed_user(std::move(user));
}

json::object without_method(json::object user, std::string_view method_id) {
  json::array kept;
  for_each_method(user, [&](std::size_t, const json::object& method) {
    if (text_member(method, "id") != method_id) {
      kept.emplace_back(method);
    }
  });
  user["twoFactor"] = json::object{{"methods", std::move(kept)}};
  return user;
}

std::string folded_login_id(std::string_view login_id) {
  return boost::to_lower_copy(std::string(login_id));
}

std::vector<std::string> login_ids(const json::object& user) {
  std::vector<std::string> ids;
  for (const char* const name : {"email", "username"}) {
    if (has_text(user, name)) {
      ids.push_back(folded_login_id(text_member(user, name)));
    }
  }
  return ids;
}

bool is_active(const json::object& user) {
  const json::value* const active = find_member(user, "active");
  return active == nullptr || !active->is_bool() || active->get_bool();
}

std::vector<std::string> preferred_languages(const json::object& user) {
  std::vector<std::string> languages;
  const json::value* const list = find_member(user, "preferredLanguages");
  if (list != nullptr && list->is_array()) {
    for (const json::value& language : list->get_array()) {
      languages.emplace_back(language.is_string() ? std::string_view(language.get_string()) : std::string_view());
    }
  }
  return languages;
}

std::vector<SmsMethod> sms_methods(const json::object& user) {
  std::vector<SmsMethod> found;
  for_each_method(user, [&](std::size_t, const json::object& method) {
    found.push_back({std::string(text_member(method, "id")), std::string(text_member(method, "mobilePhone"))});
  });
  return found;
}

}  // namespace messenger::host
