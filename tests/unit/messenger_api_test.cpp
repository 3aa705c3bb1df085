// SPDX-License-Identifier: Apache-2.0
// FusionAuth's messenger API: every call, every error, the seeds as printed.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "host_fixture.hpp"

using messenger::host::to_sorted_text;
using namespace messenger::test;

namespace {

constexpr const char* id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
const std::string one = std::string("/api/messenger/") + id;

std::string key_pem(const TemporaryDirectory& directory) {
  const Certificate certificate(directory, "client", "DNS:client");
  return contents(certificate.certificate_file) + contents(certificate.key_file);
}

// The seeds name a key, which FusionAuth takes to be there.
struct HostWithKey : Host {
  HostWithKey() { put_key("e31e242b-4eca-4309-921f-48cb72ec9bfb", key_pem(directory)); }
  TemporaryDirectory directory;
};

// What the seed answers, with the instants that this answer has.
std::string expected(const std::string& name, const json::object& answer) {
  json::value whole = json::parse(seed(name));
  json::object& messenger = whole.at("messenger").as_object();
  for (const char* instant : {"insertInstant", "lastUpdateInstant"}) {
    messenger[instant] = answer.at("messenger").at(instant);
  }
  return to_sorted_text(whole);
}

std::string names_of(Host& host) {
  std::string names;
  const auto answer = host.ok("GET", "/api/messenger");
  for (const auto& messenger : answer.at("messengers").as_array()) {
    names.append(messenger.at("name").as_string()).append(" ");
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_twilio_seed_round_trips_as_printed) {
  Host host;
  const auto created = host.call("POST", one, seed("seed_000_twilio_request.json"));
  BOOST_TEST_REQUIRE(created.status == 200U, created.body);
  const auto answer = json::parse(created.body).as_object();
  BOOST_TEST(created.body == expected("seed_000_twilio_response.json", answer));
  BOOST_TEST(host.call("GET", one).body == created.body);
}

BOOST_AUTO_TEST_CASE(the_generic_seed_round_trips_as_printed) {
  HostWithKey host;
  const auto created =
      host.call("POST", "/api/messenger/2d5acca6-23d5-423f-ac7b-b70f50b54498", seed("seed_001_generic_request.json"));
  BOOST_TEST_REQUIRE(created.status == 200U, created.body);
  BOOST_TEST(created.body == expected("seed_001_generic_response.json", json::parse(created.body).as_object()));
}

BOOST_AUTO_TEST_CASE(both_names_of_a_member_are_answered_as_sent) {
  HostWithKey host;
  const auto with_id =
      host.ok("POST", "/api/messenger", generic({{"sslCertificateId", "e31e242b-4eca-4309-921f-48cb72ec9bfb"}}));
  BOOST_TEST(with_id.at("messenger").as_object().contains("sslCertificateId"));
  BOOST_TEST(!with_id.at("messenger").as_object().contains("sslCertificate"));
  const auto misspelt = host.ok("POST", "/api/messenger", twilio({{"messagingServicesSid", "MG1"}}));
  BOOST_TEST(misspelt.at("messenger").at("messagingServicesSid") == "MG1");
}

BOOST_AUTO_TEST_CASE(what_was_not_sent_is_not_answered_but_for_debug_and_transport) {
  Host host;
  const auto bare = host.ok("POST", "/api/messenger", generic({{"data", nullptr}}));
  const auto& messenger = bare.at("messenger").as_object();
  BOOST_TEST(messenger.at("debug") == json::value(false));
  BOOST_TEST(messenger.at("transport") == "sms");
  BOOST_TEST(!messenger.contains("messageTypes"));
  BOOST_TEST(!messenger.contains("data"));
  const auto typed = host.ok("POST", "/api/messenger", twilio({{"messageTypes", json::array{"SMS"}}}));
  BOOST_TEST(to_sorted_text(typed.at("messenger").at("messageTypes")) == R"(["SMS"])");
}

BOOST_AUTO_TEST_CASE(ids_are_random_or_the_paths_and_never_the_bodys) {
  Host host;
  const auto random = host.ok("POST", "/api/messenger", generic({{"id", id}, {"insertInstant", 5}}));
  BOOST_TEST(id_of(random) != id);
  BOOST_TEST(id_of(random).size() == 36U);
  BOOST_TEST(random.at("messenger").at("insertInstant").as_int64() > 1'600'000'000'000);
  const auto given =
      host.ok("POST", "/api/messenger/F49C3B86-91FE-48F7-AE46-D166EEAD0166", twilio({{"id", "no uuid at all"}}));
  BOOST_TEST(id_of(given) == id);
}

BOOST_AUTO_TEST_CASE(the_list_has_all_types_mixed) {
  Host host;
  BOOST_TEST(host.call("GET", "/api/messenger").body == R"({"messengers":[]})");
  host.ok("POST", "/api/messenger", twilio());
  host.ok("POST", "/api/messenger", generic());
  BOOST_TEST(names_of(host) == "Twilio Generic ");
}

BOOST_AUTO_TEST_CASE(put_replaces_the_whole_object) {
  Host host;
  const auto before = host.ok("POST", one, generic({{"data", {{"a", 1}}}, {"debug", true}}));
  const auto after =
      host.ok("PUT", one, generic({{"name", "Renamed"}, {"id", "00000000-0000-0000-0000-000000000001"}}));
  const auto& messenger = after.at("messenger").as_object();
  BOOST_TEST(messenger.at("name") == "Renamed");
  BOOST_TEST(messenger.at("id") == id);
  BOOST_TEST(messenger.at("debug") == json::value(false));
  BOOST_TEST(!messenger.contains("data"));
  BOOST_TEST(messenger.at("insertInstant") == before.at("messenger").at("insertInstant"));
  BOOST_TEST(messenger.at("lastUpdateInstant").as_int64() >= before.at("messenger").at("lastUpdateInstant").as_int64());
  host.ok("POST", "/api/messenger", generic());  // its old name is free again
}

BOOST_AUTO_TEST_CASE(each_kind_of_patch_changes_what_it_names) {
  Host host;
  host.ok("POST", one, generic({{"data", {{"list", json::array{1}}}}, {"messageTypes", json::array{"SMS"}}}));
  const auto merged = host.ok(
      "PATCH", one,
      R"({"messenger":{"data":{"list":[2]},"messageTypes":["SMS"],"type":"Twilio","id":"x","readTimeout":7,"transport":"x"}})");
  BOOST_TEST(to_sorted_text(merged.at("messenger").at("data")) == R"({"list":[1,2]})");
  BOOST_TEST(to_sorted_text(merged.at("messenger").at("messageTypes")) == R"(["SMS"])");
  BOOST_TEST(merged.at("messenger").at("type") == "Generic");
  BOOST_TEST(merged.at("messenger").at("readTimeout") == 7);
  const auto patched = host.ok("PATCH", one,
                               R"([{"op":"test","path":"/messenger/name","value":"Generic"},
                                   {"op":"replace","path":"/messenger/data/list","value":[9223372036854775807]}])",
                               "application/json-patch+json");
  BOOST_TEST(to_sorted_text(patched.at("messenger").at("data")) == R"({"list":[9223372036854775807]})");
  const auto whole =
      host.ok("PATCH", one, R"({"messenger":{"data":null,"debug":true}})", "application/merge-patch+json");
  BOOST_TEST(!whole.at("messenger").as_object().contains("data"));
  BOOST_TEST(whole.at("messenger").at("debug") == json::value(true));
  BOOST_TEST(whole.at("messenger").at("readTimeout") == 7);
  BOOST_TEST(host.ok("GET", one) == whole);
}

BOOST_AUTO_TEST_CASE(a_patch_is_checked_as_a_put_is_and_changes_nothing_when_refused) {
  Host host;
  const auto before = host.ok("POST", one, generic());
  BOOST_TEST(host.refused("PATCH", one, R"([{"op":"remove","path":"/messenger/data"}])", "application/json-patch+json")
                 .starts_with("[InvalidJSONPatch] "));
  BOOST_TEST(host.refused("PATCH", one,
                          R"([{"op":"replace","path":"/messenger/name","value":"x"},
                              {"op":"test","path":"/messenger/name","value":"y"}])",
                          "application/json-patch+json")
                 .starts_with("[JSONPatchTestFailed] "));
  BOOST_TEST(host.refused("PATCH", one, R"({"messenger":{"url":null,"name":"","readTimeout":0}})") ==
             "[blank]messenger.name [name] must not be empty.\n"
             "[invalid]messenger.readTimeout readTimeout must be a whole number from 1 to 2147483647.\n"
             "[blank]messenger.url url is required.\n");
  BOOST_TEST(host.refused("PATCH", one, R"([{"op":"replace","path":"","value":{}}])", "application/json-patch+json")
                 .starts_with("[missing]messenger "));
  BOOST_TEST(host.refused("PATCH", one, R"({"messenger":{"type":"Twilio"}})", "application/merge-patch+json")
                 .starts_with("[invalid]messenger.type The type of a messenger cannot be changed"));
  BOOST_TEST(host.refused("PATCH", one, "{}", "text/plain").starts_with("[InvalidContentType] "));
  BOOST_TEST(host.refused("PATCH", one, "{}", "").starts_with("[MissingContentType] "));
  BOOST_TEST(host.ok("GET", one) == before);
}

BOOST_AUTO_TEST_CASE(every_problem_comes_in_one_answer) {
  Host host;
  host.ok("POST", one, generic({{"name", "Taken"}}));
  BOOST_TEST(host.refused("POST", one,
                          R"({"messenger":{"name":"Taken","type":"Generic","debug":"yes","messageTypes":[1],"data":[],
                              "url":"nonsense","connectTimeout":0,"headers":{"A b":"x"},"spam":1},"more":1})") ==
             "[invalid]messenger.connectTimeout connectTimeout must be a whole number from 1 to 2147483647.\n"
             "[invalidJSON]messenger.data [data] must be an object.\n"
             "[invalidJSON]messenger.debug [debug] must be true or false.\n"
             "[invalid]messenger.headers.A b A header's name must be a token of RFC 9110.\n"
             "[invalidJSON]messenger.messageTypes [messageTypes] must be an array of strings.\n"
             "[duplicate]messenger.name A Messenger with name = [Taken] already exists.\n"
             "[missing]messenger.readTimeout readTimeout is required.\n"
             "[invalid]messenger.spam This messenger has no such field.\n"
             "[invalid]messenger.url url must start with http:// or https://.\n"
             "[duplicate]messengerId A Messenger with the Id [f49c3b86-91fe-48f7-ae46-d166eead0166] already exists.\n"
             "[invalid]more Beside [messenger] nothing is expected here.\n");
}

struct Refused {
  const char *body, *lines;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << row.body;
}

const std::array refused{
    Refused{"", "[invalidJSON] "},
    Refused{"{", "[invalidJSON] "},
    Refused{"[]", "[invalidJSON] The body must be a JSON object."},
    Refused{"{}", "[missing]messenger The document must have an object [messenger]."},
    Refused{R"({"messenger":null})", "[missing]messenger The document must have an object [messenger]."},
    Refused{R"({"messenger":{"type":"Generic","data":{"number":123456789012345678901234567890}}})",
            "[invalidJSON] The integer at line 1, column "},
    Refused{R"({"messenger":{"type":"Generic"}})",
            "[missing]messenger.connectTimeout connectTimeout is required.\n[blank]messenger.name You must specify "
            "[name].\n[missing]messenger.readTimeout readTimeout is required.\n[blank]messenger.url url is required."},
    Refused{R"({"messenger":7})", "[invalidJSON]messenger "},
    Refused{R"({"messenger":{"name":"a","name":"b"}})", "[duplicate]messenger.name "},
    Refused{R"({"messenger":{}})",
            "[blank]messenger.name You must specify [name].\n[blank]messenger.type You must specify [type]."},
    Refused{R"({"messenger":{"name":"n","type":7}})", "[invalidJSON]messenger.type "},
    Refused{R"({"messenger":{"name":"n","type":"Kafka"}})",
            "[invalid]messenger.type Expected the type field to be one of [Generic, Twilio], but found [Kafka]\n"},
    Refused{R"({"messenger":{"name":"n","type":"Twilio","url":"","accountSID":""}})",
            "[blank]messenger.accountSID accountSID must not be empty.\n[blank]messenger.url "},
    Refused{
        R"({"messenger":{"name":"n","type":"Generic","url":"http://10.0.0.1/","connectTimeout":1,"readTimeout":1}})",
        "[blocked]messenger.url "},
    Refused{R"({"messenger":{"name":"n","type":"Generic","url":"http://127.0.0.1/","connectTimeout":1,"readTimeout":1,
                "sslCertificate":"e31e242b-4eca-4309-921f-48cb72ec9bfb"}})",
            "[invalid]messenger.sslCertificate "},
    Refused{R"({"messenger":{"name":"n","type":"Generic","url":"http://127.0.0.1/","connectTimeout":1,"readTimeout":1,
                "sslCertificateId":"e31e242b-4eca-4309-921f-48cb72ec9bfb"}})",
            "[invalid]messenger.sslCertificateId "}};

BOOST_DATA_TEST_CASE(what_is_wrong_is_said, boost::unit_test::data::make(refused), row) {
  Host host;
  host.ok("POST", one, generic({{"name", "There"}}));
  const std::string created = host.refused("POST", "/api/messenger", row.body);
  BOOST_TEST(created.starts_with(row.lines), created);
  BOOST_TEST(!host.refused("PUT", one, row.body).empty());
  BOOST_TEST(names_of(host) == "There ");
}

BOOST_AUTO_TEST_CASE(the_body_must_be_said_to_be_json) {
  Host host;
  for (const char* method : {"POST", "PUT"}) {
    host.call("POST", one, generic());
    BOOST_TEST(host.refused(method, one, generic(), "").starts_with("[MissingContentType] "));
    BOOST_TEST(host.refused(method, one, generic(), "text/plain").starts_with("[InvalidContentType] "));
  }
}

BOOST_AUTO_TEST_CASE(a_name_may_be_kept_but_not_taken) {
  Host host;
  host.ok("POST", one, generic());
  const auto other = host.ok("POST", "/api/messenger", twilio());
  host.ok("PUT", one, generic());
  BOOST_TEST(host.refused("PUT", "/api/messenger/" + id_of(other), twilio({{"name", "Generic"}})) ==
             "[duplicate]messenger.name A Messenger with name = [Generic] already exists.\n");
}

BOOST_AUTO_TEST_CASE(the_type_stays) {
  Host host;
  host.ok("POST", one, generic());
  BOOST_TEST(host.refused("PUT", one, twilio()) ==
             "[invalid]messenger.type The type of a messenger cannot be changed; it is [Generic].\n");
  BOOST_TEST(names_of(host) == "Generic ");
}

BOOST_AUTO_TEST_CASE(a_deleted_messenger_is_gone_from_store_and_registry) {
  Host host;
  host.ok("POST", one, generic());
  BOOST_TEST(host.runtime().registry().messengers().size() == 1U);
  const auto deleted = host.call("DELETE", one);
  BOOST_TEST(deleted.status == 200U);
  BOOST_TEST(deleted.body.empty());
  BOOST_TEST(host.runtime().registry().messengers().empty());
  for (const char* method : {"GET", "PUT", "PATCH", "DELETE"}) {
    const auto response = host.call(method, one, generic());
    BOOST_TEST(response.status == 404U);
    BOOST_TEST(response.body.empty());
  }
}

BOOST_AUTO_TEST_CASE(one_that_a_tenant_uses_stays) {
  using namespace messenger::host;
  Host host;
  host.ok("POST", one, generic());
  const NewDocument tenant{"0a0a0a0a-0000-0000-0000-000000000001", "{}", {"t"}, {{Kind::messenger, id}}};
  host.store().transact([&](Transaction& transaction) { transaction.documents.put(Kind::tenant, tenant); });
  BOOST_TEST(host.refused("DELETE", one) ==
             "[inUse]messengerId The messenger is used by the tenant [0a0a0a0a-0000-0000-0000-000000000001].\n");
  BOOST_TEST(names_of(host) == "Generic ");
  BOOST_TEST(host.runtime().registry().messengers().size() == 1U);
  host.store().transact([&](Transaction& transaction) { transaction.documents.erase(Kind::tenant, tenant.id); });
  BOOST_TEST(host.call("DELETE", one).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_key_that_a_messenger_names_is_in_use) {
  using namespace messenger::host;
  HostWithKey host;
  host.ok("POST", one, generic({{"sslCertificateId", "E31E242B-4eca-4309-921f-48cb72ec9bfb"}}));
  const auto users = host.store().with([&](Transaction& transaction) {
    return transaction.documents.users_of(Kind::key, "e31e242b-4eca-4309-921f-48cb72ec9bfb");
  });
  BOOST_TEST_REQUIRE(users.size() == 1U);
  BOOST_TEST(users[0].id == id);
}

BOOST_AUTO_TEST_CASE(bad_ids_methods_and_keys_are_refused_before_the_handler) {
  Host host;
  BOOST_TEST(host.refused("GET", "/api/messenger/1").starts_with("[couldNotConvert]messengerId "));
  BOOST_TEST(host.call("GET", one, {}, {}, "bad").status == 401U);
  BOOST_TEST(host.call("DELETE", "/api/messenger").status == 405U);
}
