// SPDX-License-Identifier: Apache-2.0
// The delivery library as another host sees it: its header, the real plugins, a provider on this machine.
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <messenger/delivery/service.hpp>
#include <thread>

#include "certificate.hpp"
#include "simulator/simulator.hpp"

using namespace messenger::delivery;
using messenger::test::TemporaryDirectory;
namespace json = boost::json;

namespace {

const std::string messenger_id = "11111111-1111-1111-1111-111111111111";
const std::string type_id = "22222222-2222-2222-2222-222222222222";

struct Site {
  Site() { simulator.start(); }

  Options options() const {
    Options options;
    options.database = "sqlite:" + directory.path("messages.db");
    options.plugin_directories = {MESSENGER_PLUGIN_DIR};
    options.allow_ranges = options.http_ranges = {"127.0.0.0/8"};
    return options;
  }
  std::string messenger() const {
    return json::serialize(json::object{{"messenger", json::object{{"name", "Twilio"},
                                                                   {"type", "Twilio"},
                                                                   {"url", simulator.url()},
                                                                   {"accountSID", "AC" + std::string(32, 'a')},
                                                                   {"authToken", "token"},
                                                                   {"fromPhoneNumber", "+15005550006"}}}});
  }
  static Message message(const std::string& key = {}) {
    Message message;
    message.to = "+15551230001";
    message.body = "Hello";
    message.messenger = messenger_id;
    message.idempotency_key = key;
    return message;
  }
  static State settled(Service& service, const std::string& id) {
    std::promise<State> state;
    service.when_settled(id, std::chrono::seconds(10), [&state](State now) { state.set_value(now); });
    return state.get_future().get();
  }

  TemporaryDirectory directory;
  messenger::simulator::Simulator simulator;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_is_accepted_is_sent_and_told_of, Site) {
  Service service(options());
  BOOST_TEST(service.put_messenger(messenger_id, messenger()).empty());
  const Accepted accepted = service.accept(message("one"));
  BOOST_TEST(accepted.is_new);
  BOOST_TEST((settled(service, accepted.id) == State::sent));
  const auto status = service.find(accepted.id);
  BOOST_TEST_REQUIRE(status.has_value());
  BOOST_TEST(status->attempts == 1U);
  BOOST_TEST(status->provider_id.starts_with("SM"));
  BOOST_TEST(status->json.find("Hello") == std::string::npos);
  const Accepted again = service.accept(message("one"));
  BOOST_TEST(!again.is_new);
  BOOST_TEST(again.id == accepted.id);
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_is_named, Site) {
  Service service(options());
  BOOST_TEST(service.put_messenger(messenger_id, "{").front().code == "invalidJSON");
  BOOST_TEST(service.put_messenger(messenger_id, R"({"messenger":{"type":"Twilio"}})").size() > 1U);
  const auto refused = service.accept(message());
  BOOST_TEST(refused.id.empty());
  BOOST_TEST_REQUIRE(!refused.issues.empty());
  BOOST_TEST(refused.issues.front().pointer == "/messengerId");
  BOOST_TEST(!service.find("nobody").has_value());
  BOOST_TEST(!service.cancel("33333333-3333-3333-3333-333333333333").has_value());
  Options wrong = options();
  wrong.database = "mysql://host/name";
  BOOST_CHECK_THROW(Service{wrong}, Error);
  wrong = options();
  wrong.public_url = "ftp://host";
  BOOST_CHECK_THROW(Service{wrong}, std::invalid_argument);
}

BOOST_FIXTURE_TEST_CASE(a_message_type_leads_to_its_messengers, Site) {
  Service service(options());
  const std::string type = json::serialize(json::object{
      {"messageType",
       json::object{{"name", "Notice"}, {"messengers", json::array{json::object{{"messengerId", messenger_id}}}}}}});
  BOOST_TEST(service.put_message_type(type_id, type).front().pointer == "/messageType/messengers/0/messengerId");
  BOOST_TEST(service.put_messenger(messenger_id, messenger()).empty());
  BOOST_TEST(service.put_message_type(type_id, type).empty());
  BOOST_TEST(!service.remove_messenger(messenger_id).empty());  // it is in use
  Message by_type = message();
  by_type.messenger.clear();
  by_type.message_type = type_id;
  BOOST_TEST((settled(service, service.accept(by_type).id) == State::sent));
  BOOST_TEST(service.remove_message_type(type_id).empty());
  BOOST_TEST(service.remove_messenger(messenger_id).empty());
}

BOOST_FIXTURE_TEST_CASE(what_waits_is_called_off_or_goes_on_after_a_restart, Site) {
  std::string kept;
  {
    Service service(options());
    BOOST_TEST(service.put_messenger(messenger_id, messenger()).empty());
    simulator.add_fault(R"({"path":"/","times":0,"fault":{"status":429,"headers":{"Retry-After":"1"}}})");
    const auto both = service.accept({message(), message()});
    kept = both[0].id;
    BOOST_TEST((settled(service, both[1].id) == State::queued));  // it goes on
    BOOST_TEST((service.cancel(both[1].id) == State::cancelled));
    BOOST_TEST(service.stop(std::chrono::seconds(5)));
    BOOST_TEST(service.stop(std::chrono::seconds(5)));
    BOOST_CHECK_THROW(service.accept(message()), Unavailable);
    BOOST_CHECK_THROW(service.find(kept), Unavailable);
  }
  simulator.clear();
  Service service(options());
  for (int i = 0; i < 1'000 && service.find(kept)->state != State::sent; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  BOOST_TEST((service.find(kept)->state == State::sent));
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(receipts_are_verified, Site) {
  Options with_receipts = options();
  with_receipts.public_url = "https://sms.example.com";
  Service service(with_receipts);
  BOOST_TEST(service.put_messenger(messenger_id, messenger()).empty());
  BOOST_TEST(
      (service.take_receipt(messenger_id, "", "MessageSid=SM1", {{"X-Twilio-Signature", "AAAA"}}) == Receipt::forged));
  BOOST_TEST((service.take_receipt(type_id, "", "", {}) == Receipt::unknown));
}

BOOST_FIXTURE_TEST_CASE(calls_that_meet_the_stop_end_well, Site) {
  Service service(options());
  BOOST_TEST(service.put_messenger(messenger_id, messenger()).empty());
  std::atomic<int> accepted{0}, refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      try {
        for (;; ++accepted) {
          service.accept(message());
        }
      } catch (const Unavailable&) {
        ++refused;
      }
    });
  }
  while (accepted < 10) {
    std::this_thread::yield();
  }
  service.stop(std::chrono::seconds(5));
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(refused == 3);
}
