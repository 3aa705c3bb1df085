// SPDX-License-Identifier: Apache-2.0
#include "delivery/tenant_settings.hpp"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <variant>

#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Kind = Field::Kind;
using Text = std::string TenantSettings::*;
using Flag = bool TenantSettings::*;
using Number = std::int64_t TenantSettings::*;

struct Setting {
  Field field;
  std::variant<std::monostate, Text, Flag, Number> member = {};  // none: kept with the tenant, no setting of ours
};

struct NamedType {
  std::string_view name;
  CodeType type;
};

constexpr std::array<NamedType, 4> code_types{{
    {"randomAlpha", CodeType::random_alpha},
    {"randomAlphaNumeric", CodeType::random_alpha_numeric},
    {"randomBytes", CodeType::random_bytes},
    {"randomDigits", CodeType::random_digits},
}};
constexpr std::array<std::string_view, 4> code_type_names{code_types[0].name, code_types[1].name, code_types[2].name,
                                                          code_types[3].name};

constexpr Field number(std::string_view path, std::int64_t least, std::int64_t most) {
  return {path, Kind::integer, false, least, most};
}

// Everything that a tenant has. A code of less than four digits is guessed, and a twoFactorId of more than a day
// forgotten; nobody types more than 32 characters.
constexpr std::array<Setting, 14> settings{{
    {{"data", Kind::object}},
    {number("externalIdentifierConfiguration/twoFactorIdTimeToLiveInSeconds", 1, 86'400),
     &TenantSettings::challenge_seconds},
    {number("externalIdentifierConfiguration/twoFactorOneTimeCodeIdGenerator/length", 4, 32),
     &TenantSettings::code_length},
    {{.path = "externalIdentifierConfiguration/twoFactorOneTimeCodeIdGenerator/type",
      .kind = Kind::text,
      .choices = code_type_names},
     &TenantSettings::code_type},
    {number("externalIdentifierConfiguration/twoFactorOneTimeCodeIdTimeToLiveInSeconds", 1, 86'400),
     &TenantSettings::code_seconds},
    {number("failedAuthenticationConfiguration/tooManyAttempts", 1, 100), &TenantSettings::too_many_attempts},
    {{"id", Kind::uuid}},
    {{"insertInstant", Kind::integer}},
    {{"lastUpdateInstant", Kind::integer}},
    {{"multiFactorConfiguration/sms/enabled", Kind::boolean}, &TenantSettings::sms_enabled},
    {{"multiFactorConfiguration/sms/messageTypeId", Kind::uuid}, &TenantSettings::message_type_id},
    {{"multiFactorConfiguration/sms/messengerId", Kind::uuid}, &TenantSettings::messenger_id},
    {{"multiFactorConfiguration/sms/templateId", Kind::uuid}, &TenantSettings::template_id},
    {{"name", Kind::text, true}},
}};

std::vector<Field> fields() {
  std::vector<Field> declared;
  declared.reserve(settings.size());
  for (const Setting& setting : settings) {
    declared.push_back(setting.field);
  }
  return declared;
}

bool has_sms_enabled(const json::object& tenant) {
  const json::value* const enabled = find_member(tenant, "multiFactorConfiguration/sms/enabled");
  return enabled != nullptr && enabled->is_bool() && enabled->get_bool();
}

void require_when_enabled(const json::object& tenant, std::string_view path, std::vector<loader::Issue>& issues) {
  if (has_sms_enabled(tenant) && find_member(tenant, path) == nullptr) {
    issues.push_back({"/tenant/" + std::string(path), "blank",
                      "You must specify [" + std::string(path) + "] where SMS is enabled."});
  }
}

void set(TenantSettings& settings_read, const Setting& setting, const json::value& value) {
  if (const auto* const text = std::get_if<Text>(&setting.member)) {
    const std::string given(value.get_string());
    settings_read.*(*text) = setting.field.kind == Kind::uuid ? to_lower_uuid(given) : given;
  } else if (const auto* const flag = std::get_if<Flag>(&setting.member)) {
    settings_read.*(*flag) = value.get_bool();
  } else if (const auto* const amount = std::get_if<Number>(&setting.member)) {
    settings_read.*(*amount) = value.get_int64();
  }
}

// Null for what has no value of its own: an id that is not set.
json::value get(const TenantSettings& values, const Setting& setting) {
  if (const auto* const text = std::get_if<Text>(&setting.member)) {
    return (values.*(*text)).empty() ? json::value(nullptr) : json::value(values.*(*text));
  }
  if (const auto* const flag = std::get_if<Flag>(&setting.member)) {
    return values.*(*flag);
  }
  const auto* const amount = std::get_if<Number>(&setting.member);
  return amount == nullptr ? json::value(nullptr) : json::value(values.*(*amount));
}

void put(json::object& object, std::string_view path, const json::value& value) {
  const std::size_t slash = path.find('/');
  json::value& member = object[path.substr(0, slash)];
  if (slash == std::string_view::npos) {
    member = value;
  } else {
    put(member.is_object() ? member.get_object() : member.emplace_object(), path.substr(slash + 1), value);
  }
}

}  // namespace

CodeForm TenantSettings::code_form() const {
  const auto* const found =
      std::find_if(code_types.begin(), code_types.end(), [&](const NamedType& each) { return each.name == code_type; });
  return {found == code_types.end() ? CodeType::random_digits : found->type, static_cast<std::size_t>(code_length)};
}

std::int64_t TenantSettings::code_expiry(std::int64_t now, std::int64_t challenge_expires) const noexcept {
  return std::min(now + code_seconds * 1'000, challenge_expires);
}

json::object tenant_schema() {
  return schema_of(fields());
}

std::vector<loader::Issue> check_tenant(const json::object& tenant) {
  auto issues = check_fields(tenant, fields(), "/tenant");
  if (find_member(tenant, "multiFactorConfiguration/sms/messageTypeId") == nullptr) {
    require_when_enabled(tenant, "multiFactorConfiguration/sms/messengerId", issues);
  }
  require_when_enabled(tenant, "multiFactorConfiguration/sms/templateId", issues);
  return issues;
}

TenantSettings read_tenant_settings(const json::object& tenant) {
  TenantSettings read;
  for (const Setting& setting : settings) {
    if (const json::value* const value = find_member(tenant, setting.field.path)) {
      set(read, setting, *value);
    }
  }
  return read;
}

json::object with_default_settings(json::object tenant) {
  const TenantSettings read = read_tenant_settings(tenant);
  for (const Setting& setting : settings) {
    if (const json::value value = get(read, setting); !value.is_null()) {
      put(tenant, setting.field.path, value);
    }
  }
  return tenant;
}

}  // namespace messenger::host
