// SPDX-License-Identifier: Apache-2.0
// Every operation of messenger_twilio.so through its C table: what it asks of Twilio, and what its answer means.
#include <boost/json.hpp>
#include <set>
#include <span>

#include "twilio_operations_support.hpp"

using namespace messenger::test;
namespace json = boost::json;

namespace {

struct Row {
  const char* name;
  const char* input;
  const char* method;
  const char* host;
  const char* target;  // behind /2010-04-01/Accounts/AC… where it starts with "~"
  const char* body;
  std::uint32_t status;
};

const Row rows[] = {
    {"check", "{}", "GET", "api", "~.json", "", 200},
    {"accounts.list", R"({"Status":"active","FriendlyName":"a b"})", "GET", "api",
     "/2010-04-01/Accounts.json?Status=active&FriendlyName=a+b", "", 200},
    {"accounts.fetch", R"({"Sid":"AC#"})", "GET", "api", "~.json", "", 200},
    {"messages.create",
     R"({"To":"+15005550010","From":"+15005550006","Body":"a&b=c","MediaUrl":["http://h/1","http://h/2"],"Attempt":2})",
     "POST", "api", "~/Messages.json",
     "To=%2B15005550010&From=%2B15005550006&Body=a%26b%3Dc&MediaUrl=http%3A%2F%2Fh%2F1&MediaUrl=http%3A%2F%2Fh%2F2&"
     "Attempt=2",
     201},
    {"messages.list",
     R"({"To":"+15005550010","From":"ACME","DateSent":"2026-01-31","DateSentBefore":"2026-02-01","DateSentAfter":"2026-01-01T00:00:00Z","PageSize":7})",
     "GET", "api",
     "~/Messages.json?To=%2B15005550010&From=ACME&DateSent=2026-01-31&DateSent%3C=2026-02-01&"
     "DateSent%3E=2026-01-01T00%3A00%3A00Z&PageSize=7",
     "", 200},
    {"messages.fetch", R"({"MessageSid":"MM#"})", "GET", "api", "~/Messages/MM#.json", "", 200},
    {"messages.update", R"({"MessageSid":"SM#","Body":""})", "POST", "api", "~/Messages/SM#.json", "Body=", 200},
    {"messages.update", R"({"MessageSid":"SM#","Status":"canceled"})", "POST", "api", "~/Messages/SM#.json",
     "Status=canceled", 200},
    {"messages.delete", R"({"MessageSid":"SM#"})", "DELETE", "api", "~/Messages/SM#.json", "", 204},
    {"reconcile", R"({"to":"+15005550010","sentAfter":"2026-01-31T08:30:00Z"})", "GET", "api",
     "~/Messages.json?To=%2B15005550010&PageSize=100", "", 200},
    {"media.list", R"({"MessageSid":"MM#","DateCreatedAfter":"2026-01-31"})", "GET", "api",
     "~/Messages/MM#/Media.json?DateCreated%3E=2026-01-31", "", 200},
    {"media.fetch", R"({"MessageSid":"MM#","MediaSid":"ME#"})", "GET", "api", "~/Messages/MM#/Media/ME#.json", "", 200},
    {"media.delete", R"({"MessageSid":"MM#","MediaSid":"ME#"})", "DELETE", "api", "~/Messages/MM#/Media/ME#.json", "",
     204},
    {"feedback.create", R"({"MessageSid":"SM#","Outcome":"confirmed"})", "POST", "api", "~/Messages/SM#/Feedback.json",
     "Outcome=confirmed", 201},
    {"shortCodes.list", R"({"ShortCode":"894546"})", "GET", "api", "~/SMS/ShortCodes.json?ShortCode=894546", "", 200},
    {"shortCodes.fetch", R"({"Sid":"SC#"})", "GET", "api", "~/SMS/ShortCodes/SC#.json", "", 200},
    {"shortCodes.update", R"({"Sid":"SC#","SmsUrl":"","SmsMethod":"POST","ApiVersion":"2010-04-01"})", "POST", "api",
     "~/SMS/ShortCodes/SC#.json", "SmsUrl=&SmsMethod=POST&ApiVersion=2010-04-01", 200},
    {"services.list", "{}", "GET", "messaging", "/v1/Services", "", 200},
    {"services.create", R"({"FriendlyName":"f","StickySender":true,"ValidityPeriod":300})", "POST", "messaging",
     "/v1/Services", "FriendlyName=f&StickySender=true&ValidityPeriod=300", 201},
    {"services.fetch", R"({"ServiceSid":"MG#"})", "GET", "messaging", "/v1/Services/MG#", "", 200},
    {"services.update", R"({"ServiceSid":"MG#","SmartEncoding":false,"InboundRequestUrl":""})", "POST", "messaging",
     "/v1/Services/MG#", "SmartEncoding=false&InboundRequestUrl=", 200},
    {"services.delete", R"({"ServiceSid":"MG#"})", "DELETE", "messaging", "/v1/Services/MG#", "", 204},
    {"services.usecases", "{}", "GET", "messaging", "/v1/Services/Usecases", "", 200},
    {"services.phoneNumbers.list", R"({"ServiceSid":"MG#","Limit":3})", "GET", "messaging",
     "/v1/Services/MG#/PhoneNumbers?PageSize=3", "", 200},
    {"services.phoneNumbers.create", R"({"ServiceSid":"MG#","PhoneNumberSid":"PN#"})", "POST", "messaging",
     "/v1/Services/MG#/PhoneNumbers", "PhoneNumberSid=PN#", 201},
    {"services.phoneNumbers.fetch", R"({"ServiceSid":"MG#","Sid":"PN#"})", "GET", "messaging",
     "/v1/Services/MG#/PhoneNumbers/PN#", "", 200},
    {"services.phoneNumbers.delete", R"({"ServiceSid":"MG#","Sid":"PN#"})", "DELETE", "messaging",
     "/v1/Services/MG#/PhoneNumbers/PN#", "", 204},
    {"services.shortCodes.list", R"({"ServiceSid":"MG#"})", "GET", "messaging", "/v1/Services/MG#/ShortCodes", "", 200},
    {"services.shortCodes.create", R"({"ServiceSid":"MG#","ShortCodeSid":"SC#"})", "POST", "messaging",
     "/v1/Services/MG#/ShortCodes", "ShortCodeSid=SC#", 201},
    {"services.shortCodes.fetch", R"({"ServiceSid":"MG#","Sid":"SC#"})", "GET", "messaging",
     "/v1/Services/MG#/ShortCodes/SC#", "", 200},
    {"services.shortCodes.delete", R"({"ServiceSid":"MG#","Sid":"SC#"})", "DELETE", "messaging",
     "/v1/Services/MG#/ShortCodes/SC#", "", 204},
    {"services.alphaSenders.list", R"({"ServiceSid":"MG#"})", "GET", "messaging", "/v1/Services/MG#/AlphaSenders", "",
     200},
    {"services.alphaSenders.create", R"({"ServiceSid":"MG#","AlphaSender":"My Co"})", "POST", "messaging",
     "/v1/Services/MG#/AlphaSenders", "AlphaSender=My+Co", 201},
    {"services.alphaSenders.fetch", R"({"ServiceSid":"MG#","Sid":"AI#"})", "GET", "messaging",
     "/v1/Services/MG#/AlphaSenders/AI#", "", 200},
    {"services.alphaSenders.delete", R"({"ServiceSid":"MG#","Sid":"AI#"})", "DELETE", "messaging",
     "/v1/Services/MG#/AlphaSenders/AI#", "", 204},
    {"services.channelSenders.list", R"({"ServiceSid":"MG#"})", "GET", "messaging", "/v1/Services/MG#/ChannelSenders",
     "", 200},
    {"services.channelSenders.create", R"({"ServiceSid":"MG#","Sid":"XE#"})", "POST", "messaging",
     "/v1/Services/MG#/ChannelSenders", "Sid=XE#", 201},
    {"services.channelSenders.fetch", R"({"ServiceSid":"MG#","Sid":"XE#"})", "GET", "messaging",
     "/v1/Services/MG#/ChannelSenders/XE#", "", 200},
    {"services.channelSenders.delete", R"({"ServiceSid":"MG#","Sid":"XE#"})", "DELETE", "messaging",
     "/v1/Services/MG#/ChannelSenders/XE#", "", 204},
    {"services.destinationAlphaSenders.list", R"({"ServiceSid":"MG#","IsoCountryCode":"DE"})", "GET", "messaging",
     "/v1/Services/MG#/DestinationAlphaSenders?IsoCountryCode=DE", "", 200},
    {"services.destinationAlphaSenders.create", R"({"ServiceSid":"MG#","AlphaSender":"Co","IsoCountryCode":"DE"})",
     "POST", "messaging", "/v1/Services/MG#/DestinationAlphaSenders", "AlphaSender=Co&IsoCountryCode=DE", 201},
    {"services.destinationAlphaSenders.fetch", R"({"ServiceSid":"MG#","Sid":"AI#"})", "GET", "messaging",
     "/v1/Services/MG#/DestinationAlphaSenders/AI#", "", 200},
    {"services.destinationAlphaSenders.delete", R"({"ServiceSid":"MG#","Sid":"AI#"})", "DELETE", "messaging",
     "/v1/Services/MG#/DestinationAlphaSenders/AI#", "", 204},
    {"pricing.countries.list", "{}", "GET", "pricing", "/v1/Messaging/Countries", "", 200},
    {"pricing.countries.fetch", R"({"IsoCountry":"DE"})", "GET", "pricing", "/v1/Messaging/Countries/DE", "", 200},
    {"preview", R"({"body":"CANARY","to":"+4930123456","price":true})", "GET", "pricing", "/v1/Messaging/Countries/DE",
     "", 200},
    {"deactivations.fetch", R"({"Date":"2026-01-31"})", "GET", "messaging", "/v1/Deactivations?Date=2026-01-31", "",
     307},
    {"linkShortening.certificate.fetch", R"({"DomainSid":"DN#"})", "GET", "messaging",
     "/v1/LinkShortening/Domains/DN#/Certificate", "", 200},
    {"linkShortening.certificate.update", R"({"DomainSid":"DN#","TlsCert":"CANARY-pem"})", "POST", "messaging",
     "/v1/LinkShortening/Domains/DN#/Certificate", "TlsCert=CANARY-pem", 200},
    {"linkShortening.certificate.delete", R"({"DomainSid":"DN#"})", "DELETE", "messaging",
     "/v1/LinkShortening/Domains/DN#/Certificate", "", 204},
    {"linkShortening.certificate.request", R"({"DomainSid":"DN#"})", "POST", "messaging",
     "/v1/LinkShortening/Domains/DN#/RequestManagedCert", "", 200},
    {"linkShortening.config.fetch", R"({"DomainSid":"DN#"})", "GET", "messaging",
     "/v1/LinkShortening/Domains/DN#/Config", "", 200},
    {"linkShortening.config.update", R"({"DomainSid":"DN#","FallbackUrl":"https://h","DisableHttps":true})", "POST",
     "messaging", "/v1/LinkShortening/Domains/DN#/Config", "FallbackUrl=https%3A%2F%2Fh&DisableHttps=true", 200},
    {"linkShortening.config.ofService", R"({"MessagingServiceSid":"MG#"})", "GET", "messaging",
     "/v1/LinkShortening/MessagingService/MG#/DomainConfig", "", 200},
    {"linkShortening.dns.validate", R"({"DomainSid":"DN#"})", "GET", "messaging",
     "/v1/LinkShortening/Domains/DN#/ValidateDns", "", 200},
    {"linkShortening.services.create", R"({"DomainSid":"DN#","MessagingServiceSid":"MG#"})", "POST", "messaging",
     "/v1/LinkShortening/Domains/DN#/MessagingServices/MG#", "", 201},
    {"linkShortening.services.delete", R"({"DomainSid":"DN#","MessagingServiceSid":"MG#"})", "DELETE", "messaging",
     "/v1/LinkShortening/Domains/DN#/MessagingServices/MG#", "", 204},
    {"linkShortening.services.fetch", R"({"MessagingServiceSid":"MG#"})", "GET", "messaging",
     "/v1/LinkShortening/MessagingServices/MG#/Domain", "", 200},
};

// An answer that every operation but the lists takes for a success.
constexpr const char* object =
    "{ \"sid\" : \"AC#\",\r\n\t\"status\":\"active\",\"price\":1.50,"
    "\"redirect_to\":\"https://s3/x?a=b\"}\n";
constexpr const char* on_one_line = R"({"sid":"AC#","status":"active","price":1.50,"redirect_to":"https://s3/x?a=b"})";

bool is_good_name(std::string_view name) {
  bool start = true;
  for (const char c : name) {
    const bool lower = c >= 'a' && c <= 'z';
    const bool later = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
    if (!lower && (start || !later)) {
      return false;
    }
    start = c == '.';
  }
  return !start;
}

std::span<const msgr_operation> all() {
  const msgr_operations& table = *operations_of(twilio());
  return {table.operations, table.operation_count};
}

json::value parsed(msgr_str text) {
  return json::parse({text.ptr, text.len});
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_catalogue_keeps_the_rules_of_operations_h) {
  std::set<std::string> names;
  for (const msgr_operation& one : all()) {
    BOOST_TEST_CONTEXT(one.name) {
      BOOST_TEST(is_good_name(one.name));
      BOOST_TEST(names.insert(one.name).second);
      BOOST_TEST(!std::string_view(one.summary).empty());
      const json::object input = parsed(one.input_schema).as_object();
      BOOST_TEST(input.at("type") == "object");
      BOOST_TEST(input.at("additionalProperties") == false);
      for (const json::value& name : input.at("required").as_array()) {
        BOOST_TEST(input.at("properties").as_object().contains(name.as_string()));
      }
      if (one.output_schema.ptr != nullptr) {
        BOOST_TEST(parsed(one.output_schema).at("type") == "object");
      }
      const bool list = std::string_view(one.name).ends_with(".list");
      BOOST_TEST(((one.flags & MSGR_OPERATION_LIST) != 0) == list);
      BOOST_TEST(input.at("properties").as_object().contains("PageSize") == list);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_examples_of_a_schema_are_accepted) {
  for (const msgr_operation& one : all()) {
    const json::value input = parsed(one.input_schema);
    for (const auto& [name, schema] : input.at("properties").as_object()) {
      const json::object& property = schema.as_object();
      if (!property.contains("examples")) {
        continue;
      }
      BOOST_TEST_CONTEXT(one.name << " " << name) {
        Calls calls;
        calls.call(one.name, json::serialize(json::object{{name, property.at("examples").at(0)}}));
        const std::string refused = "The parameter " + std::string(name) + " must";
        BOOST_TEST(calls.host.said().find(refused) == std::string::npos);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(secrets_are_marked) {
  const std::pair<const char*, const char*> secrets[] = {{"messages.create", "Body"},
                                                         {"messages.create", "ContentVariables"},
                                                         {"reconcile", "body"},
                                                         {"preview", "body"},
                                                         {"linkShortening.certificate.update", "TlsCert"}};
  for (const auto& [name, parameter] : secrets) {
    const auto one = std::find_if(all().begin(), all().end(),
                                  [name = std::string(name)](const auto& it) { return it.name == name; });
    BOOST_TEST_CONTEXT(name << " " << parameter) {
      BOOST_TEST(parsed(one->input_schema).at("properties").at(parameter).at("writeOnly") == true);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_operation_asks_what_twilio_documents) {
  std::set<std::string> tested;
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      tested.insert(row.name);
      Calls calls;
      calls.call(row.name, row.input, 8);
      BOOST_REQUIRE_MESSAGE(calls.host.sent.size() == 1, calls.host.said());
      const SentRequest& sent = calls.host.sent[0];
      const std::string target = row.target;
      BOOST_TEST(sent.ticket == 8U);
      BOOST_TEST(sent.method == row.method);
      BOOST_TEST(sent.url == "https://" + std::string(row.host) + ".twilio.com");
      BOOST_TEST(sent.target == filled(target.starts_with('~') ? account_path + target.substr(1) : target));
      BOOST_TEST(sent.body == filled(row.body));
      BOOST_TEST(sent.has_content_type == (sent.method == "POST"));
      BOOST_TEST(sent.headers.empty());
      BOOST_TEST(calls.host.completions.empty());
      calls.answer(row.status, row.status == 204 ? "" : object);
      BOOST_TEST(calls.host.completions.size() == 1U);
      BOOST_TEST(calls.host.said().find("CANARY") == std::string::npos);
    }
  }
  for (const msgr_operation& one : all()) {
    BOOST_TEST(tested.contains(one.name), one.name);
  }
}

BOOST_AUTO_TEST_CASE(an_object_comes_out_as_twilio_wrote_it_on_one_line) {
  for (const Row& row : rows) {
    const std::string name = row.name;
    if (name == "reconcile" || name == "check" || name == "preview" || name.ends_with(".list") ||
        name.starts_with("accounts.")) {
      continue;
    }
    BOOST_TEST_CONTEXT(name) {
      Calls calls;
      calls.call(name, row.input);
      calls.answer(row.status, row.status == 204 ? "" : object);
      BOOST_TEST(calls.completion().outcome == MSGR_OK);
      BOOST_TEST(calls.completion().http_status == row.status);
      if (row.status == 204) {
        BOOST_TEST(calls.host.outputs.empty());
      } else {
        const bool redirect = row.status == 307;
        BOOST_TEST(calls.host.outputs.at(0) ==
                   (redirect ? R"({"redirectTo":"https://s3/x?a=b"})" : filled(on_one_line)));
        BOOST_TEST(calls.completion().provider_id == "AC" + hex);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(an_accounts_token_is_not_given_out) {
  Calls calls;
  calls.call("accounts.fetch", R"({"Sid":"AC#"})");
  calls.answer(200, R"({"sid":"AC#","auth_token" : "CANARY","status":"active"})");
  BOOST_TEST(calls.host.outputs.at(0) == filled(R"({"sid":"AC#","auth_token":"***","status":"active"})"));
  Calls lists;
  lists.call("accounts.list");
  lists.answer(200, R"({"accounts":[{"auth_token":"CANARY"},{"auth_token":null},7],"next_page_uri":null})");
  BOOST_TEST(lists.host.outputs ==
             (std::vector<std::string>{R"({"auth_token":"***"})", R"({"auth_token":"***"})", "7"}));
}

BOOST_AUTO_TEST_CASE(a_check_tells_what_is_wrong_with_the_account) {
  const std::tuple<std::uint32_t, const char*, std::int32_t, const char*> answers[] = {
      {200, R"({"sid":"AC#","status":"active"})", MSGR_OK, ""},
      {200, R"({"sid":"AC#","status":"suspended"})", MSGR_CONFIG, "suspended"},
      {200, R"({"sid":"AC#","status":"closed"})", MSGR_CONFIG, "closed"},
      {200, R"({"sid":"ACffffffffffffffffffffffffffffffff","status":"active"})", MSGR_CONFIG, "account"},
      {200, "<html>", MSGR_CONFIG, "URL"},
      {401, R"({"code":20003})", MSGR_CONFIG, "credentials"},
      {403, "", MSGR_CONFIG, "credentials"},
      {404, "", MSGR_CONFIG, "account"},
      {405, "", MSGR_CONFIG, "account"},
      {302, "", MSGR_CONFIG, "redirects"},
      {429, "", MSGR_RETRY, "limiting"},
      {503, "", MSGR_RETRY, "failed"}};
  for (const auto& [status, body, outcome, said] : answers) {
    BOOST_TEST_CONTEXT(status << body) {
      Calls calls;
      calls.call("check");
      calls.answer(status, body);
      BOOST_TEST(calls.completion().outcome == outcome);
      BOOST_TEST(calls.completion().detail.find(said) != std::string::npos, calls.completion().detail);
      BOOST_TEST(calls.host.outputs.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(credentials_that_are_incomplete_are_said_before_anything_leaves) {
  Calls calls(R"({"url":"https://api.twilio.com","accountSID":"AC1","authToken":"CANARY"})");
  calls.call("check");
  BOOST_TEST(calls.host.sent.empty());
  BOOST_TEST(calls.completion().outcome == MSGR_CONFIG);
}

BOOST_AUTO_TEST_CASE(bad_input_names_the_parameter_and_leaves_nothing) {
  const std::tuple<const char*, const char*, const char*> inputs[] = {
      {"messages.fetch", "{}", "The parameter MessageSid is missing."},
      {"messages.fetch", R"({"MessageSid":"CANARY"})",
       "The parameter MessageSid must be SM or MM and 32 hexadecimal digits."},
      {"messages.fetch", R"({"MessageSid":"MG#"})",
       "The parameter MessageSid must be SM or MM and 32 hexadecimal digits."},
      {"messages.fetch", R"({"MessageSid":"SM#/../x"})", "The parameter MessageSid must be SM or MM and"},
      {"messages.fetch", R"({"MessageSid":7})", "The parameter MessageSid must be SM or MM and"},
      {"messages.fetch", R"({"MessageSid":null})", "The parameter MessageSid must be SM or MM and"},
      {"messages.fetch", R"({"MessageSid":["SM#"]})", "The parameter MessageSid must be SM or MM and"},
      {"messages.fetch", R"({"MessageSid":"SM#","messagesid":1})", "There is no parameter messagesid."},
      {"messages.fetch", R"({"MessageSid":"SM#","a\"b\nXXXXXX1234567890123456789012345678901234567890":1})",
       "There is no parameter a?b?"},
      {"messages.fetch", R"({"MessageSid":"SM#","Limit":1})", "There is no parameter Limit."},
      {"messages.fetch", R"(["SM#"])", "The input must be a JSON object."},
      {"messages.list", R"({"Limit":0})", "The parameter Limit must be an integer from 1 to 1000000000."},
      {"messages.list", R"({"PageSize":1001})", "The parameter PageSize must be an integer from 1 to 1000."},
      {"messages.list", R"({"PageSize":-1})", "The parameter PageSize must be an integer from 1 to 1000."},
      {"messages.list", R"({"PageSize":"7"})", "The parameter PageSize must be an integer from 1 to 1000."},
      {"messages.list", R"({"PageSize":1.5})", "The parameter PageSize must be an integer from 1 to 1000."},
      {"messages.list", R"({"To":"555-CANARY"})", "The parameter To must be an E.164 number or a channel address."},
      {"messages.list", R"({"DateSent":"2026-02-30"})", "The parameter DateSent must be a day"},
      {"messages.list", R"({"DateSent":"yesterday"})", "The parameter DateSent must be a day"},
      {"messages.create", R"({"From":"A","Body":"b"})", "The parameter To is missing."},
      {"messages.create", R"({"To":"+15005550010","Body":"CANARY"})", "Exactly one of the parameters From and"},
      {"messages.create", R"({"To":"+15005550010","From":"A","MessagingServiceSid":"MG#","Body":"CANARY"})",
       "Exactly one of the parameters From and"},
      {"messages.create", R"({"To":"+15005550010","From":"A"})", "At least one of the parameters Body,"},
      {"messages.create", R"({"To":"+15005550010","From":"A","Body":""})",
       "The parameter Body must be text of 1 to 1600"},
      {"messages.create", R"({"To":"+15005550010","From":"A","Body":["CANARY"]})", "The parameter Body must be"},
      {"messages.create", R"({"To":"+15005550010","From":"A","MediaUrl":["http://h",7]})",
       "The parameter MediaUrl must be"},
      {"messages.create", R"({"To":"+15005550010","From":"A","MediaUrl":{"a":"http://h"}})",
       "The parameter MediaUrl must"},
      {"messages.create", R"({"To":"+15005550010","From":"A","MediaUrl":[["http://h"]]})",
       "The parameter MediaUrl must"},
      {"messages.create",
       R"({"To":"+15005550010","From":"A","MediaUrl":["http://h","http://h","http://h","http://h","http://h","http://h","http://h","http://h","http://h","http://h","http://h"]})",
       "The parameter MediaUrl is given too often."},
      {"messages.create", R"({"To":"+15005550010","From":"A","Body":"b","ShortenUrls":true})", "ShortenUrls needs a"},
      {"messages.create", R"({"To":"+15005550010","From":"A","Body":"b","ShortenUrls":"true"})",
       "The parameter ShortenUrls must be true or false."},
      {"messages.create", R"({"To":"+15005550010","From":"A","Body":"b","ContentVariables":{"1":"CANARY"}})",
       "The parameter ContentVariables must be the text of a JSON object."},
      {"messages.create",
       R"({"To":"+15005550010","MessagingServiceSid":"MG#","Body":"b","SendAt":"2020-01-01T00:00:00Z","ScheduleType":"fixed"})",
       "SendAt must be 15 minutes to 35 days ahead."},
      {"messages.update", R"({"MessageSid":"SM#"})", "Exactly one of the parameters Body and Status must be given."},
      {"messages.update", R"({"MessageSid":"SM#","Body":"","Status":"canceled"})",
       "Exactly one of the parameters Body"},
      {"messages.update", R"({"MessageSid":"SM#","Body":"CANARY"})", "The parameter Body must be the empty text."},
      {"messages.update", R"({"MessageSid":"SM#","Status":"sent"})", "The parameter Status must be canceled."},
      {"preview", "{}", "The parameter body is missing."},
      {"preview", R"({"body":"CANARY","price":1})", "The parameter price must be true or false."},
      {"reconcile", R"({"to":"+15005550010"})", "The parameter sentAfter is missing."},
      {"reconcile", R"({"to":"+15005550010","sentAfter":"yesterday"})", "The parameter sentAfter must be an instant"},
      {"reconcile", R"({"to":"+15005550010","sentAfter":"9999-01-01T00:00:00Z"})",
       "The parameter sentAfter must not be later"},
      {"services.create", "{}", "The parameter FriendlyName is missing."},
      {"services.create", R"({"FriendlyName":"CANARY","InboundMethod":"PUT"})",
       "The parameter InboundMethod must be GET or POST."},
      {"services.alphaSenders.create", R"({"ServiceSid":"MG#","AlphaSender":"12345"})",
       "The parameter AlphaSender must be 1 to 11"},
      {"services.alphaSenders.create", R"({"ServiceSid":"MG#","AlphaSender":"abcdefghijkl"})",
       "The parameter AlphaSender must be"},
      {"pricing.countries.fetch", R"({"IsoCountry":"de"})", "The parameter IsoCountry must be the two capital letters"},
      {"pricing.countries.fetch", R"({"IsoCountry":".."})", "The parameter IsoCountry must be the two capital letters"},
      {"deactivations.fetch", R"({"Date":"2026-01-31T00:00:00Z"})", "The parameter Date must be a day, such as"},
      {"linkShortening.certificate.update", R"({"DomainSid":"DN#","TlsCert":""})",
       "The parameter TlsCert must be text"},
  };
  for (const auto& [name, input, said] : inputs) {
    BOOST_TEST_CONTEXT(name << " " << input) {
      Calls calls;
      calls.call(name, input);
      BOOST_TEST(calls.host.sent.empty());
      BOOST_TEST(calls.completion().outcome == MSGR_REJECTED);
      BOOST_TEST(calls.completion().detail.starts_with(said), calls.completion().detail);
      BOOST_TEST(calls.host.said().find("CANARY") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_repeated_parameter_may_be_one_value) {
  Calls calls;
  calls.call("messages.create", R"({"To":"+15005550010","From":"A","MediaUrl":"http://h"})");
  BOOST_TEST(calls.host.sent.at(0).body == "To=%2B15005550010&From=A&MediaUrl=http%3A%2F%2Fh");
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_doubtful_only_where_something_may_have_changed) {
  struct Lost {
    std::uint32_t failure, sent;
    std::int32_t safe, change;
  };
  const Lost all_lost[] = {
      {MSGR_HTTP_CONNECT, 0, MSGR_RETRY, MSGR_RETRY},           {MSGR_HTTP_UNTRUSTED, 0, MSGR_CONFIG, MSGR_CONFIG},
      {MSGR_HTTP_CANCELLED, 0, MSGR_CANCELLED, MSGR_CANCELLED}, {MSGR_HTTP_DEADLINE, 0, MSGR_DEADLINE, MSGR_DEADLINE},
      {MSGR_HTTP_RESET, 1, MSGR_RETRY, MSGR_UNKNOWN},           {MSGR_HTTP_TIMEOUT, 1, MSGR_RETRY, MSGR_UNKNOWN},
      {MSGR_HTTP_MALFORMED, 1, MSGR_RETRY, MSGR_UNKNOWN},       {MSGR_HTTP_TOO_LARGE, 1, MSGR_REJECTED, MSGR_UNKNOWN},
      {MSGR_HTTP_CANCELLED, 1, MSGR_CANCELLED, MSGR_UNKNOWN},   {MSGR_HTTP_DEADLINE, 1, MSGR_DEADLINE, MSGR_UNKNOWN}};
  for (const Row& row : rows) {
    for (const Lost& lost : all_lost) {
      BOOST_TEST_CONTEXT(row.name << " " << lost.failure << lost.sent) {
        Calls calls;
        calls.call(row.name, row.input);
        calls.host.answer({.failure = lost.failure, .request_sent = lost.sent});
        const bool safe = std::string_view(row.method) == "GET";
        BOOST_TEST(calls.completion().outcome == (safe ? lost.safe : lost.change));
        BOOST_TEST(!calls.completion().detail.empty());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(refusals_are_judged_by_code_and_status) {
  struct Refusal {
    std::uint32_t status;
    const char* body;
    std::int32_t safe, change;
  };
  const Refusal refusals[] = {{400, R"({"code":20001})", MSGR_REJECTED, MSGR_REJECTED},
                              {400, "<html>CANARY", MSGR_REJECTED, MSGR_REJECTED},
                              {401, "", MSGR_CONFIG, MSGR_CONFIG},
                              {403, R"({"code":20003})", MSGR_CONFIG, MSGR_CONFIG},
                              {404, R"({"code":20404,"message":"CANARY"})", MSGR_REJECTED, MSGR_REJECTED},
                              {405, "", MSGR_REJECTED, MSGR_REJECTED},
                              {409, R"({"code":21710})", MSGR_REJECTED, MSGR_REJECTED},
                              {409, R"({"code":30409})", MSGR_REJECTED, MSGR_REJECTED},
                              {400, R"({"code":20009})", MSGR_REJECTED, MSGR_REJECTED},
                              {429, R"({"code":20429})", MSGR_RETRY, MSGR_RETRY},
                              {301, "", MSGR_CONFIG, MSGR_CONFIG},
                              {500, R"({"code":20500})", MSGR_RETRY, MSGR_UNKNOWN},
                              {503, "CANARY", MSGR_RETRY, MSGR_UNKNOWN},
                              {200, "CANARY", MSGR_RETRY, MSGR_UNKNOWN},
                              {201, "[]", MSGR_RETRY, MSGR_UNKNOWN},
                              {200, R"({"sid":)", MSGR_RETRY, MSGR_UNKNOWN}};
  for (const Row& row : rows) {
    for (const Refusal& refusal : refusals) {
      BOOST_TEST_CONTEXT(row.name << " " << refusal.status << refusal.body) {
        if (std::string_view(row.name) == "check" ||
            (std::string_view(row.name) == "preview" && refusal.status == 404)) {
          continue;  // has a test of its own
        }
        Calls calls;
        calls.call(row.name, row.input);
        calls.answer(refusal.status, refusal.body);
        const bool safe = std::string_view(row.method) == "GET";
        BOOST_TEST(calls.completion().outcome == (safe ? refusal.safe : refusal.change));
        BOOST_TEST(calls.completion().http_status == refusal.status);
        BOOST_TEST(calls.host.outputs.empty());
        BOOST_TEST(calls.host.said().find("CANARY") == std::string::npos);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_carries_twilios_code_and_pause) {
  Calls calls;
  calls.call("messages.fetch", R"({"MessageSid":"SM#"})");
  calls.host.answer({.status = 429, .body = R"({"code":20429})", .headers = {{"Retry-After", "3"}}});
  BOOST_TEST(calls.completion().provider_code == "20429");
  BOOST_TEST(calls.completion().retry_after_ms == 3000U);
}

BOOST_AUTO_TEST_CASE(a_404_is_the_accounts_fault_only_where_nothing_else_is_named) {
  const std::string body =
      R"({"code":20404,"message":"The requested resource )" + account_path + R"(/x was not found"})";
  const std::tuple<const char*, const char*, std::int32_t> calls_made[] = {
      {"messages.list", "{}", MSGR_CONFIG}, {"messages.fetch", R"({"MessageSid":"SM#"})", MSGR_REJECTED}};
  for (const auto& [name, input, outcome] : calls_made) {
    Calls calls;
    calls.call(name, input);
    calls.answer(404, body);
    BOOST_TEST(calls.completion().outcome == outcome);
    BOOST_TEST(calls.completion().provider_code == "20404");
  }
}

BOOST_AUTO_TEST_CASE(the_service_that_takes_nothing_means_again) {
  Calls calls;
  calls.host.request_answer = MSGR_HTTP_UNAVAILABLE;
  calls.call("messages.delete", R"({"MessageSid":"SM#"})");
  BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
}

BOOST_AUTO_TEST_CASE(there_is_an_endpoint_for_each_host_of_twilios) {
  const Calls calls;
  std::vector<std::string> urls;
  for (const OpenedEndpoint& one : calls.host.opened) {
    urls.push_back(one.url);
    BOOST_TEST(one.username == "AC" + hex);
    BOOST_TEST(one.password == "CANARY-token");
  }
  BOOST_TEST(urls == (std::vector<std::string>{"https://api.twilio.com" + account_path + "/Messages.json",
                                               "https://api.twilio.com", "https://messaging.twilio.com",
                                               "https://pricing.twilio.com"}));
  BOOST_TEST(calls.host.opened.at(1).max_response_bytes == 8U * 1024 * 1024);
  const Calls local(twilio_config("", "http://127.0.0.1:8025/"));
  BOOST_TEST(local.host.opened.size() == 2U);  // one for sends, one for everything else
}

BOOST_AUTO_TEST_CASE(a_host_that_the_service_refuses_only_loses_its_operations) {
  FakeHost host;
  host.open_issue = "/url";
  host.refused_url = "https://pricing.twilio.com";
  Instance instance(host, twilio(), twilio_config());
  BOOST_REQUIRE(instance);
  instance.call("pricing.countries.list");
  BOOST_TEST(host.completions.at(0).outcome == MSGR_CONFIG);
  BOOST_TEST(host.completions.at(0).detail == "The fake refuses.");
  instance.call("services.list");
  BOOST_TEST(host.sent.size() == 1U);
  host.refused_url = "https://prices.example";
  const Instance refused(host, twilio(), twilio_config(R"("pricingUrl":"https://prices.example")"));
  BOOST_TEST(!refused);
  BOOST_TEST(refused.problems().found == std::vector<std::string>{"invalid /pricingUrl"});
}

BOOST_AUTO_TEST_CASE(a_preview_is_made_here_and_needs_no_account) {
  Calls calls(R"({"url":"https://api.twilio.com","accountSID":"AC1"})");
  calls.call("preview", R"({"body":"Code 123456","to":"+4930123456"})");
  BOOST_TEST(calls.host.sent.empty());
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
  BOOST_TEST(json::parse(calls.host.outputs.at(0)) ==
             json::parse(R"({"encoding":"GSM-7","parts":1,"units":11,"remaining":149,"characters":11,"warnings":[]})"));
}

BOOST_AUTO_TEST_CASE(a_preview_asks_for_the_price_of_the_country) {
  constexpr const char* prices = R"({"price_unit":"USD","outbound_sms_prices":[{"prices":[
      {"current_price":"0.0750","number_type":"mobile"}]}]})";
  const std::tuple<const char*, std::uint32_t, const char*, const char*> rows_of_prices[] = {
      {R"({"body":"a","to":"+4930123456","price":true})", 200, prices, "0.0750"},
      {R"({"body":"a","country":"FR","price":true})", 200, prices, "0.0750"},
      {R"({"body":"a","country":"FR","price":true})", 200, R"({"outbound_sms_prices":[]})", ""},
      {R"({"body":"a","country":"FR","price":true})", 404, R"({"code":20404})", ""}};
  for (const auto& [input, status, body, price] : rows_of_prices) {
    BOOST_TEST_CONTEXT(input << body) {
      Calls calls;
      calls.call("preview", input);
      calls.answer(status, body);
      BOOST_TEST(calls.completion().outcome == MSGR_OK);
      const json::object preview = json::parse(calls.host.outputs.at(0)).as_object();
      BOOST_TEST(preview.at("warnings").as_array().empty() == preview.contains("price"));
      BOOST_TEST(preview.contains("price") == !std::string(price).empty());
      if (preview.contains("price")) {
        BOOST_TEST(std::stod(std::string(preview.at("price").as_string())) == std::stod(price));
        BOOST_TEST(preview.at("currency") == "USD");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_price_without_a_country_is_a_warning) {
  Calls calls;
  calls.call("preview", R"({"body":"a","to":"whatsapp:+4930123456","price":true})");
  BOOST_TEST(calls.host.sent.empty());
  BOOST_TEST(calls.completion().outcome == MSGR_OK);
  BOOST_TEST(json::parse(calls.host.outputs.at(0)).at("warnings").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_redirect_that_is_cut_off_is_asked_for_again) {
  for (const char* body : {"", R"({"redirect_to":"https://s3/)", "{}"}) {
    Calls calls;
    calls.call("deactivations.fetch", R"({"Date":"2026-01-31"})");
    calls.host.answer({.status = 307, .body = body, .failure = MSGR_HTTP_RESET});
    BOOST_TEST(calls.completion().outcome == MSGR_RETRY);
    BOOST_TEST(calls.host.outputs.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_new_message_without_a_sender_has_the_configured_one) {
  const auto form = [](const std::string& config, std::string_view input) {
    Calls calls(twilio_config(config));
    calls.call("messages.create", input);
    return calls.host.sent.at(0).body;
  };
  const std::string_view plain = R"({"To":"+15005550010","Body":"b"})";
  const std::string number = R"("fromPhoneNumber":"+15005550006")";
  BOOST_TEST(form(number, plain) == "To=%2B15005550010&Body=b&From=%2B15005550006");
  BOOST_TEST(form(number + filled(R"(,"messagingServiceSid":"MG#")"), plain) ==
             filled("To=%2B15005550010&Body=b&MessagingServiceSid=MG#"));
  BOOST_TEST(form(number, R"({"To":"+15005550010","Body":"b","From":"ACME"})") == "To=%2B15005550010&Body=b&From=ACME");
}

BOOST_AUTO_TEST_CASE(a_bad_configured_sender_is_the_configurations_fault) {
  const std::string_view plain = R"({"To":"+15005550010","Body":"b"})";
  const std::pair<const char*, const char*> configured[] = {
      {R"("fromPhoneNumber":"not a sender!!")", "fromPhoneNumber is no E.164 number"},
      {R"("fromPhoneNumber":"+15005550006","messagingServiceSid":"MG1")", "messagingServiceSid is not MG and"}};
  for (const auto& [config, detail] : configured) {
    Calls calls(twilio_config(config));
    calls.call("messages.create", plain);
    BOOST_TEST_CONTEXT(config) {
      BOOST_TEST(calls.completion().outcome == MSGR_CONFIG);
      BOOST_TEST(calls.completion().detail.starts_with(detail));
      BOOST_TEST(calls.host.sent.empty());
    }
    Calls named(twilio_config(config));
    named.call("messages.create", R"({"To":"+15005550010","Body":"b","From":"ACME"})");
    BOOST_TEST(named.host.sent.size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(a_sender_that_twilio_refuses_is_the_fault_of_who_chose_it) {
  const std::pair<const char*, std::uint32_t> inputs[] = {
      {R"({"To":"+15005550010","Body":"b"})", MSGR_CONFIG},
      {R"({"To":"+15005550010","Body":"b","From":"+15005550001"})", MSGR_REJECTED}};
  for (const auto& [input, outcome] : inputs) {
    Calls calls(twilio_config(R"("fromPhoneNumber":"+15005550001")"));
    calls.call("messages.create", input);
    calls.answer(400, R"({"code":21212,"message":"m","status":400})");
    BOOST_TEST_CONTEXT(input) {
      BOOST_TEST(calls.completion().outcome == outcome);
      BOOST_TEST(calls.completion().provider_code == "21212");
    }
  }
}
