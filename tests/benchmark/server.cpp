// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <system_error>

#include "pinning.hpp"
#include "responder.hpp"
#include "tally.hpp"

namespace messenger::benchmark {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::system_category(), what);
}

ServerTally* shared_tally() {
  void* const memory = mmap(nullptr, sizeof(ServerTally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) {
    fail("mmap");
  }
  return new (memory) ServerTally;
}

int listen_on_loopback(unsigned short& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, generic, length) != 0 || listen(listener, 4'096) != 0 ||
      getsockname(listener, generic, &length) != 0) {
    fail("listen");
  }
  port = ntohs(address.sin_port);
  return listener;
}

SSL_CTX* tls_context(const test::TemporaryDirectory& directory) {
  SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate_file(context, directory.path("server.pem").c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, directory.path("server.key").c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("the server's certificate does not load");
  }
  return context;
}

// In a process of its own: OpenSSL must not have run in the one that the contenders are forked from.
void make_certificate(const test::TemporaryDirectory& directory) {
  const pid_t maker = fork();
  if (maker == 0) {
    try {
      const test::Certificate made(directory, "server", "IP:127.0.0.1");
      _exit(0);
    } catch (const std::exception&) {
      _exit(1);
    }
  }
  int status = 1;
  if (waitpid(maker, &status, 0) != maker || status != 0) {
    throw std::runtime_error("the server's certificate cannot be made");
  }
}

}  // namespace

Server::Server(const ServerOptions& options) : tally_(shared_tally()) {
  if (options.tls) {
    directory_ = std::make_unique<test::TemporaryDirectory>();
    make_certificate(*directory_);
  }
  const int listener = listen_on_loopback(port_);
  std::fflush(nullptr);
  child_ = fork();
  if (child_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (options.cpu >= 0) {
      pin_to(options.cpu);
    }
    Responder(listener, options, directory_ ? tls_context(*directory_) : nullptr, *tally_).run();
  }
  ::close(listener);
}

Server::~Server() {
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  munmap(tally_, sizeof *tally_);
}

Provider Server::provider() const {
  return {(directory_ ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(port_),
          directory_ ? directory_->path("server.pem") : ""};
}

std::uint64_t Server::requests() const {
  return tally_->requests.load(std::memory_order_acquire);
}

std::string Server::last_request() const {
  return {tally_->last.data(), tally_->last_size.load(std::memory_order_acquire)};
}

}  // namespace messenger::benchmark
