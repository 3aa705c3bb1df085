// SPDX-License-Identifier: Apache-2.0
#include "postgres_server.hpp"

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <vector>

namespace messenger::test {

namespace {

namespace fs = std::filesystem;

// Of the newest version that is installed.
std::string program(const std::string& name) {
  std::vector<fs::path> found;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    if (fs::exists(version.path() / "bin" / name)) {
      found.push_back(version.path() / "bin" / name);
    }
  }
  if (found.empty()) {
    throw std::runtime_error("There is no PostgreSQL server: scripts/install-packages test");
  }
  return std::max_element(found.begin(), found.end())->string();
}

// Whom the server runs as instead of root, which it refuses.
const passwd* other_user() {
  if (::geteuid() != 0) {
    return nullptr;
  }
  const passwd* const own = ::getpwnam("postgres");
  return own != nullptr ? own : ::getpwnam("nobody");
}

// The server gets SIGQUIT when the thread that started it is gone.
std::vector<std::string> as_other_user(std::vector<std::string> arguments) {
  std::vector<std::string> all{"/usr/bin/setpriv", "--pdeathsig", "QUIT"};
  if (const passwd* const user = other_user()) {
    const std::vector<std::string> more{"--reuid", std::to_string(user->pw_uid), "--regid",
                                        std::to_string(user->pw_gid), "--clear-groups"};
    all.insert(all.end(), more.begin(), more.end());
  }
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

int free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool found = ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(probe);
  return found ? ::ntohs(address.sin_port) : throw std::runtime_error("There is no free port.");
}

void execute(const std::string& url, const std::string& statement) {
  PGconn* const connection = ::PQconnectdb(url.c_str());
  PGresult* const result = ::PQexec(connection, statement.c_str());
  const bool done = ::PQresultStatus(result) == PGRES_COMMAND_OK;
  const std::string said = ::PQerrorMessage(connection);
  ::PQclear(result);
  ::PQfinish(connection);
  if (!done) {
    throw std::runtime_error(statement + ": " + said);
  }
}

const std::vector<std::string> of_many_on_one_machine{"fsync=off", "shared_buffers=32MB"};
// As docs/delivery.md has it.
const std::vector<std::string> of_a_machine_of_its_own{"fsync=on", "shared_buffers=512MB", "max_wal_size=4GB",
                                                       "checkpoint_timeout=15min"};

}  // namespace

PostgresServer::PostgresServer(Durability durability) : durability_(durability) {
  make_cluster();
  port_ = free_port();
  start();
}

PostgresServer::~PostgresServer() {
  stop();
}

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

void PostgresServer::make_cluster() {
  const auto password_file = directory_.write("password", password_ + "\n");
  if (const passwd* const user = other_user()) {
    if (::chown(directory_.path("").c_str(), user->pw_uid, user->pw_gid) != 0 ||
        ::chown(password_file.c_str(), user->pw_uid, user->pw_gid) != 0) {
      throw std::runtime_error("The cluster's directory cannot be given to " + std::string(user->pw_name));
    }
  }
  const auto made = run(as_other_user({program("initdb"), "-D", directory_.path("data"), "-U", "tester", "-A",
                                       "scram-sha-256", "--pwfile", password_file, "-E", "UTF8", "--locale", "C.UTF-8",
                                       "--no-sync", "--no-instructions"}));
  if (made.status != 0) {
    throw std::runtime_error("initdb failed: " + made.err);
  }
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql://tester:" + password_ + "@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

std::string PostgresServer::new_database() {
  const std::string name = "test" + std::to_string(++databases_);
  execute(url(), "CREATE DATABASE " + name);
  return url(name);
}

void PostgresServer::vacuum(const std::string& url) {
  execute(url, "VACUUM ANALYZE");
}

void PostgresServer::stop(Ending ending) {
  if (process_) {
    process_->signal(ending == Ending::fast ? SIGINT : SIGQUIT);
    process_->wait();
    process_.reset();
  }
}

void PostgresServer::start() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  std::vector<std::string> command{program("postgres"), "-D", directory_.path("data"), "-p", std::to_string(port_)};
  std::vector<std::string> settings{"listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200",
                                    "log_min_messages=fatal"};
  const auto more = durability_ == Durability::disk ? of_a_machine_of_its_own : of_many_on_one_machine;
  settings.insert(settings.end(), more.begin(), more.end());
  for (const std::string& setting : settings) {
    command.insert(command.end(), {"-c", setting});
  }
  process_ = std::make_unique<Process>(as_other_user(std::move(command)));
  while (::PQping(url().c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > end) {
      process_->signal(SIGQUIT);
      throw std::runtime_error("The PostgreSQL server does not start: " + process_->wait().err);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace messenger::test
