// SPDX-License-Identifier: Apache-2.0
// msgr.receipts/1.
#include <array>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace {

struct Forgery {
  std::string_view method, url, content_type, body;
};

constexpr std::array forgeries{
    Forgery{"POST", "https://host.example/receipt", "application/x-www-form-urlencoded",
            "MessageSid=SM0123456789abcdef0123456789abcdef&MessageStatus=delivered"},
    Forgery{"POST", "https://host.example/receipt?bodySHA256=00", "application/json",
            R"({"id":"1","status":"delivered"})"},
    Forgery{"GET", "https://host.example/receipt?status=delivered", "", ""},
    Forgery{"POST", "", "", "\xff%zz&&=&=%"},
};

// How often an event was told of this callback, which nobody has signed; and what the plugin made of it.
std::size_t told(Session& session, const Forgery& forgery, std::uint32_t& answer) {
  const std::array headers{msgr_pair{loader::abi("Content-Type"), loader::abi(forgery.content_type)},
                           msgr_pair{loader::abi("X-Signature"), loader::abi("bm8=")},
                           msgr_pair{loader::abi("X-Twilio-Signature"), loader::abi("bm8=")}};
  const msgr_callback callback{sizeof(callback),
                               0,
                               loader::abi(forgery.method),
                               loader::abi(forgery.url),
                               loader::abi(forgery.body),
                               headers.data(),
                               headers.size()};
  std::size_t count = 0;
  answer = session.read(
      callback, [](void* ctx, const msgr_receipt*) { ++*static_cast<std::size_t*>(ctx); }, &count);
  return count;
}

Finding refuses_unsigned(Subject& subject) {
  if (subject.receipts() == nullptr) {
    return inapplicable("it reads no receipts");
  }
  Session& session = open_session(subject);
  for (const Forgery& forgery : forgeries) {
    std::uint32_t answer = MSGR_RECEIPT_FORGED;
    std::size_t events = 0;
    if (throws([&] { events = told(session, forgery, answer); })) {
      return failed("read threw an exception");
    }
    if (events != 0) {
      return failed("read told an event of a callback that nobody has signed");
    }
    if (answer != MSGR_RECEIPT_FORGED) {
      return failed("read took a callback for genuine that nobody has signed");
    }
  }
  return {};
}

constexpr std::array rules{
    Rule{"receipts.refuses-unsigned",
         Rule::Scope::type,
         "read, of a callback that nobody has signed, comes back, tells nothing and does not take it for genuine.",
         {"table.receipts", "configure.throws-nothing"},
         refuses_unsigned},
};

}  // namespace

std::span<const Rule> receipt_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
