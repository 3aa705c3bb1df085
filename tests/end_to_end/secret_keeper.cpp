// SPDX-License-Identifier: Apache-2.0
// secret-keeper URL CA_FILE CLIENT_FILE: sends canaries through the real messengers and stops itself twice for its
// memory to be looked at: when the sends are over, and when the messengers are gone. It keeps no copy of them itself.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "canary.hpp"
#include "runtime/runtime.hpp"

using messenger::host::Runtime;
using messenger::loader::Attribute;
using namespace messenger::test;

namespace {

void fail(const char* what) {
  std::fprintf(stderr, "secret-keeper: %s\n", what);
  std::exit(1);
}

void configure(Runtime& runtime, const char* id, const char* type, const char* format, const char* url,
               const char* first, const char* second) {
  std::array<char, 1'024> config{};
  std::snprintf(config.data(), config.size(), format, url, first, second);
  if (!runtime.registry().configure(id, type, config.data()).empty()) {
    fail("configure");
  }
  explicit_bzero(config.data(), config.size());
}

void configure_all(Runtime& runtime, const char* url) {
  const auto token = canary_token.clear();
  const auto password = canary_password.clear();
  const auto header = canary_header.clear();
  configure(runtime, "twilio", "Twilio",
            R"({"url":"%s","authToken":"%s","accountSID":"AC0123456789abcdef0123456789abcdef",)"
            R"("fromPhoneNumber":"+15005550006"%s})",
            url, token.text(), "");
  configure(runtime, "generic", "Generic",
            R"({"url":"%s/webhook","connectTimeout":2000,"readTimeout":2000,"httpAuthenticationUsername":"user",)"
            R"("httpAuthenticationPassword":"%s","headers":{"X-Key":"%s"},"sslCertificate":"client"})",
            url, password.text(), header.text());
}

// Read without a stream, whose buffer would keep the key.
void keep_certificate(Runtime& runtime, const char* path) {
  std::array<char, 8'192> pem{};
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = ::read(file, pem.data(), pem.size());
  if (size <= 0) {
    fail(path);
  }
  ::close(file);
  runtime.certificates().put("client", messenger::Secret({pem.data(), static_cast<std::size_t>(size)}));
  explicit_bzero(pem.data(), pem.size());
}

void send_all(Runtime& runtime, int times, const char* body, const char* code) {
  const std::array<Attribute, 1> attributes{{{"code", code}}};
  for (const char* id : {"twilio", "generic"}) {
    for (int i = 0; i < times; ++i) {
      const auto result =
          runtime.registry().send(id, {.to = "+15551230001", .body = body, .attributes = attributes, .secret = true});
      if (result.outcome != messenger::loader::Outcome::ok) {
        fail(result.detail.c_str());
      }
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    return 2;
  }
  messenger::host::NetworkOptions network;
  network.ca_file = arguments[2];
  {
    Runtime runtime({}, {}, network);
    keep_certificate(runtime, arguments[3]);
    configure_all(runtime, arguments[1]);
    runtime.certificates().put("client", messenger::Secret());  // what is left is the messenger's
    {
      const auto body = canary_body.clear();
      const auto code = canary_code.clear();
      send_all(runtime, 8, body.text(), code.text());
    }
    // Once these are answered, the I/O thread has tidied up what came before.
    send_all(runtime, 1, "plain", "plain");
    raise(SIGSTOP);
    runtime.registry().remove("twilio");
    runtime.registry().remove("generic");
    runtime.registry().shutdown(std::chrono::seconds(10));
    raise(SIGSTOP);  // the HTTP service still runs
  }
  return 0;
}
