// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "certificate.hpp"
#include "process.hpp"

namespace messenger::test {

/// A PostgreSQL server of the test's own, on loopback, with its data in a directory that goes with it. It runs as
/// `postgres` or `nobody` when the test runs as root, and ends with the thread that started it.
class PostgresServer {
 public:
  enum class Durability {
    server,  ///< what is committed outlives the server, not the machine (fsync is off)
    disk     ///< it outlives the machine, and the server is set up as docs/delivery.md has it
  };

  /// Makes an empty cluster and starts the server. Throws std::runtime_error.
  explicit PostgresServer(Durability durability = Durability::server);
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// One for all tests of this program, started by whoever asks first.
  static PostgresServer& shared();

  /// Of a database, with the password, on the same port after every start.
  std::string url(const std::string& database = "postgres") const;
  /// Makes an empty database and gives its url.
  std::string new_database();
  /// Does at once what autovacuum would do some time: the planner's numbers are of now.
  static void vacuum(const std::string& url);
  const std::string& password() const { return password_; }
  /// Of the server, while it runs; each connection is a child of it.
  pid_t pid() const { return process_->pid(); }

  enum class Ending {
    fast,      ///< cuts all connections
    immediate  ///< like a crash: at its start the server recovers
  };
  void stop(Ending ending = Ending::immediate);
  /// Returns when it accepts connections.
  void start();
  void restart(Ending ending = Ending::immediate) {
    stop(ending);
    start();
  }

 private:
  void make_cluster();

  const Durability durability_;
  TemporaryDirectory directory_;
  const std::string password_ = "s3cret-of-the-server";
  int port_ = 0;
  int databases_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace messenger::test
