// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "store/connection.hpp"
#include "store/postgres_address.hpp"

namespace messenger::host {

/// A connection to a PostgreSQL server. What it throws quotes no value, statement or password.
class PostgresConnection final : public Connection {
 public:
  /// Throws StoreBusy when the server is not reached or refuses, and StoreError for one that does not do.
  explicit PostgresConnection(const PostgresAddress& address);

  [[noreturn]] void refuse(const soci::soci_error& error) override;
  /// PostgreSQL keeps no NUL, and UTF-8 only: other bytes become U+FFFD.
  void store(std::string& place, const std::string& text) const override;
  void hold(const std::vector<std::string>& names) override;
  void check_room() override {}

  /// Runs statements without values, and gives the server's word for the last one ("COMMIT").
  std::string run(const std::string& statements);
  void commit();
  void rollback() noexcept;
  /// Whether it was cut: it is of no more use.
  bool is_broken() noexcept;

 private:
  PGconn* connection() noexcept;
  [[noreturn]] void refuse(const std::string& state, std::string_view message);

  const PostgresAddress& address_;
};

/// The lock of units that are alone, and of what is held by name, among advisory locks.
enum PostgresLock : int { postgres_alone = 0x4d534731, postgres_named = 0x4d534732 };

/// The channel of notices.
constexpr const char* postgres_channel = "messenger_host";

}  // namespace messenger::host
