// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// Where a PostgreSQL database is, and as whom. Only `uri` has the password.
class PostgresAddress {
 public:
  /// Of a URI as libpq takes it. Throws StoreError that quotes nothing of it.
  explicit PostgresAddress(const std::string& uri);

  /// With what is good for a host, where it was not given: dead servers and networks are noticed within seconds.
  const std::string& uri() const noexcept { return uri_; }
  /// "NAME on HOST:PORT".
  const std::string& name() const noexcept { return name_; }
  /// A text of libpq's, should a secret of the URI ever stand in it; its first line.
  std::string without_secrets(std::string_view text) const;

 private:
  std::string uri_, name_;
  std::vector<std::string> secrets_;
};

}  // namespace messenger::host
