// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <messenger/loader/report.hpp>
#include <string>
#include <vector>

#include "delivery/code_generator.hpp"

namespace messenger::host {

/// What a tenant's document says of one-time codes; these are also the values of a new tenant.
struct TenantSettings {
  bool sms_enabled = false;
  std::string messenger_id, template_id;  ///< lower case; empty = not set
  std::string message_type_id;            ///< likewise; it wins over messenger_id
  std::int64_t challenge_seconds = 300;   ///< how long a twoFactorId lives
  std::int64_t code_seconds = 60;         ///< how long a code is good, within the twoFactorId's life
  std::string code_type = "randomDigits";
  std::int64_t code_length = 6;
  std::int64_t too_many_attempts = 5;  ///< codes that may be tried at one twoFactorId

  CodeForm code_form() const;
  std::int64_t challenge_ms() const noexcept { return challenge_seconds * 1'000; }
  /// When a code of this moment expires, epoch ms.
  std::int64_t code_expiry(std::int64_t now, std::int64_t challenge_expires) const noexcept;
};

/// Every problem of a tenant's document that needs no store to be seen; pointers start with /tenant.
std::vector<loader::Issue> check_tenant(const boost::json::object& tenant);

/// The JSON Schema of a tenant's document.
boost::json::object tenant_schema();

/// What is not in the document has the value of a new tenant. The document was checked.
TenantSettings read_tenant_settings(const boost::json::object& tenant);

/// The document with every setting in it.
boost::json::object with_default_settings(boost::json::object tenant);

}  // namespace messenger::host
