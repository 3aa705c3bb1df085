// SPDX-License-Identifier: Apache-2.0
// Messages as callers have them: accepted, found, called off and repeated. Nothing is sent.
#include "delivery/messages.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "database.hpp"
#include "issue_text.hpp"
#include "runtime/uuid_text.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;
namespace json = boost::json;

namespace {

constexpr const char* messenger_id = "a0000000-0000-0000-0000-000000000001";
constexpr const char* type_id = "c0000000-0000-0000-0000-000000000003";
constexpr const char* tenant_id = "d0000000-0000-0000-0000-000000000004";
constexpr const char* traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

struct Site : OpenStore {
  Site() {
    put(Kind::messenger, {messenger_id, R"({"name":"m","type":"Generic"})", {"m"}, {}});
    put(Kind::message_type, {type_id,
                             R"({"name":"t","priority":"bulk","lifetimeSeconds":60,"messengers":[{"messengerId":")" +
                                 std::string(messenger_id) + R"("}]})",
                             {"t"},
                             {}});
  }

  static Submission submission() {
    Submission submission;
    submission.messenger_id = messenger_id;
    submission.message.to = "+15551230001";
    submission.message.body = "Hello, \"you\".\n";
    return submission;
  }
  Accepted accept(const Submission& submission) { return messages.accept({submission}).at(0); }
  std::string refused(const Submission& submission) {
    const Accepted answer = accept(submission);
    BOOST_TEST(answer.id == "");
    return summary(answer.issues);
  }
  OutboxMessage kept(const std::string& id) {
    return store.with([&](Transaction& transaction) { return transaction.outbox.find(id); }).value();
  }
  // As after an attempt that ended so.
  void end(const std::string& id, MessageStage stage, bool wipe = false, std::int64_t due = 0) {
    store.transact([&](Transaction& transaction) {
      const auto lanes = transaction.outbox.lanes();
      transaction.outbox.lease(lanes.at(0).lane, 1, now_ms(), {"holder", now_ms() + 1'000});
      MessageUpdate update;
      update.id = id;
      update.change = {now_ms(), stage, 1, messenger_id, "OUTCOME", "A reason."};
      update.wipe = wipe;
      update.due = due;
      BOOST_TEST(transaction.outbox.record(update));
    });
  }

  int woken = 0;
  const messenger::host::Log log;
  Messages messages{store, log, [this](Priority) { ++woken; }, {}};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_accepted_message_is_kept_and_found_without_its_text_and_number, Site) {
  auto all = submission();
  all.tenant_id = tenant_id;
  all.priority = Priority::code;
  all.traceparent = traceparent;
  all.message.request_id = "request-7";
  all.message.locale = "de";
  all.message.attributes = {{"userId", "42"}, {"code", "834112"}};
  const Accepted answer = accept(all);
  BOOST_TEST(answer.is_new);
  BOOST_TEST(woken == 1);
  const json::object found = messages.find(answer.id).value();
  for (const auto& [name, text] : {std::pair{"id", answer.id.c_str()},
                                   {"state", "queued"},
                                   {"priority", "code"},
                                   {"tenantId", tenant_id},
                                   {"messengerId", messenger_id},
                                   {"to", "********0001"},
                                   {"locale", "de"},
                                   {"userId", "42"},
                                   {"requestId", "request-7"},
                                   {"reason", "Accepted."}}) {
    BOOST_TEST(found.at(name).as_string() == text);
  }
  BOOST_TEST(found.at("attempts") == 0);
  BOOST_TEST(found.at("expires").as_int64() - found.at("insertInstant").as_int64() <= 86'400'000);
  BOOST_TEST(found.at("expires").as_int64() - found.at("insertInstant").as_int64() > 86'300'000);
  BOOST_TEST(!found.contains("messageTypeId"));
  BOOST_TEST(!found.contains("wiped"));
  BOOST_TEST(found.at("history").as_array().size() == 1U);
  const std::string text = json::serialize(found);
  for (const char* hidden : {"Hello", "834112", "5551230001"}) {
    BOOST_TEST(text.find(hidden) == std::string::npos);
  }
  BOOST_TEST(!messages.find("0e0e0e0e-0000-0000-0000-000000000009"));
}

BOOST_FIXTURE_TEST_CASE(a_message_type_says_how_urgent_it_is_and_how_long_it_lives, Site) {
  auto by_type = submission();
  by_type.messenger_id.clear();
  by_type.message_type_id = type_id;
  const json::object found = messages.find(accept(by_type).id).value();
  BOOST_TEST(found.at("priority").as_string() == "bulk");
  BOOST_TEST(found.at("messageTypeId").as_string() == type_id);
  BOOST_TEST(!found.contains("messengerId"));
  BOOST_TEST(found.at("expires").as_int64() - found.at("insertInstant").as_int64() <= 60'000);
  by_type.priority = Priority::code;
  BOOST_TEST(messages.find(accept(by_type).id)->at("priority").as_string() == "code");
}

BOOST_FIXTURE_TEST_CASE(every_problem_is_told_where_it_is, Site) {
  auto bad = submission();
  bad.messenger_id = "a0000000-0000-0000-0000-000000000009";
  bad.message.to.clear();
  bad.message.body.clear();
  bad.message.id = "no";
  bad.tenant_id = "a|b";
  bad.expires = now_ms() - 1;
  BOOST_TEST(refused(bad) ==
             "blank /body; blank /to; invalid /expires; invalid /id; invalid /messengerId; invalid /tenantId");
  bad = submission();
  bad.expires = now_ms() + 8LL * 86'400'000;
  BOOST_TEST(refused(bad) == "invalid /expires");
  bad = submission();
  bad.message_type_id = type_id;
  BOOST_TEST(refused(bad) == "invalid /messengerId");
  bad.messenger_id.clear();
  bad.message_type_id = messenger_id;
  BOOST_TEST(refused(bad) == "invalid /messageTypeId");
  bad.message_type_id.clear();
  BOOST_TEST(refused(bad) == "blank /messengerId");
  BOOST_TEST(woken == 0);
}

BOOST_FIXTURE_TEST_CASE(of_many_the_good_ones_are_accepted, Site) {
  auto bad = submission();
  bad.message.to.clear();
  const auto answers = messages.accept({submission(), bad, submission()});
  BOOST_TEST(summary(answers.at(1).issues) == "blank /to");
  BOOST_TEST(answers[0].id != answers[2].id);
  BOOST_TEST(json::serialize(messages.search({}).at("total")) == "2");
  BOOST_TEST(woken == 1);
}

BOOST_FIXTURE_TEST_CASE(the_same_key_is_the_same_message_and_another_one_is_refused, Site) {
  auto keyed = submission();
  keyed.idempotency_key = "order-1";
  const Accepted first = accept(keyed);
  keyed.message.request_id = "another request";
  keyed.expires = now_ms() + 1'000;
  const Accepted again = accept(keyed);
  BOOST_TEST(again.id == first.id);
  BOOST_TEST(!again.is_new);
  auto other = keyed;
  other.message.body = "Something else.";
  BOOST_TEST(refused(other) == "duplicate /idempotencyKey");
  other = keyed;
  other.message.attributes = {{"a", "b"}};
  BOOST_TEST(refused(other) == "duplicate /idempotencyKey");
  other = keyed;
  other.tenant_id = tenant_id;  // which has keys of its own
  BOOST_TEST(accept(other).is_new);
}

BOOST_FIXTURE_TEST_CASE(the_same_key_is_the_same_message_when_its_time_is_over_and_its_messenger_gone, Site) {
  auto keyed = submission();
  keyed.idempotency_key = "order-1";
  const Accepted first = accept(keyed);
  store.transact([](Transaction& transaction) { transaction.documents.erase(Kind::messenger, messenger_id); });
  keyed.expires = now_ms() - 1;
  const Accepted again = accept(keyed);
  BOOST_TEST(again.id == first.id);
  BOOST_TEST(!again.is_new);
  keyed.message.body = "Something else.";
  BOOST_TEST(refused(keyed) == "invalid /expires; invalid /messengerId");
  keyed.idempotency_key.clear();
  BOOST_TEST(refused(keyed) == "invalid /expires; invalid /messengerId");
}

BOOST_FIXTURE_TEST_CASE(a_message_with_the_attribute_code_is_secret_whoever_forgot_to_say_so, Site) {
  auto code = submission();
  code.message.attributes = {{"code", "834112"}};
  const std::string id = accept(code).id;
  BOOST_TEST(kept(id).secret);
  messages.cancel(id);
  BOOST_TEST(kept(id).content.empty());
  code.message.attributes = {{"codes", "834112"}};
  BOOST_TEST(!kept(accept(code).id).secret);
}

BOOST_FIXTURE_TEST_CASE(an_id_that_is_taken_is_the_same_message_or_refused, Site) {
  auto named = submission();
  named.message.id = "0E0E0E0E-0000-0000-0000-000000000001";
  BOOST_TEST(accept(named).id == "0e0e0e0e-0000-0000-0000-000000000001");
  BOOST_TEST(!accept(named).is_new);
  named.message.body = "Something else.";
  BOOST_TEST(refused(named) == "duplicate /id");
}

BOOST_FIXTURE_TEST_CASE(what_was_not_committed_was_not_accepted, Site) {
  std::string id;
  BOOST_CHECK_THROW(store.transact([&](Transaction& transaction) {
    id = messages.add(transaction, submission()).id;
    throw StoreError("undone");
  }),
                    StoreError);
  BOOST_TEST(!messages.find(id));
}

BOOST_FIXTURE_TEST_CASE(a_queued_message_is_called_off_and_its_code_is_wiped, Site) {
  auto code = submission();
  code.message.secret = true;
  const std::string id = accept(code).id;
  BOOST_TEST((messages.cancel(id) == MessageStage::cancelled));
  const json::object found = messages.find(id).value();
  BOOST_TEST(found.at("state").as_string() == "cancelled");
  BOOST_TEST(found.at("wiped").as_bool());
  BOOST_TEST((messages.cancel(id) == MessageStage::cancelled));
  BOOST_TEST(!messages.cancel("0e0e0e0e-0000-0000-0000-000000000009"));
}

BOOST_FIXTURE_TEST_CASE(a_dead_message_is_repeated_once_under_a_new_id, Site) {
  auto dead = submission();
  dead.message.attributes = {{"a", "b"}};
  dead.message.locale = "de";
  const std::string id = accept(dead).id;
  BOOST_TEST(summary(messages.resend(id)->issues) == "invalid /messageId");
  end(id, MessageStage::failed);
  const Accepted again = messages.resend(id).value();
  BOOST_TEST(summary(again.issues) == "");
  BOOST_TEST(again.id != id);
  BOOST_TEST(again.is_new);
  const json::object found = messages.find(again.id).value();
  BOOST_TEST(found.at("resendOf").as_string() == id);
  BOOST_TEST(found.at("locale").as_string() == "de");
  BOOST_TEST(kept(again.id).content == kept(id).content);
  BOOST_TEST(messages.resend(id)->id == again.id);
  BOOST_TEST(!messages.resend(id)->is_new);
  BOOST_TEST(!messages.resend("0e0e0e0e-0000-0000-0000-000000000009"));
}

BOOST_FIXTURE_TEST_CASE(what_was_wiped_delivered_or_is_looked_for_is_not_repeated, Site) {
  auto code = submission();
  code.message.secret = true;
  const std::string wiped = accept(code).id;
  end(wiped, MessageStage::failed, true);
  BOOST_TEST(summary(messages.resend(wiped)->issues) == "wiped /messageId");
  const std::string sent = accept(submission()).id;
  end(sent, MessageStage::sent);
  BOOST_TEST(summary(messages.resend(sent)->issues) == "invalid /messageId");
  const std::string sought = accept(submission()).id;
  end(sought, MessageStage::unknown, false, now_ms() + 10'000);
  BOOST_TEST(summary(messages.resend(sought)->issues) == "invalid /messageId");
  const std::string given_up = accept(submission()).id;
  end(given_up, MessageStage::unknown);
  BOOST_TEST(summary(messages.resend(given_up)->issues) == "");
}

BOOST_FIXTURE_TEST_CASE(a_message_in_doubt_that_is_repeated_is_not_sent_besides, Site) {
  const std::string id = accept(submission()).id;
  end(id, MessageStage::unknown);
  BOOST_TEST(summary(messages.resend(id)->issues) == "");
  store.transact([&](Transaction& transaction) {
    MessageUpdate late;
    late.id = id;
    late.change = {now_ms(), MessageStage::queued, 1, messenger_id, "RETRY", "It was not sent."};
    BOOST_TEST(transaction.outbox.record(late));
  });
  BOOST_TEST((kept(id).stage == MessageStage::cancelled));
}

BOOST_FIXTURE_TEST_CASE(a_message_that_does_not_open_is_shown_as_such_and_not_repeated, Site) {
  const std::string id = accept(submission()).id;
  const std::string good = accept(submission()).id;
  tamper(options(), "UPDATE message SET envelope = '' WHERE id = '" + id + "'");
  const json::object found = messages.find(id).value();
  BOOST_TEST(std::string_view(found.at("reason").as_string()).find("does not open") != std::string_view::npos);
  BOOST_TEST(!found.contains("wiped"));
  const json::object all = messages.search({});
  BOOST_TEST(all.at("total") == 2);
  BOOST_TEST(all.at("messages").as_array().at(0).at("id").as_string() == good);
  BOOST_TEST(all.at("messages").as_array().at(1).at("id").as_string() == id);
  BOOST_TEST((messages.cancel(id) == MessageStage::cancelled));
  BOOST_TEST(summary(messages.resend(id)->issues) == "unreadable /messageId");
}

BOOST_FIXTURE_TEST_CASE(messages_are_searched_by_their_number_without_showing_it, Site) {
  accept(submission());
  auto other = submission();
  other.message.to = "+15551230002";
  const std::string id = accept(other).id;
  MessageSearch search;
  search.destination = "+15551230002";
  const json::object found = messages.search(search);
  BOOST_TEST(found.at("total") == 1);
  BOOST_TEST(found.at("messages").as_array().at(0).at("id").as_string() == id);
  BOOST_TEST(!found.at("messages").as_array().at(0).as_object().contains("history"));
}

BOOST_AUTO_TEST_CASE(ordered_ids_rise_with_the_time_at_which_they_were_made) {
  const auto time_of = [](const std::string& id) { return std::stoll(id.substr(0, 8) + id.substr(9, 4), nullptr, 16); };
  const auto before = now_ms();
  const std::string first = new_ordered_uuid(), second = new_ordered_uuid();
  const auto after = now_ms();
  for (const std::string& id : {first, second}) {
    BOOST_TEST(is_uuid(id), id);
    BOOST_TEST(id[14] == '7', id);
    BOOST_TEST(std::string_view("89ab").find(id[19]) != std::string_view::npos, id);
    BOOST_TEST(time_of(id) >= before);
    BOOST_TEST(time_of(id) <= after);
  }
  BOOST_TEST(time_of(first) <= time_of(second));
  BOOST_TEST(first != second);
}
