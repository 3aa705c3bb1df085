// SPDX-License-Identifier: Apache-2.0
// How often a send asks for memory once everything is warm: registry, ABI, plugin, HTTP service, socket, reply and
// back.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <latch>
#include <messenger/loader/registry.hpp>
#include <semaphore>
#include <thread>

#include "allocation_count.hpp"
#include "http_client.hpp"
#include "print_outcome.hpp"
#include "raw_server.hpp"
#include "tls_server.hpp"

using namespace messenger::test;
using messenger::loader::Attribute;
using messenger::loader::Message;
using messenger::loader::Outcome;
using messenger::loader::Registry;
using messenger::loader::Result;
using messenger::loader::SendOptions;

namespace {

constexpr std::size_t in_flight = 32;
constexpr std::size_t warm_up = 2'000;
constexpr std::size_t measured = 2'000;

// What a send may ask for: nothing. Slots, requests, easy handles, headers, form and result are buffers that are kept,
// and what libcurl gives back is kept for it. A line here needs a reason.
constexpr std::uint64_t allowed_each_send = 0;
// What all sends together may ask for: a buffer still grows once when more meets in it than ever before, such as the
// answers that one thread has under way when a reply overtakes its own send. How often that is, is the machine's.
constexpr std::uint64_t allowed_to_grow = 8;
constexpr std::uint64_t allowed_to_grow_libcurl = 200;  // blocks; some thirty for each request

constexpr const char* accepted = R"({"sid":"SM00000000000000000000000000000001","status":"queued","price":null})";
constexpr const char* refused =
    R"({"code":21211,"message":"The 'To' number is not a valid phone number.","status":400})";

/// The whole way, with a provider in this process whose threads are not counted. It answers nobody before so many
/// requests wait for it at once: from then on as many slots and connections are warm.
class Site {
 public:
  Site(const char* status, const char* body, std::ptrdiff_t at_once = in_flight)
      : Site("http", nullptr, at_once, [this, status, body](Connection& connection) {
          while (!connection.read_request().empty()) {
            meet();
            connection.answer(body, status);
          }
        }) {}
  /// Over TLS; the answer is a 201.
  Site(const Certificate& certificate, const char* body)
      : Site("https", certificate.certificate_file.c_str(), in_flight,
             [this, &certificate, body](Connection& connection) {
               speak_tls(connection, certificate, [this, body](const std::string&) {
                 meet();
                 return body;
               });
             }) {}
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  ~Site() {
    registry_.shutdown(std::chrono::seconds(30));
    msgr_http_service_destroy(http_);
  }

  Registry& registry() { return registry_; }

 private:
  Site(const char* scheme, const char* ca_file, std::ptrdiff_t at_once, const RawServer::Script& script)
      : to_meet_(at_once),
        met_(at_once),
        server_(script, exempt_this_thread),
        url_(std::string(scheme) + "://127.0.0.1:" + std::to_string(server_.port())),
        registry_(options(ca_file)) {
    registry_.load({MESSENGER_PLUGIN_DIR});
    configure(
        "twilio", "Twilio",
        R"({"accountSID":"AC0123456789abcdef0123456789abcdef","authToken":"t","fromPhoneNumber":"+15005550006",)");
    configure("generic", "Generic", "{");
  }
  void meet() {
    if (to_meet_.fetch_sub(1) > 0) {
      met_.arrive_and_wait();
    }
  }
  messenger::loader::RegistryOptions options(const char* ca_file) {
    auto wanted = loopback_options();
    wanted.ca_file = ca_file;
    http_ = msgr_http_service_create(&wanted, nullptr, nullptr);
    BOOST_TEST_REQUIRE(http_ != nullptr);
    messenger::loader::RegistryOptions options;
    options.services.push_back({MSGR_HTTP_1, msgr_http_service_table(http_)});
    return options;
  }
  void configure(const char* id, const char* type, const std::string& first) {
    const auto issues =
        registry_.configure(id, type, first + R"("url":")" + url_ + R"(","connectTimeout":60000,"readTimeout":60000})");
    BOOST_TEST_REQUIRE(issues.empty());
  }

  std::atomic<std::ptrdiff_t> to_meet_;
  std::latch met_;
  RawServer server_;
  const std::string url_;
  msgr_http_service* http_ = nullptr;
  Registry registry_;
};

/// Makes many sends, so many at a time. Its completions hold one pointer, which std::function keeps in place.
class Load {
 public:
  Load(Site& site, const char* messenger, Outcome wanted)
      : registry_(site.registry()), id_(messenger), wanted_(wanted) {
    message_.to = "+15551230001";
    message_.body = "Your one-time code is 123456. It is good for five minutes. Please do not share it with anybody.";
    message_.secret = true;
    message_.attributes = attributes_;
    options_.idempotency_key = "0b5d0e9c-6f0e-4c55-9d5e-2f4f0a1b2c3d";
    options_.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  }

  /// The next send is made in the completion of one that ended, on the I/O thread.
  void feed_by_completions(std::size_t count) {
    left_ = static_cast<std::ptrdiff_t>(count);
    for (std::size_t i = 0; i < in_flight; ++i) {
      next();
    }
    for (std::size_t i = 0; i < in_flight; ++i) {
      places_.acquire();
    }
  }

  /// Every send is made here.
  void feed_from_here(std::size_t count) {
    for (std::size_t i = 0; i < in_flight; ++i) {
      places_.release();
    }
    for (std::size_t i = 0; i < count; ++i) {
      places_.acquire();
      registry_.send(id_, message_, options_, [this](const Result& result) {
        check(result);
        places_.release();
      });
    }
    for (std::size_t i = 0; i < in_flight; ++i) {
      places_.acquire();
    }
  }

  std::size_t unexpected() const { return unexpected_; }

 private:
  void check(const Result& result) { unexpected_ += result.outcome == wanted_ ? 0U : 1U; }
  void next() {
    if (left_.fetch_sub(1) <= 0) {
      places_.release();
      return;
    }
    registry_.send(id_, message_, options_, [this](const Result& result) {
      check(result);
      next();
    });
  }

  Registry& registry_;
  const char* id_;
  Outcome wanted_;
  Message message_;
  SendOptions options_;
  const std::array<Attribute, 2> attributes_{{{"code", "123456"}, {"userId", "c5b3a3a0-22f0-4d3c-9c1e-5f6a7b8c9d0e"}}};
  std::atomic<std::ptrdiff_t> left_{0};
  std::atomic<std::size_t> unexpected_{0};
  std::counting_semaphore<> places_{0};
};

// What is ours, of sends whose libcurl gets nothing new.
std::uint64_t count_steady_state(Load& load, void (Load::*feed)(std::size_t)) {
  (load.*feed)(warm_up);
  start_counting();
  (load.*feed)(measured);
  const AllocationCount count = stop_counting();
  BOOST_TEST(load.unexpected() == 0U);
  BOOST_TEST(count.libcurl_asked >= measured);  // several times for each request: what is counted is counted
  BOOST_TEST(count.libcurl <= allowed_to_grow_libcurl);
  BOOST_TEST_MESSAGE("libcurl: asked " << double(count.libcurl_asked) / measured << " times a send, got "
                                       << count.libcurl << " new blocks for all");
  return count.ours;
}

void check_steady_state(Load& load, void (Load::*feed)(std::size_t)) {
  const std::uint64_t ours = count_steady_state(load, feed);
  BOOST_TEST(ours <= allowed_each_send * measured + allowed_to_grow, ours << " allocations:\n" << who_allocated());
}

void check_all(const char* messenger, const char* status, const char* body, Outcome wanted) {
  Site site(status, body);
  Load load(site, messenger, wanted);
  check_steady_state(load, &Load::feed_by_completions);
  check_steady_state(load, &Load::feed_from_here);
}

// Where nothing is warm, each library has to ask. The thread is new: a plugin keeps buffers for each.
void check_cold(const char* messenger, const char* body, const std::string& plugin) {
  Site site("201 CREATED", body, 1);
  Load load(site, messenger, Outcome::ok);
  start_counting();
  std::thread([&] { load.feed_from_here(1); }).join();
  stop_counting();
  BOOST_TEST(load.unexpected() == 0U);
  const std::string places = who_allocated();
  for (const std::string& library :
       {plugin, std::string("libmessenger_http.so"), std::string("libmessenger_loader.so")}) {
    BOOST_TEST(places.find("/" + library) != std::string::npos, library << " is not among\n" << places);
  }
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_send_that_twilio_accepts_asks_for_no_memory) {
  check_all("twilio", "201 CREATED", accepted, Outcome::ok);
}

BOOST_AUTO_TEST_CASE(a_send_that_twilio_refuses_asks_for_no_memory) {
  check_all("twilio", "400 BAD REQUEST", refused, Outcome::rejected);
}

BOOST_AUTO_TEST_CASE(a_send_that_a_receiver_takes_asks_for_no_memory) {
  check_all("generic", "200 OK", "{}", Outcome::ok);
}

BOOST_AUTO_TEST_CASE(a_send_that_a_receiver_refuses_asks_for_no_memory) {
  check_all("generic", "400 BAD REQUEST", "{}", Outcome::rejected);
}

// OpenSSL asks for its buffers each time; libcurl copies the request into one of its own.
BOOST_AUTO_TEST_CASE(over_tls_libcurl_gets_no_new_block_either) {
  const TemporaryDirectory directory;
  const Certificate certificate(directory, "here", "IP:127.0.0.1");
  Site site(certificate, accepted);
  Load load(site, "twilio", Outcome::ok);
  count_steady_state(load, &Load::feed_by_completions);
  count_steady_state(load, &Load::feed_from_here);
}

BOOST_AUTO_TEST_CASE(what_a_first_send_asks_for_is_counted_in_every_library) {
  check_cold("twilio", accepted, "messenger_twilio.so");
  check_cold("generic", "{}", "messenger_generic.so");
}

BOOST_AUTO_TEST_CASE(what_asks_for_memory_is_counted) {
  start_counting();
  const std::string long_enough(1'000, 'x');
  void* volatile const block = std::malloc(1);  // or the compiler would do without it
  const AllocationCount count = stop_counting();
  std::free(block);
  BOOST_TEST(long_enough.size() == 1'000U);
  BOOST_TEST(count.ours == 2U);
  BOOST_TEST(count.libcurl == 0U);
}
