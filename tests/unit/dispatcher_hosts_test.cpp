// SPDX-License-Identifier: Apache-2.0
// Two hosts on one PostgreSQL database, in one process.
#include <set>

#include "dispatch_site.hpp"

using namespace messenger::test;
using namespace std::chrono_literals;
using messenger::host::Engine;
using messenger::host::MessageStage;

namespace {

// What is not told is not seen for an hour.
messenger::host::Dispatcher::Options told_only() {
  auto options = DispatchSite::quick();
  options.look_around = 1h;
  return options;
}

struct Hosts : DispatchSite {
  explicit Hosts(messenger::host::Dispatcher::Options options = told_only()) : DispatchSite(std::move(options)) {
    other.emplace(engine_options, log);
  }
  bool knows(Engine& host, const std::string& id) {
    return soon([&] {
      const auto known = host.runtime().registry().messengers();
      return std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.id == id; });
    });
  }

  std::optional<Engine> other;
  Provider provider;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_one_makes_of_a_messenger_the_other_follows, Hosts) {
  put_generic(first, provider.url());
  BOOST_TEST(knows(*other, first));
  Provider moved;
  put_generic(first, moved.url());
  engine->dispatcher().stop();
  const auto revision = other->messengers().revision();
  BOOST_TEST(soon([&] {
    other->messages().accept({submission()});
    return moved.count() > 0;
  }));
  BOOST_TEST(other->messengers().revision() >= revision);
  BOOST_TEST(engine->messengers().erase(first)->empty());
  BOOST_TEST(soon([&] { return other->runtime().registry().messengers().empty(); }));
}

BOOST_FIXTURE_TEST_CASE(a_key_that_one_imports_the_other_lends_and_takes_back, Hosts) {
  const Certificate made(directory, "client", "DNS:host.example", 30);
  const json::object key{
      {"name", "k"}, {"certificate", contents(made.certificate_file)}, {"privateKey", contents(made.key_file)}};
  const auto import = engine->client_keys().import({}, key);
  BOOST_TEST_REQUIRE(import.key.has_value());
  const std::string id(import.key->at("id").as_string());
  const auto lends = [&] {
    const msgr_certificates* const table = other->runtime().certificates().table();
    return table->find(
               table, {id.data(), id.size()}, [](void*, const msgr_certificate*) {}, nullptr) == 1;
  };
  BOOST_TEST(soon(lends));
  BOOST_TEST(engine->client_keys().erase(id)->empty());
  BOOST_TEST(soon([&] { return !lends(); }));
}

BOOST_FIXTURE_TEST_CASE(what_one_has_no_slot_for_the_other_sends_at_once, Hosts) {
  put_generic(first, provider.url());
  BOOST_TEST(knows(*other, first));
  auto one_slot = told_only();
  one_slot.slots = 1;
  engine->dispatcher().set_options(one_slot);
  provider.hold();
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) {
    ids.push_back(accept(submission()));
  }
  BOOST_TEST(soon([&] { return provider.count() == 10; }));
  provider.let_go();
  for (const std::string& id : ids) {
    BOOST_TEST(becomes(id, "sent"));
  }
  BOOST_TEST(soon([&] { return other->dispatcher().counts().attempts[0] >= 9; }));
}

BOOST_FIXTURE_TEST_CASE(one_calls_off_what_the_other_has_under_way, Hosts) {
  put_generic(first, provider.url());
  BOOST_TEST(knows(*other, first));
  provider.hold();
  const std::string id = accept(submission());
  BOOST_TEST(soon([&] { return provider.count() == 1; }));
  BOOST_TEST((other->messages().cancel(id) == MessageStage::leased));
  BOOST_TEST(becomes(id, "unknown"));  // its request had left, so nobody knows
}

BOOST_FIXTURE_TEST_CASE(who_waits_hears_of_a_message_that_the_other_sent, Hosts) {
  put_generic(first, provider.url());
  BOOST_TEST(knows(*other, first));
  engine->dispatcher().stop();
  auto one = submission();
  one.message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  std::promise<messenger::host::Settled> heard;
  engine->dispatcher().when_settled(one.message.id, 30s, [&](const auto& settled) { heard.set_value(settled); });
  accept(one);
  other->dispatcher().look();
  BOOST_TEST((heard.get_future().get().stage == MessageStage::sent));
}

BOOST_FIXTURE_TEST_CASE(each_message_is_sent_once_whoever_takes_it, Hosts) {
  put_generic(first, provider.url());
  BOOST_TEST(knows(*other, first));
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    const std::vector<messenger::host::Submission> some(20, submission());
    for (const auto& answer : (i % 2 == 0 ? *engine : *other).messages().accept(some)) {
      ids.push_back(answer.id);
    }
  }
  for (const std::string& id : ids) {
    BOOST_TEST(becomes(id, "sent"));
  }
  BOOST_TEST(provider.count() == ids.size());
  BOOST_TEST(engine->dispatcher().counts().attempts[0] > 0U);
  BOOST_TEST(other->dispatcher().counts().attempts[0] > 0U);
}
