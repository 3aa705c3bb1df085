// SPDX-License-Identifier: Apache-2.0
// What a provider tells of a message, from the message on: the host and the provider as programs of their own. The test
// stands in for the way between them, a proxy that ends TLS, and signs as Twilio's documentation says.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/test/unit_test.hpp>
#include <map>
#include <optional>
#include <set>
#include <thread>

#include "served_host.hpp"

using namespace messenger::test;

namespace {

const std::string public_url = "https://sms.example.com/identity";
const std::string token = "canary-token-8d1f";
const std::string unknown_sid = "SM" + std::string(32, 'd');
using Form = std::map<std::string, std::string>;  // values that need no escapes

std::string signature(const std::string& url, const Form& form, const std::string& by = token) {
  std::string text = url;
  for (const auto& [name, value] : form) {
    text += name + value;
  }
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(EVP_sha1(), by.data(), static_cast<int>(by.size()), reinterpret_cast<const unsigned char*>(text.data()),
       text.size(), digest, &size);
  unsigned char base64[64];
  const int length = EVP_EncodeBlock(base64, digest, static_cast<int>(size));
  return {reinterpret_cast<const char*>(base64), static_cast<std::size_t>(length)};
}

std::string body_of(const Form& form) {
  std::string body;
  for (const auto& [name, value] : form) {
    body.append(body.empty() ? "" : "&").append(name).append("=").append(value);
  }
  return body;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A host that a message was sent with.
struct Site {
  explicit Site(const std::vector<std::string>& more = {"--public-url", public_url + "/"}) : host(directory, more) {
    set_up_two_factor(client, provider.url);
    const auto login = start_login(client);
    const auto sent = client.post("/api/two-factor/send/" + login.id, R"({"methodId":")" + login.method + R"("})");
    BOOST_TEST_REQUIRE(sent.status == 200U, sent.body);
    const auto messages = ApiClient(provider.url).get("/simulator/messages").json().at("messages").as_array();
    sid = text(messages.back().at("sid"));
    messenger = text(client.get("/api/messenger").json().at("messengers").at(0).at("id"));
    path = "/api/messenger/" + messenger + "/receipt";
  }

  /// As Twilio sends it to the URL that it was given; without a key.
  ApiAnswer tell(const Form& form, const std::string& by = token, const std::string& query = {}) {
    return ApiClient(host.url())
        .call("POST", path + query, body_of(form),
              {{"Content-Type", "application/x-www-form-urlencoded"},
               {"X-Twilio-Signature", signature(public_url + path + query, form, by)}});
  }
  ApiAnswer tell_status(const std::string& status, const Form& more = {}) {
    Form form{{"MessageSid", sid}, {"MessageStatus", status}, {"AccountSid", "AC" + std::string(32, '0')}};
    form.insert(more.begin(), more.end());
    return tell(form);
  }
  json::object receipt(const std::string& of) { return client.get(path + "/" + of).json().at("receipt").as_object(); }
  std::string status() { return text(receipt(sid).at("status")); }
  json::array events(const std::string& query) {
    return client.get("/api/system/event-log/search?" + query).json().at("eventLogs").as_array();
  }

  TemporaryDirectory directory;
  Provider provider;
  Host host;
  ApiClient client{host.url(), key};
  std::string sid, messenger, path;
};

/// A host whose public URL is its own, on a provider that posts to it while a message takes its course.
struct Followed {
  struct Course {
    std::string last;            // what the host knows when the provider is done
    std::set<unsigned> answers;  // to the provider's posts
  };

  Followed() {
    std::string url;
    {  // a port that is free, for the public URL
      Host first(directory);
      url = first.url();
      first.stop();
    }
    host.emplace(directory, std::vector<std::string>{"--listen", url.substr(7), "--public-url", url});
    messenger = text(host->client().post("/api/messenger", twilio(provider.url)).json().at("messenger").at("id"));
  }

  Course send(const std::string& fault) const {
    ApiClient simulator(provider.url);
    simulator.call("DELETE", "/simulator/callbacks");
    simulator.call("DELETE", "/simulator/callback-faults");
    if (!fault.empty()) {
      simulator.post("/simulator/callback-faults", R"({"times":0,"fault":")" + fault + "\"}");
    }
    auto client = host->client();
    const auto sent =
        client.post("/api/messenger/" + messenger + "/test", R"({"message":{"phoneNumber":")" + phone + R"("}})");
    const std::string sid = text(sent.json().at("test").at("providerId"));
    Course course;
    for (const auto& callback : posted(simulator)) {
      course.answers.insert(callback.at("answer").to_number<unsigned>());
    }
    course.last = text(client.get("/api/messenger/" + messenger + "/receipt/" + sid).json().at("receipt").at("status"));
    return course;
  }

  // All callbacks, when the last of them has its answer.
  static json::array posted(ApiClient& simulator) {
    for (int i = 0; i < 1'000; ++i) {
      const auto callbacks = simulator.get("/simulator/callbacks").json().at("callbacks").as_array();
      const auto is_posted = [](const json::value& one) { return text(one.at("state")) == "posted"; };
      const auto is_last = [](const json::value& one) { return text(one.at("status")) == "delivered"; };
      if (std::all_of(callbacks.begin(), callbacks.end(), is_posted) &&
          std::any_of(callbacks.begin(), callbacks.end(), is_last)) {
        return callbacks;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    BOOST_FAIL("The provider did not post all: " + simulator.get("/simulator/callbacks").body);
    return {};
  }

  TemporaryDirectory directory;
  Provider provider{Process({bin + "/provider-simulator", "--step-ms", "20"})};
  std::optional<Host> host;
  std::string messenger;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_provider_is_asked_for_receipts_at_the_public_url, Site) {
  const auto requests = ApiClient(provider.url).get("/simulator/requests?path=/2010").json().at("requests").as_array();
  const std::string form = text(requests.back().at("body"));
  BOOST_TEST(has(form, "StatusCallback=https%3A%2F%2Fsms.example.com%2Fidentity%2Fapi%2Fmessenger%2F" + messenger +
                           "%2Freceipt"),
             form.substr(form.find("StatusCallback")));
}

BOOST_FIXTURE_TEST_CASE(a_message_is_followed_until_it_is_delivered_in_whatever_order_that_is_told, Site) {
  const auto before = receipt(sid);
  BOOST_TEST(text(before.at("status")) == "ACCEPTED");
  BOOST_TEST(before.contains("messageId"));
  for (const char* told : {"sent", "queued", "sending", "sent"}) {
    BOOST_TEST(tell_status(told).status == 204U);
    BOOST_TEST(status() == "SENT");
  }
  for (const char* told : {"delivered", "sent", "failed", "delivered", "queued"}) {
    BOOST_TEST(tell_status(told).status == 204U);
    BOOST_TEST(status() == "DELIVERED");
  }
  const auto after = receipt(sid);
  BOOST_TEST(after.at("final").as_bool());
  BOOST_TEST(text(after.at("messageId")) == text(before.at("messageId")));
  BOOST_TEST(text(after.at("providerStatus")) == "delivered");
  // The messenger's debug is on: an entry for each change, and none for what came twice or late.
  const auto entries = events("type=Debug&message=Provider%20status");
  BOOST_TEST(entries.size() == 2U);
  BOOST_TEST(has(text(entries.at(0).at("message")), text(before.at("messageId"))));
}

BOOST_FIXTURE_TEST_CASE(a_failure_later_on_leaves_an_error_entry_with_the_providers_code, Site) {
  BOOST_TEST(tell_status("undelivered", {{"ErrorCode", "30003"}}).status == 204U);
  BOOST_TEST(tell_status("undelivered", {{"ErrorCode", "30003"}}).status == 204U);
  const auto known = receipt(sid);
  BOOST_TEST(text(known.at("status")) == "UNDELIVERED");
  BOOST_TEST(text(known.at("providerCode")) == "30003");
  const auto entries = events("type=Error&message=30003");
  BOOST_TEST_REQUIRE(entries.size() == 1U);
  BOOST_TEST(has(text(entries.at(0).at("message")), sid));
}

BOOST_FIXTURE_TEST_CASE(what_is_known_survives_kill_9, Site) {
  BOOST_TEST(tell_status("delivered").status == 204U);
  host.process().signal(SIGKILL);
  host.process().wait();
  Host again(directory, {"--public-url", public_url});
  const auto found = again.client().get(path + "/" + sid).json().at("receipt");
  BOOST_TEST(text(found.at("status")) == "DELIVERED");
}

BOOST_FIXTURE_TEST_CASE(a_message_that_this_host_does_not_know_is_kept_without_a_message_of_ours, Site) {
  BOOST_TEST(client.get(path + "/" + unknown_sid).status == 404U);
  BOOST_TEST(tell({{"MessageSid", unknown_sid}, {"MessageStatus", "sent"}}).status == 204U);
  const auto found = receipt(unknown_sid);
  BOOST_TEST(text(found.at("status")) == "SENT");
  BOOST_TEST(!found.contains("messageId"));
}

BOOST_FIXTURE_TEST_CASE(what_is_forged_changes_nothing_and_does_not_fill_the_event_log, Site) {
  const Form form{{"MessageSid", sid}, {"MessageStatus", "delivered"}};
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(tell(form, "another-token").status == 403U);
  }
  const auto unsigned_one = ApiClient(host.url()).call("POST", path, body_of(form), {{"Content-Type", "text/plain"}});
  BOOST_TEST(unsigned_one.status == 403U);
  // What was signed for another place: the provider never used this query.
  const auto moved =
      ApiClient(host.url())
          .call("POST", path + "?a=b", body_of(form), {{"X-Twilio-Signature", signature(public_url + path, form)}});
  BOOST_TEST(moved.status == 403U);
  BOOST_TEST(status() == "ACCEPTED");
  const auto entries = events("type=Error&message=receipt%20was%20refused");
  BOOST_TEST_REQUIRE(entries.size() == 1U);
  for (const std::string& secret : {token, std::string("another-token"), sid, phone}) {
    BOOST_TEST(!has(text(entries.at(0).at("message")), secret), secret);
  }
  host.stop();
  Host again(directory, {"--public-url", public_url});
  const auto rest = again.client()
                        .get("/api/system/event-log/search?type=Error&message=entry:%2021")
                        .json()
                        .at("eventLogs")
                        .as_array();
  BOOST_TEST(rest.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(the_query_that_the_provider_used_is_signed_with_the_url, Site) {
  const Form form{{"MessageSid", sid}, {"MessageStatus", "sent"}};
  BOOST_TEST(tell(form, token, "?b=1&a=%7e%2B+x&b=").status == 204U);
}

BOOST_FIXTURE_TEST_CASE(the_host_header_does_not_matter, Site) {
  const Form form{{"MessageSid", sid}, {"MessageStatus", "sent"}};
  const auto answer = ApiClient(host.url())
                          .call("POST", path, body_of(form),
                                {{"X-Twilio-Signature", signature("https://evil.example" + path, form)},
                                 {"Host", "evil.example"},
                                 {"X-Forwarded-Host", "evil.example"},
                                 {"X-Forwarded-Proto", "https"}});
  BOOST_TEST(answer.status == 403U);
}

BOOST_FIXTURE_TEST_CASE(what_is_genuine_and_not_understood_is_told_so, Site) {
  const auto answer = tell({{"MessageStatus", "sent"}});
  BOOST_TEST(answer.status == 400U);
  BOOST_TEST(has(answer.body, "[malformedReceipt]"));
}

BOOST_FIXTURE_TEST_CASE(a_body_is_limited, Site) {
  Form form{{"MessageSid", sid}, {"MessageStatus", "sent"}, {"Padding", {}}};
  form["Padding"] = std::string(65'536 - body_of(form).size(), 'x');
  BOOST_TEST(tell(form).status == 204U);
  form["Padding"] += 'x';
  BOOST_TEST(tell(form).status == 413U);
}

BOOST_AUTO_TEST_CASE(too_many_are_put_off_and_forged_ones_do_not_count_against_genuine_ones) {
  Site site({"--public-url", public_url, "--receipt-rate", "1"});
  std::map<unsigned, int> forged;
  for (int i = 0; i < 30; ++i) {
    ++forged[site.tell({{"MessageSid", site.sid}, {"MessageStatus", "failed"}}, "another-token").status];
  }
  BOOST_TEST(forged[403] >= 10);
  BOOST_TEST(forged[429] >= 1);
  BOOST_TEST(site.tell_status("sent").status == 204U);
  for (int i = 0; i < 100; ++i) {
    const auto answer = site.tell_status("delivered");
    if (answer.status == 429U) {
      BOOST_TEST(answer.headers.at("retry-after") == "1");
      BOOST_TEST(has(answer.body, "[tooManyReceipts]"));
      return;
    }
    BOOST_TEST(answer.status == 204U);
  }
  BOOST_ERROR("none was put off");
}

BOOST_FIXTURE_TEST_CASE(a_messenger_that_takes_none_has_no_such_address, Site) {
  const Form form{{"MessageSid", sid}, {"MessageStatus", "sent"}};
  const auto post = [&](const std::string& to) { return ApiClient(host.url()).post(to, body_of(form)).status; };
  BOOST_TEST(post("/api/messenger/00000000-0000-4000-8000-000000000000/receipt") == 404U);
  const auto generic =
      client.post("/api/messenger", R"({"messenger":{"type":"Generic","name":"g","url":")" + provider.url +
                                        R"(","connectTimeout":1000,"readTimeout":1000}})");
  BOOST_TEST_REQUIRE(generic.status == 200U, generic.body);
  BOOST_TEST(post("/api/messenger/" + text(generic.json().at("messenger").at("id")) + "/receipt") == 404U);
  BOOST_TEST(ApiClient(host.url()).get(path + "/" + sid).status == 401U);
}

BOOST_FIXTURE_TEST_CASE(a_test_message_is_followed_when_its_messenger_is_stored, Site) {
  const std::string message = R"("message":{"phoneNumber":")" + phone + R"("})";
  const auto stored = client.post("/api/messenger/" + messenger + "/test", "{" + message + "}").json().at("test");
  const std::string tested = text(stored.at("providerId"));
  BOOST_TEST(text(receipt(tested).at("messageId")) == text(stored.at("messageId")));
  BOOST_TEST(tell({{"MessageSid", tested}, {"MessageStatus", "delivered"}}).status == 204U);
  BOOST_TEST(text(receipt(tested).at("status")) == "DELIVERED");

  auto document = json::parse(twilio(provider.url)).as_object();
  document["messenger"].as_object()["name"] = "not saved";
  const std::string whole = json::serialize(document);
  const auto unsaved =
      client.post("/api/messenger/test", whole.substr(0, whole.size() - 1) + "," + message + "}").json().at("test");
  BOOST_TEST(!has(json::serialize(unsaved), "StatusCallback"));
  BOOST_TEST(client.get(path + "/" + text(unsaved.at("providerId"))).status == 404U);
}

BOOST_AUTO_TEST_CASE(the_providers_own_posts_are_followed_to_the_end_whatever_goes_wrong_with_them) {
  const Followed site;
  for (const char* fault : {"", "duplicate", "reorder", "json"}) {
    BOOST_TEST(site.send(fault).last == "DELIVERED", fault);
  }
  const auto forged = site.send("forge");
  BOOST_TEST(forged.last == "ACCEPTED");
  BOOST_TEST(forged.answers.contains(403));
  BOOST_TEST(!forged.answers.contains(204));
}

BOOST_AUTO_TEST_CASE(without_a_public_url_no_receipts_are_asked_for_and_none_are_taken) {
  Site site(std::vector<std::string>{});
  const auto requests = ApiClient(site.provider.url).get("/simulator/requests?path=/2010").json();
  BOOST_TEST(!has(json::serialize(requests), "StatusCallback"));
  BOOST_TEST(site.tell_status("sent").status == 404U);
  BOOST_TEST(site.status() == "ACCEPTED");  // it is known whose message that is all the same
}

BOOST_AUTO_TEST_CASE(a_bad_public_url_is_named) {
  const TemporaryDirectory directory;
  const auto finished = run(Host::arguments(directory, {"--public-url", "sms.example.com"}));
  BOOST_TEST(finished.status == 2);
  BOOST_TEST(has(finished.err, "public URL"), finished.err);
}
