// SPDX-License-Identifier: Apache-2.0
// messaging.twilio.com and pricing.twilio.com: services, their senders, link shortening, deactivations, prices.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

#include "simulator_support.hpp"

using namespace simulator_test;

namespace {

std::string sid(const std::string& prefix, char digit) {
  return prefix + std::string(32, digit);
}

struct Services : Running {
  json::object get(const std::string& target) { return body_of(exchange(get_messages(target))); }

  /// The path of a new service.
  std::string create(const std::string& form = "FriendlyName=Codes") {
    return "/v1/Services/" + text_of(body_of(exchange(post("/v1/Services", form))), "sid");
  }

  int send(const std::string& service, const std::string& to = "%2B15551230001") {
    const std::string form = "Body=x&MessagingServiceSid=" + service.substr(13) + "&To=" + to;
    return code_of(exchange(create_message(form)));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(services, Services)

BOOST_AUTO_TEST_CASE(a_service_is_made_changed_and_removed) {
  const Response created = exchange(post("/v1/Services", "FriendlyName=Codes&ValidityPeriod=600&StickySender=false"));
  BOOST_TEST(created.result_int() == 201U);
  const json::object service = body_of(created);
  const std::string path = "/v1/Services/" + text_of(service, "sid");
  BOOST_TEST(text_of(service, "url") == "http://127.0.0.1" + path);
  BOOST_TEST(text_of(service.at("links").as_object(), "phone_numbers") == "http://127.0.0.1" + path + "/PhoneNumbers");
  BOOST_TEST(service.at("validity_period").to_number<int>() == 600);
  BOOST_TEST(service.at("sticky_sender").as_bool() == false);
  BOOST_TEST(service.at("smart_encoding").as_bool() == true);
  BOOST_TEST(service.at("fallback_url").is_null());
  BOOST_TEST(text_of(service, "date_created").ends_with("Z"));
  BOOST_TEST(get(path) == service);
  const Response updated = exchange(post(path, "StatusCallback=http://a/b&InboundMethod=GET"));
  BOOST_TEST(updated.result_int() == 200U);
  BOOST_TEST(text_of(get(path), "status_callback") == "http://a/b");
  BOOST_TEST(text_of(get(path), "friendly_name") == "Codes");
  exchange(post(path, "StatusCallback="));
  BOOST_TEST(get(path).at("status_callback").is_null());
  BOOST_TEST(exchange(remove(path)).result_int() == 204U);
  BOOST_TEST(code_of(exchange(get_messages(path))) == 20404);
}

BOOST_AUTO_TEST_CASE(a_bad_service_is_refused_with_the_parameters_name) {
  for (const char* form :
       {"", "FriendlyName=", "FriendlyName=x&InboundMethod=PUT", "FriendlyName=x&StatusCallback=nowhere",
        "FriendlyName=x&ValidityPeriod=36001", "FriendlyName=x&StickySender=yes", "FriendlyName=x&Usecase=GET|POST"}) {
    const Response refused = exchange(post("/v1/Services", form));
    BOOST_TEST(refused.result_int() == 400U, form);
    BOOST_TEST(code_of(refused) == 20001, form);
  }
  const Response long_name = exchange(post("/v1/Services", "FriendlyName=" + std::string(65, 'x')));
  BOOST_TEST(text_of(body_of(long_name), "message").ends_with("FriendlyName"));
  BOOST_TEST(code_of(exchange(post(create(), "FriendlyName="))) == 20001);
}

BOOST_AUTO_TEST_CASE(a_service_list_has_pages_with_whole_addresses) {
  std::set<std::string> created;
  for (int i = 0; i < 5; ++i) created.insert(create());
  std::set<std::string> seen;
  std::string target = "/v1/Services?PageSize=2";
  for (int index = 0; !target.empty(); ++index) {
    const json::object page = get(target);
    const json::object& meta = page.at("meta").as_object();
    BOOST_TEST(text_of(meta, "key") == "services");
    BOOST_TEST(meta.at("page").to_number<int>() == index);
    for (const json::value& service : page.at("services").as_array()) {
      const std::string path = "/v1/Services/" + text_of(service.as_object(), "sid");
      seen.insert(path);
      exchange(remove(path));
    }
    const std::string host = "http://127.0.0.1";
    target = meta.at("next_page_url").is_null() ? "" : text_of(meta, "next_page_url").substr(host.size());
  }
  BOOST_TEST(seen == created, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_number_is_in_one_service_only) {
  const std::string one = create();
  const std::string other = create();
  const std::string form = "PhoneNumberSid=" + sid("PN", 'a');
  const Response joined = exchange(post(one + "/PhoneNumbers", form));
  BOOST_TEST(joined.result_int() == 201U);
  const json::object number = body_of(joined);
  BOOST_TEST(text_of(number, "phone_number").starts_with("+1555"));
  BOOST_TEST(one.ends_with(text_of(number, "service_sid")));
  BOOST_TEST(get(one + "/PhoneNumbers/" + sid("PN", 'a')) == number);
  const Response again = exchange(post(one + "/PhoneNumbers", form));
  BOOST_TEST(again.result_int() == 409U);
  BOOST_TEST(code_of(again) == 21710);
  BOOST_TEST(code_of(exchange(post(other + "/PhoneNumbers", form))) == 21712);
  BOOST_TEST(code_of(exchange(remove(other + "/PhoneNumbers/" + sid("PN", 'a')))) == 21711);
  BOOST_TEST(exchange(remove(one + "/PhoneNumbers/" + sid("PN", 'a'))).result_int() == 204U);
  BOOST_TEST(exchange(post(other + "/PhoneNumbers", form)).result_int() == 201U);
  exchange(remove(other));
  BOOST_TEST(exchange(post(one + "/PhoneNumbers", form)).result_int() == 201U);
  BOOST_TEST(code_of(exchange(post(one + "/PhoneNumbers", "PhoneNumberSid=" + sid("PN", '0')))) == 20404);
  BOOST_TEST(code_of(exchange(post(one + "/PhoneNumbers", ""))) == 20001);
  BOOST_TEST(code_of(exchange(post(other + "/PhoneNumbers", form))) == 20404);
  BOOST_TEST(code_of(exchange(call(http::verb::post, one + "/PhoneNumbers/" + sid("PN", 'a')))) == 20004);
}

BOOST_AUTO_TEST_CASE(short_codes_and_channels_join_by_sid) {
  const std::string service = create();
  const json::object code =
      body_of(exchange(post(service + "/ShortCodes", "ShortCodeSid=SC" + std::string(31, '0') + "2")));
  BOOST_TEST(text_of(code, "short_code") == "12342");
  BOOST_TEST(code_of(exchange(post(service + "/ShortCodes", "ShortCodeSid=" + sid("SC", 'a')))) == 20404);
  const json::object channel = body_of(exchange(post(service + "/ChannelSenders", "Sid=" + sid("XE", 'a'))));
  BOOST_TEST(text_of(channel, "sender").starts_with("whatsapp:+1555"));
  BOOST_TEST(get(service + "/ChannelSenders").at("senders").as_array() == json::array({channel}));
}

BOOST_AUTO_TEST_CASE(alpha_senders_are_one_a_service_or_one_a_country) {
  const std::string service = create();
  BOOST_TEST(exchange(post(service + "/AlphaSenders", "AlphaSender=My+Bank")).result_int() == 201U);
  BOOST_TEST(code_of(exchange(post(service + "/AlphaSenders", "AlphaSender=My+Bank"))) == 21710);
  BOOST_TEST(code_of(exchange(post(service + "/AlphaSenders", "AlphaSender=Other"))) == 21714);
  for (const char* bad : {"123456", "TwelveLetter", "a/b"}) {
    BOOST_TEST(code_of(exchange(post(create() + "/AlphaSenders", "AlphaSender=" + std::string{bad}))) == 20001);
  }
  const std::string list = service + "/DestinationAlphaSenders";
  for (const char* form : {"", "&IsoCountryCode=FR", "&IsoCountryCode=DE"}) {
    BOOST_TEST(exchange(post(list, "AlphaSender=Bank" + std::string{form})).result_int() == 201U);
  }
  BOOST_TEST(code_of(exchange(post(list, "AlphaSender=Bank&IsoCountryCode=FR"))) == 21710);
  BOOST_TEST(code_of(exchange(post(list, "AlphaSender=Bank&IsoCountryCode=fra"))) == 20001);
  const json::array french = get(list + "?IsoCountryCode=FR").at("alpha_senders").as_array();
  BOOST_TEST_REQUIRE(french.size() == 1U);
  BOOST_TEST(exchange(remove(list + "/" + text_of(french.at(0).as_object(), "sid"))).result_int() == 204U);
  BOOST_TEST(get(list).at("alpha_senders").as_array().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_pool_has_400_places) {
  const std::string service = create();
  TestClient client{simulator};
  for (int i = 1; i <= 400; ++i) {
    const std::string digits = std::to_string(1000 + i);
    const Response joined =
        client.exchange(post(service + "/PhoneNumbers", "PhoneNumberSid=PN" + std::string(28, 'b') + digits));
    BOOST_TEST_REQUIRE(joined.result_int() == 201U);
  }
  BOOST_TEST(code_of(client.exchange(post(service + "/PhoneNumbers", "PhoneNumberSid=" + sid("PN", 'c')))) == 21714);
}

BOOST_AUTO_TEST_CASE(a_service_without_senders_sends_nothing) {
  const std::string service = create();
  BOOST_TEST(send(service) == 21704);
  exchange(post(service + "/PhoneNumbers", "PhoneNumberSid=" + sid("PN", 'a')));
  BOOST_TEST(send(service) == 0);
}

BOOST_AUTO_TEST_CASE(a_domain_has_a_certificate_and_a_configuration) {
  const std::string domain = "/v1/LinkShortening/Domains/" + sid("DN", 'a');
  BOOST_TEST(code_of(exchange(get_messages(domain + "/Certificate"))) == 20404);
  BOOST_TEST(code_of(exchange(post(domain + "/Certificate"))) == 20001);
  BOOST_TEST(code_of(exchange(post(domain + "/Certificate", "TlsCert=x"))) == 20001);
  const std::string form = "TlsCert=-----BEGIN+CERTIFICATE-----";
  const Response created = exchange(post(domain + "/Certificate", form));
  BOOST_TEST(created.result_int() == 201U);
  BOOST_TEST(exchange(post(domain + "/Certificate", form)).result_int() == 200U);
  BOOST_TEST(text_of(get(domain + "/Certificate"), "certificate_sid") == text_of(body_of(created), "certificate_sid"));
  const json::object managed = body_of(exchange(post(domain + "/RequestManagedCert")));
  BOOST_TEST(managed.at("managed").as_bool());
  BOOST_TEST(exchange(remove(domain + "/Certificate")).result_int() == 204U);
  BOOST_TEST(code_of(exchange(remove(domain + "/Certificate"))) == 20404);

  BOOST_TEST(code_of(exchange(get_messages(domain + "/Config"))) == 20404);
  const json::object config = body_of(exchange(post(domain + "/Config", "FallbackUrl=http://a/b&DisableHttps=true")));
  BOOST_TEST(text_of(config, "fallback_url") == "http://a/b");
  BOOST_TEST(config.at("continue_on_failure").as_bool());
  BOOST_TEST(code_of(exchange(post(domain + "/Config", "CallbackUrl=b"))) == 20001);
  BOOST_TEST(get(domain + "/Config") == config);
  BOOST_TEST(get(domain + "/ValidateDns").at("is_valid").as_bool());
  BOOST_TEST(!get("/v1/LinkShortening/Domains/" + sid("DN", '0') + "/ValidateDns").at("is_valid").as_bool());
}

BOOST_AUTO_TEST_CASE(a_service_is_linked_to_a_domain) {
  const std::string domain = "/v1/LinkShortening/Domains/" + sid("DN", 'a');
  const std::string service = create().substr(13);
  const std::string lookup = "/v1/LinkShortening/MessagingServices/" + service + "/Domain";
  const std::string config = "/v1/LinkShortening/MessagingService/" + service + "/DomainConfig";
  BOOST_TEST(code_of(exchange(get_messages(lookup))) == 20404);
  BOOST_TEST(exchange(post(domain + "/MessagingServices/" + service)).result_int() == 201U);
  BOOST_TEST(text_of(get(lookup), "domain_sid") == sid("DN", 'a'));
  BOOST_TEST(code_of(exchange(get_messages(config))) == 20404);
  exchange(post(domain + "/Config"));
  BOOST_TEST(text_of(get(config), "messaging_service_sid") == service);
  BOOST_TEST(exchange(remove(domain + "/MessagingServices/" + service)).result_int() == 204U);
  BOOST_TEST(code_of(exchange(remove(domain + "/MessagingServices/" + service))) == 20404);
  BOOST_TEST(code_of(exchange(post(domain + "/MessagingServices/" + sid("MG", 'f')))) == 20404);
  BOOST_TEST(code_of(exchange(get_messages(domain + "/MessagingServices/" + service))) == 20004);
}

BOOST_AUTO_TEST_CASE(deactivations_lead_to_a_list_of_numbers) {
  const Response leading = exchange(get_messages("/v1/Deactivations?Date=2023-08-24"));
  BOOST_TEST(leading.result_int() == 307U);
  const std::string url = text_of(body_of(leading), "redirect_to");
  BOOST_TEST(leading["Location"] == url);
  const Response file = exchange({http::verb::get, url.substr(std::string{"http://127.0.0.1"}.size())});
  BOOST_TEST(file["Content-Type"] == "text/plain");
  BOOST_TEST(file.body() == "15552308241\n15552308242\n15552308243\n");
  for (const char* date : {"", "2023-02-31", "yesterday", "2999-01-01"}) {
    BOOST_TEST(code_of(exchange(get_messages("/v1/Deactivations?Date=" + std::string{date}))) == 20001);
  }
  BOOST_TEST(exchange({http::verb::get, "/deactivations/2999-01-01.txt"}).result_int() == 404U);
}

BOOST_AUTO_TEST_CASE(prices_stand_with_their_country_and_not_in_the_list) {
  const json::object page = get("/v1/Messaging/Countries?PageSize=2");
  const json::object& first = page.at("countries").as_array().at(0).as_object();
  BOOST_TEST(text_of(first, "iso_country") == "AU");
  BOOST_TEST(!first.contains("price_unit"));
  const json::object germany = get("/v1/Messaging/Countries/DE");
  const json::object outbound = germany.at("outbound_sms_prices").as_array().at(0).as_object();
  BOOST_TEST(text_of(outbound.at("prices").as_array().at(0).as_object(), "current_price") == "0.0885");
  BOOST_TEST(code_of(exchange(get_messages("/v1/Messaging/Countries/XX"))) == 20404);
}

BOOST_AUTO_TEST_CASE(usecases_are_no_service) {
  BOOST_TEST(get("/v1/Services/Usecases").at("usecases").as_array().size() == 6U);
  BOOST_TEST(code_of(exchange(post("/v1/Services/Usecases"))) == 20004);
  BOOST_TEST(code_of(exchange({http::verb::get, "/v1/Services"})) == 20003);
}

BOOST_AUTO_TEST_SUITE_END()
