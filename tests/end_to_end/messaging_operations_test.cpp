// SPDX-License-Identifier: Apache-2.0
// The operations of messaging.twilio.com and pricing.twilio.com through the plugin, the loader, the HTTP service and a
// socket.
#include "operations.hpp"

using namespace messenger::test;
using messenger::loader::Outcome;
namespace json = boost::json;

namespace {

const std::string digits = "0123456789abcdef0123456789abcdef";

/// A Messaging Service at the provider.
struct WithService : Provider {
  std::string service = call("services.create", {{"FriendlyName", "codes"}}).text("sid");

  json::object in_service(json::object more = {}) const {
    more["ServiceSid"] = service;
    return more;
  }

  /// Adds, fetches, lists and removes a sender; gives its SID.
  std::string use_pool(const std::string& pool, const json::object& fresh) {
    const std::string name = "services." + pool;
    const Done created = call(name + ".create", in_service(fresh));
    BOOST_TEST(created.result.outcome == Outcome::ok, created.result.detail);
    const std::string sid = created.text("sid");
    BOOST_TEST(created.result.provider_id == sid);
    BOOST_TEST(call(name + ".fetch", in_service({{"Sid", sid}})).object() == created.object());
    BOOST_TEST(texts(call(name + ".list", in_service()), "sid") == std::vector<std::string>{sid});
    const Done again = call(name + ".create", in_service(fresh));
    BOOST_TEST(again.result.outcome == Outcome::rejected);
    BOOST_TEST(again.result.provider_code == "21710");
    const Done removed = call(name + ".delete", in_service({{"Sid", sid}}));
    BOOST_TEST(removed.result.outcome == Outcome::ok, removed.result.detail);
    BOOST_TEST(removed.result.http_status == 204U);
    BOOST_TEST(call(name + ".delete", in_service({{"Sid", sid}})).result.outcome == Outcome::rejected);
    BOOST_TEST(call(name + ".list", in_service()).outputs.empty());
    return sid;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_service_lives_from_its_creation_to_its_deletion) {
  Provider provider;
  const auto created = provider.call("services.create", {{"FriendlyName", "codes"}, {"StickySender", false}});
  BOOST_TEST(created.result.outcome == Outcome::ok, created.result.detail);
  BOOST_TEST(created.result.http_status == 201U);
  const json::object service{{"ServiceSid", created.text("sid")}};
  json::object change = service;
  change["SmartEncoding"] = false;
  change["ValidityPeriod"] = 300;
  BOOST_TEST(provider.call("services.update", change).result.outcome == Outcome::ok);
  const json::object fetched = provider.call("services.fetch", service).object();
  BOOST_TEST(fetched.at("smart_encoding") == false);
  BOOST_TEST(fetched.at("sticky_sender") == false);
  BOOST_TEST(fetched.at("validity_period") == 300);
  BOOST_TEST(fetched.at("friendly_name") == "codes");
  BOOST_TEST(provider.call("services.delete", service).result.outcome == Outcome::ok);
  const auto gone = provider.call("services.fetch", service);
  BOOST_TEST(gone.result.outcome == Outcome::rejected);
  BOOST_TEST(gone.result.provider_code == "20404");
}

BOOST_AUTO_TEST_CASE(services_are_listed_over_all_pages_while_they_are_deleted) {
  Provider provider;
  for (int i = 0; i != 5; ++i) {
    provider.call("services.create", {{"FriendlyName", std::to_string(i)}});
  }
  std::vector<Provider::Started> removals;
  const auto remove = [&](std::string_view service) {
    const json::value sid = json::parse({service.data(), service.size()}).at("sid");
    removals.push_back(provider.start("services.delete", {{"ServiceSid", sid}}));
    return true;
  };
  const auto listed = provider.call("services.list", {{"PageSize", 2}}, remove);
  BOOST_TEST(listed.result.outcome == Outcome::ok, listed.result.detail);
  BOOST_TEST(texts(listed, "friendly_name") == (std::vector<std::string>{"4", "3", "2", "1", "0"}));
  for (auto& removal : removals) {
    BOOST_TEST(removal.outcome.get() == Outcome::ok);
  }
  BOOST_TEST(provider.call("services.list").outputs.empty());
}

BOOST_FIXTURE_TEST_CASE(usecases_are_fetched, Provider) {
  BOOST_TEST(!call("services.usecases").object().at("usecases").as_array().empty());
}

BOOST_FIXTURE_TEST_CASE(numbers_belong_to_a_service, WithService) {
  BOOST_TEST(use_pool("phoneNumbers", {{"PhoneNumberSid", "PN" + digits}}) == "PN" + digits);
}

BOOST_FIXTURE_TEST_CASE(short_codes_belong_to_a_service, WithService) {
  const std::string sid = texts(call("shortCodes.list"), "sid").at(0);
  BOOST_TEST(use_pool("shortCodes", {{"ShortCodeSid", sid}}) == sid);
}

BOOST_FIXTURE_TEST_CASE(alphanumeric_senders_belong_to_a_service, WithService) {
  use_pool("alphaSenders", {{"AlphaSender", "My Co"}});
}

BOOST_FIXTURE_TEST_CASE(channel_senders_belong_to_a_service, WithService) {
  BOOST_TEST(use_pool("channelSenders", {{"Sid", "XE" + digits}}) == "XE" + digits);
}

BOOST_FIXTURE_TEST_CASE(alphanumeric_senders_belong_to_a_service_by_country, WithService) {
  use_pool("destinationAlphaSenders", {{"AlphaSender", "My Co"}, {"IsoCountryCode", "DE"}});
  call("services.destinationAlphaSenders.create", in_service({{"AlphaSender", "A"}, {"IsoCountryCode", "FR"}}));
  const auto in = [&](const char* country) {
    return call("services.destinationAlphaSenders.list", in_service({{"IsoCountryCode", country}})).outputs.size();
  };
  BOOST_TEST(in("FR") == 1U);
  BOOST_TEST(in("DE") == 0U);
}

BOOST_FIXTURE_TEST_CASE(prices_are_listed_and_fetched, Provider) {
  const Done listed = call("pricing.countries.list", {{"PageSize", 3}});
  BOOST_TEST(listed.result.outcome == Outcome::ok, listed.result.detail);
  BOOST_TEST(listed.outputs.size() > 3U);
  const Done fetched = call("pricing.countries.fetch", {{"IsoCountry", "DE"}});
  BOOST_TEST(fetched.text("iso_country") == "DE");
  BOOST_TEST(!fetched.object().at("outbound_sms_prices").as_array().empty());
  BOOST_TEST(call("pricing.countries.fetch", {{"IsoCountry", "ZZ"}}).result.outcome == Outcome::rejected);
}

BOOST_FIXTURE_TEST_CASE(a_preview_has_the_price_of_all_parts, Provider) {
  const std::string text(200, 'x');
  const Done one = call("preview", {{"body", "x"}, {"to", "+4915112345678"}, {"price", true}});
  BOOST_TEST(one.result.outcome == Outcome::ok, one.result.detail);
  const Done two = call("preview", {{"body", text}, {"to", "+4915112345678"}, {"price", true}});
  BOOST_TEST(two.object().at("parts") == 2);
  BOOST_TEST(std::stod(two.text("price")) == 2 * std::stod(one.text("price")));
  const Done unknown = call("preview", {{"body", "x"}, {"country", "ZZ"}, {"price", true}});
  BOOST_TEST(unknown.result.outcome == Outcome::ok);
  BOOST_TEST(unknown.object().at("warnings").as_array().size() == 1U);
  BOOST_TEST(!unknown.object().contains("price"));
}

BOOST_FIXTURE_TEST_CASE(a_preview_without_a_price_asks_nobody, Provider) {
  BOOST_TEST(call("preview", {{"body", "Your code is canary-code"}}).object().at("parts") == 1);
  BOOST_TEST(simulator().requests().empty());
}

BOOST_FIXTURE_TEST_CASE(the_list_of_deactivations_is_named_and_not_followed, Provider) {
  const Done named = call("deactivations.fetch", {{"Date", "2023-08-24"}});
  BOOST_TEST(named.result.outcome == Outcome::ok, named.result.detail);
  BOOST_TEST(named.result.http_status == 307U);
  BOOST_TEST(named.text("redirectTo").find("2023-08-24") != std::string::npos);
  BOOST_TEST(simulator().requests().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_domain_has_a_certificate, Provider) {
  const json::object domain{{"DomainSid", "DN" + digits}};
  json::object update = domain;
  update["TlsCert"] = "-----BEGIN CERTIFICATE-----\ncanary-key\n-----END CERTIFICATE-----\n";
  const Done given = call("linkShortening.certificate.update", update);
  BOOST_TEST(given.result.outcome == Outcome::ok, given.result.detail);
  BOOST_TEST(given.text("domain_sid") == "DN" + digits);
  BOOST_TEST(call("linkShortening.certificate.fetch", domain).text("certificate_sid") == given.text("certificate_sid"));
  BOOST_TEST(call("linkShortening.certificate.delete", domain).result.outcome == Outcome::ok);
  BOOST_TEST(call("linkShortening.certificate.fetch", domain).result.outcome == Outcome::rejected);
  BOOST_TEST(call("linkShortening.certificate.request", domain).object().at("managed") == true);
  update["TlsCert"] = "canary-no-pem";
  BOOST_TEST(call("linkShortening.certificate.update", update).result.outcome == Outcome::rejected);
}

BOOST_FIXTURE_TEST_CASE(a_domain_serves_services, WithService) {
  const json::object domain{{"DomainSid", "DN" + digits}};
  json::object change = domain;
  change["FallbackUrl"] = "https://example.com/gone";
  BOOST_TEST(call("linkShortening.config.update", change).text("fallback_url") == "https://example.com/gone");
  BOOST_TEST(call("linkShortening.config.fetch", domain).text("fallback_url") == "https://example.com/gone");
  BOOST_TEST(call("linkShortening.dns.validate", domain).object().at("is_valid") == true);
  json::object link = domain;
  link["MessagingServiceSid"] = service;
  const json::object of_service{{"MessagingServiceSid", service}};
  BOOST_TEST(call("linkShortening.services.create", link).result.outcome == Outcome::ok);
  BOOST_TEST(call("linkShortening.services.fetch", of_service).text("domain_sid") == "DN" + digits);
  BOOST_TEST(call("linkShortening.config.ofService", of_service).text("domain_sid") == "DN" + digits);
  BOOST_TEST(call("linkShortening.services.delete", link).result.outcome == Outcome::ok);
  BOOST_TEST(call("linkShortening.services.fetch", of_service).result.outcome == Outcome::rejected);
}
