// SPDX-License-Identifier: Apache-2.0
// Messages over REST: accepted, found, called off and sent anew, through a real engine to a provider.
#include <boost/test/unit_test.hpp>

#include "message_site.hpp"

using namespace messenger::test;

namespace {

const std::string send_path = "/api/message/send";
const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

std::string text_of(const json::value& value) {
  return std::string(value.as_string());
}

struct Bad {
  const char *changes, *codes;
};
const std::array bad{Bad{R"({"to":null})", "[blank]message.to"},
                     Bad{R"({"to":7})", "[invalidJSON]message.to"},
                     Bad{R"({"body":null})", "[blank]message.body"},
                     Bad{R"({"messengerId":null})", "[blank]message.messengerId"},
                     Bad{R"({"messengerId":"x"})", "[invalid]message.messengerId"},
                     Bad{R"({"messengerId":"00000000-0000-0000-0000-000000000009"})", "[invalid]message.messengerId"},
                     Bad{R"({"messageType":"Codes"})", "[invalid]message.messengerId"},
                     Bad{R"({"messengerId":null,"messageType":"Codes"})", "[invalid]message.messageType"},
                     Bad{R"({"messengerId":null,"messageTypeId":"00000000-0000-0000-0000-000000000009"})",
                         "[invalid]message.messageTypeId"},
                     Bad{R"({"priority":"soon"})", "[invalid]message.priority"},
                     Bad{R"({"lifetimeSeconds":0})", "[invalid]message.lifetimeSeconds"},
                     Bad{R"({"lifetimeSeconds":604801})", "[invalid]message.lifetimeSeconds"},
                     Bad{R"({"expires":0})", "[invalid]message.expires"},
                     Bad{R"({"expires":1000})", "[invalid]message.expires"},
                     Bad{R"({"expires":9000000000000})", "[invalid]message.expires"},
                     Bad{R"({"expires":9000000000000,"lifetimeSeconds":1})", "[invalid]message.expires"},
                     Bad{R"({"attributes":{"code":7}})", "[invalidJSON]message.attributes"},
                     Bad{R"({"secret":"yes"})", "[invalidJSON]message.secret"},
                     Bad{R"({"tenantId":"x"})", "[invalid]message.tenantId"},
                     Bad{R"({"id":"x"})", "[invalid]message.id"},
                     Bad{R"({"text":"x"})", "[invalid]message.text"},
                     Bad{R"({"to":null,"priority":"soon","text":1})",
                         "[invalid]message.priority; [invalid]message.text; [blank]message.to"}};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_is_accepted_and_reaches_its_provider_with_its_trace, MessageSite) {
  const auto response = api->call("POST", send_path, one({{"attributes", json::object{{"userId", "u"}}}}),
                                  "application/json", "key", {{"traceparent", trace}});
  BOOST_TEST_REQUIRE(response.status == 202U, response.body);
  const auto sent = json::parse(response.body).at("message");
  BOOST_TEST(sent.at("isNew").as_bool());
  const std::string id = text_of(sent.at("id"));
  BOOST_TEST_REQUIRE(becomes(id, "sent"));
  const auto requests = simulator.requests("/webhook");
  BOOST_TEST_REQUIRE(requests.size() == 1U);
  BOOST_TEST(contains(text_of(requests[0].at("body")), canary));
  BOOST_TEST(requests[0].at("headers").at("traceparent").as_string() == trace);
  const auto message = find(id);
  BOOST_TEST(message.at("attempts") == 1);
  BOOST_TEST(message.at("messengerId") == messenger_id);
  BOOST_TEST(message.at("requestId") == "request");
  BOOST_TEST(!contains(json::serialize(message), number));
  BOOST_TEST(message.at("history").as_array().size() >= 3U);
  for (const json::value& change : message.at("history").as_array()) {
    BOOST_TEST(!change.at("reason").as_string().empty());
  }
}

BOOST_FIXTURE_TEST_CASE(a_malformed_trace_context_is_left_out, MessageSite) {
  api->call("POST", send_path, one({{"id", "00000000-0000-0000-0000-000000000001"}}), "application/json", "key",
            {{"traceparent", "00-x"}});
  BOOST_TEST_REQUIRE(becomes("00000000-0000-0000-0000-000000000001", "sent"));
  BOOST_TEST(!simulator.requests("/webhook").at(0).at("headers").as_object().contains("traceparent"));
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_with_a_message_is_told_by_field, MessageSite) {
  for (const Bad& row : bad) {
    BOOST_TEST_CONTEXT(row.changes) {
      json::object changes = json::parse(row.changes).as_object();
      json::object sent = message(changes);
      for (const auto& change : changes) {
        if (change.value().is_null()) {
          sent.erase(change.key());
        }
      }
      BOOST_TEST(api->codes("POST", send_path, json::serialize(json::object{{"message", sent}})) == row.codes);
    }
  }
  BOOST_TEST(api->codes("POST", send_path, "{}") == "[missing]message");
  BOOST_TEST(api->codes("POST", send_path, R"({"message":7})") == "[invalidJSON]message");
  BOOST_TEST(api->codes("POST", send_path, R"({"messages":7})") == "[invalidJSON]messages");
  BOOST_TEST(api->codes("POST", send_path, R"({"messages":[]})") == "[invalid]messages");
  BOOST_TEST(api->codes("POST", send_path, R"({"message":{},"messages":[]})") == "[invalid]message");
  BOOST_TEST(api->codes("POST", send_path, R"({"message":{},"sender":{}})") == "[invalid]sender");
  BOOST_TEST(api->call("POST", send_path, one(), "application/json", "bad").status == 401U);
  BOOST_TEST(api->object("GET", "/api/message/search").at("total") == 0);
}

BOOST_FIXTURE_TEST_CASE(of_many_each_is_accepted_or_has_its_errors, MessageSite) {
  const json::array several{message({{"to", "+15551230001"}}), message({{"to", 7}}), message({{"priority", "bulk"}}),
                            "text"};
  const auto response = api->call("POST", send_path, json::serialize(json::object{{"messages", several}}));
  BOOST_TEST_REQUIRE(response.status == 202U, response.body);
  const auto became = json::parse(response.body).at("messages").as_array();
  BOOST_TEST_REQUIRE(became.size() == 4U);
  BOOST_TEST(becomes(text_of(became[0].at("id")), "sent"));
  BOOST_TEST(became[1].at("fieldErrors").as_object().contains("messages.1.to"));
  BOOST_TEST(find(text_of(became[2].at("id"))).at("priority") == "bulk");
  BOOST_TEST(became[3].at("fieldErrors").as_object().contains("messages.3"));
  BOOST_TEST(api->codes("POST", send_path, R"({"messages":[{},{"to":"+1"}]})") ==
             "[blank]messages.0.messengerId; [blank]messages.0.to; [blank]messages.1.messengerId");
  json::array too_many(1'001, json::object{});
  BOOST_TEST(api->codes("POST", send_path, json::serialize(json::object{{"messages", too_many}})) ==
             "[invalid]messages");
}

BOOST_FIXTURE_TEST_CASE(the_same_idempotency_key_is_the_same_message, MessageSite) {
  const auto first = send({{"idempotencyKey", "order-7"}, {"lifetimeSeconds", 60}});
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  const auto again = send({{"idempotencyKey", "order-7"}, {"lifetimeSeconds", 60}});
  BOOST_TEST(again.at("id") == first.at("id"));
  BOOST_TEST(first.at("isNew").as_bool());
  BOOST_TEST(!again.at("isNew").as_bool());
  BOOST_TEST(api->codes("POST", send_path, one({{"idempotencyKey", "order-7"}, {"to", "+15551230002"}})) ==
             "[duplicate]message.idempotencyKey");
  const auto by_header = api->call("POST", send_path, one({{"lifetimeSeconds", 60}}), "application/json", "key",
                                   {{"idempotency-key", "order-7"}});
  BOOST_TEST(json::parse(by_header.body).at("message").at("id") == first.at("id"));
  const auto both = api->call("POST", send_path, one({{"idempotencyKey", "other"}}), "application/json", "key",
                              {{"Idempotency-Key", "order-7"}});
  BOOST_TEST(both.status == 400U);
  BOOST_TEST(contains(both.body, "message.idempotencyKey"));
  const json::array two{message(), message()};
  const auto for_two = api->call("POST", send_path, json::serialize(json::object{{"messages", two}}),
                                 "application/json", "key", {{"Idempotency-Key", "order-8"}});
  BOOST_TEST(contains(for_two.body, "messages.0.idempotencyKey"), for_two.body);
  BOOST_TEST(becomes(text_of(first.at("id")), "sent"));
  BOOST_TEST(api->object("POST", "/api/message/search", R"({"search":{"to":"+15551230001"}})").at("total").as_int64() <=
             2);
}

BOOST_FIXTURE_TEST_CASE(the_same_request_is_the_same_message_after_its_time, MessageSite) {
  const json::object request{{"idempotencyKey", "order-7"}, {"expires", messenger::host::now_ms() + 300}};
  const auto first = send(request);
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
  const auto again = send(request);
  BOOST_TEST(again.at("id") == first.at("id"));
  BOOST_TEST(!again.at("isNew").as_bool());
}

BOOST_FIXTURE_TEST_CASE(a_message_that_waits_is_called_off, MessageSite) {
  fault(R"({"status":429})");
  const std::string id = send_id();
  while (find(id).at("state") == "leased" || find(id).at("attempts") == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  auto answer = api->call("POST", "/api/message/" + id + "/cancel");
  BOOST_TEST((answer.status == 200U || answer.status == 202U), answer.body);
  BOOST_TEST(becomes(id, "cancelled"));
  BOOST_TEST(api->call("POST", "/api/message/" + id + "/cancel").status == 200U);
  BOOST_TEST(api->text("POST", "/api/message/00000000-0000-0000-0000-000000000009/cancel") == "404");
  simulator.clear();
}

BOOST_FIXTURE_TEST_CASE(a_message_that_was_sent_cannot_be_called_off_and_is_not_sent_anew, MessageSite) {
  const std::string id = send_id();
  BOOST_TEST_REQUIRE(becomes(id, "sent"));
  const auto cancelled = api->call("POST", "/api/message/" + id + "/cancel");
  BOOST_TEST(cancelled.status == 409U);
  BOOST_TEST(contains(cancelled.body, "[settled]"), cancelled.body);
  const auto resent = api->call("POST", "/api/message/" + id + "/resend");
  BOOST_TEST(resent.status == 409U);
  BOOST_TEST(contains(resent.body, "messageId"), resent.body);
}

BOOST_FIXTURE_TEST_CASE(a_dead_message_is_sent_anew_once, MessageSite) {
  fault(R"({"status":400})", 1);
  const std::string id = send_id();
  BOOST_TEST_REQUIRE(becomes(id, "failed"));
  const auto resent = api->call("POST", "/api/message/" + id + "/resend");
  BOOST_TEST_REQUIRE(resent.status == 202U, resent.body);
  const auto made = json::parse(resent.body).at("message");
  BOOST_TEST(made.at("id").as_string() != id);
  BOOST_TEST(becomes(text_of(made.at("id")), "sent"));
  BOOST_TEST(find(text_of(made.at("id"))).at("resendOf").as_string() == id);
  const auto again = json::parse(api->call("POST", "/api/message/" + id + "/resend").body).at("message");
  BOOST_TEST(again.at("id") == made.at("id"));
  BOOST_TEST(!again.at("isNew").as_bool());
  BOOST_TEST(api->text("POST", "/api/message/00000000-0000-0000-0000-000000000009/resend") == "404");
}

BOOST_FIXTURE_TEST_CASE(a_secret_message_is_wiped_and_cannot_be_sent_anew, MessageSite) {
  fault(R"({"status":400})", 1);
  const std::string id = send_id({{"secret", true}});
  BOOST_TEST_REQUIRE(becomes(id, "failed"));
  BOOST_TEST(find(id).at("wiped").as_bool());
  const auto resent = api->call("POST", "/api/message/" + id + "/resend");
  BOOST_TEST(resent.status == 409U);
  BOOST_TEST(contains(resent.body, "[wiped]messageId"), resent.body);
}

BOOST_FIXTURE_TEST_CASE(messages_are_searched_by_query_and_by_body, MessageSite) {
  api->object("POST", "/api/message/type/00000000-0000-0000-0000-000000000003",
              R"({"messageType":{"name":"News","priority":"bulk","messengers":[{"messengerId":")" +
                  std::string(messenger_id) + R"("}]}})");
  BOOST_TEST(api->codes("DELETE", "/api/messenger/" + std::string(messenger_id)) == "[inUse]messengerId");
  const std::string by_type = send_id({{"messageType", "News"}, {"messengerId", nullptr}});
  const std::string other = send_id({{"to", "+15551230002"}});
  BOOST_TEST_REQUIRE(becomes(by_type, "sent"));
  BOOST_TEST_REQUIRE(becomes(other, "sent"));
  BOOST_TEST(find(by_type).at("priority") == "bulk");
  const auto found = [&](const std::string& query, const std::string& body) {
    const auto answer = api->object("GET", "/api/message/search?" + query);
    BOOST_TEST((api->object("POST", "/api/message/search", R"({"search":)" + body + "}") == answer));
    std::string ids;
    for (const auto& one : answer.at("messages").as_array()) {
      ids += text_of(one.at("id")) == by_type ? "type " : "other ";
    }
    return ids + "of " + json::serialize(answer.at("total"));
  };
  BOOST_TEST(found("", "{}") == "other type of 2");
  BOOST_TEST(found("orderBy=insertInstant%20asc", R"({"orderBy":"insertInstant asc"})") == "type other of 2");
  BOOST_TEST(found("to=%2B15551230002", R"({"to":"+15551230002"})") == "other of 1");
  BOOST_TEST(found("state=sent,failed&numberOfResults=1", R"({"state":"sent, failed","numberOfResults":1})") ==
             "other of 2");
  BOOST_TEST(found("state=queued", R"({"state":"queued"})") == "of 0");
  BOOST_TEST(found("messageTypeId=00000000-0000-0000-0000-000000000003",
                   R"({"messageTypeId":"00000000-0000-0000-0000-000000000003"})") == "type of 1");
  BOOST_TEST(found("messengerId=" + std::string(messenger_id) + "&startRow=1",
                   R"({"messengerId":")" + std::string(messenger_id) + R"(","startRow":1})") == "type of 2");
  BOOST_TEST(found("end=1000", R"({"end":1000})") == "of 0");
  BOOST_TEST(api->codes("POST", "/api/message/search",
                        R"({"search":{"state":"gone","tenantId":"x","orderBy":"to","start":"1","foo":1}})") ==
             "[invalid]search.foo; [invalid]search.orderBy; [invalidJSON]search.start; [invalid]search.state; "
             "[invalid]search.tenantId");
}

BOOST_FIXTURE_TEST_CASE(the_queue_says_what_waits_and_what_became_of_the_rest, MessageSite) {
  BOOST_TEST_REQUIRE(becomes(send_id(), "sent"));
  fault(R"({"status":400})", 1);
  BOOST_TEST_REQUIRE(becomes(send_id(), "failed"));
  fault(R"({"status":429})");
  const std::string waiting = send_id({{"priority", "code"}});
  while (find(waiting).at("attempts") == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const auto queue = api->object("GET", "/api/message/queue").at("queue").as_object();
  BOOST_TEST(queue.at("waiting") == 1);
  BOOST_TEST(queue.at("dead") == 1);
  BOOST_TEST(queue.at("oldestWaitingInstant").as_int64() > 1'600'000'000'000);
  BOOST_TEST(queue.at("lastMinute").at("sent") == 1);
  BOOST_TEST(queue.at("lastHour").at("failed") == 1);
  BOOST_TEST(queue.at("circuits").at(0).at("messengerId") == messenger_id);
  simulator.clear();
}
