// SPDX-License-Identifier: Apache-2.0
#include "tls_server.hpp"

#include <signal.h>

#include <array>
#include <memory>

namespace messenger::test {

namespace {

struct FreeTls {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* tls) const { SSL_free(tls); }
};

int take_any(int, X509_STORE_CTX*) {
  return 1;
}

}  // namespace

void speak_tls(Connection& connection, const Certificate& certificate,
               const std::function<std::string(const std::string&)>& answer, int newest_version) {
  sigset_t pipe;  // of this thread only: a client that refuses hangs up while OpenSSL writes
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  const std::unique_ptr<SSL_CTX, FreeTls> context(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_security_level(context.get(), 0);  // or there would be no old versions
  SSL_CTX_set_max_proto_version(context.get(), newest_version);
  SSL_CTX_use_certificate_file(context.get(), certificate.certificate_file.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_use_PrivateKey_file(context.get(), certificate.key_file.c_str(), SSL_FILETYPE_PEM);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, take_any);
  const std::unique_ptr<SSL, FreeTls> tls(SSL_new(context.get()));
  SSL_set_fd(tls.get(), connection.native());
  std::array<char, 16'384> request{};
  int got = SSL_accept(tls.get()) == 1 ? 1 : 0;
  while (got > 0 && (got = SSL_read(tls.get(), request.data(), static_cast<int>(request.size()))) > 0) {
    const std::string body = answer(std::string(request.data(), static_cast<std::size_t>(got)));
    const std::string whole =
        "HTTP/1.1 201 Created\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    SSL_write(tls.get(), whole.data(), static_cast<int>(whole.size()));
  }
}

}  // namespace messenger::test
