// SPDX-License-Identifier: Apache-2.0
#include "fleet.hpp"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/system/system_error.hpp>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "api_client.hpp"

namespace messenger::crash {

namespace {

// One that was free a moment ago.
std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) {
    throw std::runtime_error("There is no free port.");
  }
  return ::ntohs(address.sin_port);
}

bool answers(const std::string& url) {
  try {
    return test::ApiClient(url).get("/health").status == 200;
  } catch (const boost::system::system_error&) {
    return false;
  }
}

}  // namespace

Fleet::Fleet(std::string database, std::string key_file, std::string directory, std::size_t hosts)
    : database_(std::move(database)), key_file_(std::move(key_file)), directory_(std::move(directory)) {
  for (std::size_t host = 0; host < hosts; ++host) {
    One one;
    one.listen = "127.0.0.1:" + std::to_string(free_port());
    one.url = "http://" + one.listen;
    hosts_.push_back(std::move(one));
  }
}

// Short times, so that a run sees many leases end. Its log goes to a file: a full pipe would stop it.
std::vector<std::string> Fleet::arguments(std::size_t host) const {
  const One& one = hosts_.at(host);
  return {"/bin/sh",
          "-c",
          R"(log=$1; shift; exec "$@" >>"$log" 2>&1)",
          "sh",
          directory_ + "/host" + std::to_string(host) + ".log",
          std::string(MESSENGER_BIN_DIR) + "/messenger-host",
          "serve",
          "--database",
          database_,
          "--key-file",
          key_file_,
          "--listen",
          one.listen,
          "--public-url",
          one.url,
          "--allow-ranges",
          "127.0.0.0/8",
          "--http-ranges",
          "127.0.0.0/8",
          "--receipt-rate",
          "100000",
          "--send-timeout",
          "2",
          "--lease-margin",
          "1",
          "--shortest-pause",
          "0.1",
          "--longest-pause",
          "1",
          "--shortest-break",
          "0.2",
          "--longest-break",
          "1",
          "--look-after",
          "1,2"};
}

void Fleet::start(std::size_t host) {
  One& one = hosts_.at(host);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  one.process = std::make_unique<test::Process>(arguments(host), std::vector{"MESSENGER_HOST_API_KEY=" + api_key});
  while (!answers(one.url)) {
    if (std::chrono::steady_clock::now() > end) {
      throw std::runtime_error("Host " + std::to_string(host) + " does not answer; see its log.");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

void Fleet::kill(std::size_t host) {
  One& one = hosts_.at(host);
  one.process->signal(SIGKILL);
  one.process->wait();
  one.process.reset();
}

void Fleet::pause(std::size_t host) {
  hosts_.at(host).process->signal(SIGSTOP);
}

void Fleet::resume(std::size_t host) {
  hosts_.at(host).process->signal(SIGCONT);
}

bool Fleet::stop() {
  bool well = true;
  for (One& one : hosts_) {
    if (one.process) {
      one.process->signal(SIGTERM);
    }
  }
  for (One& one : hosts_) {
    if (one.process) {
      well = one.process->wait().status == 0 && well;
      one.process.reset();
    }
  }
  return well;
}

}  // namespace messenger::crash
