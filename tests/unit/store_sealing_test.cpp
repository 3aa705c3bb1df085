// SPDX-License-Identifier: Apache-2.0
// What stands in the database's files, and what happens to one who changes it.
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <boost/test/unit_test.hpp>

#include "database.hpp"
#include "store/sealing.hpp"
#include "store/sql.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

const std::string first = "00000000-0000-0000-0000-000000000001";
const std::string second = "00000000-0000-0000-0000-000000000002";

SecretKey key_of(unsigned char byte) {
  SecretKey key;
  key.data()[0] = byte;
  return key;
}

// Whoever has the file, without the key.
struct Intruder : OpenStore {
  soci::session session{soci::sqlite3, "dbname=\"" + file + "\" timeout=10"};
};

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_sealed_opens_with_the_same_key_in_the_same_place_only) {
  const Sealing sealing(key_of(1));
  const std::string text("a secret\0text", 13);
  const auto sealed = sealing.seal("user/1", text);
  BOOST_TEST(sealing.open("user/1", sealed) == text);
  BOOST_TEST(Sealing(key_of(1)).open("user/1", sealed) == text);
  BOOST_TEST(sealing.open("user/1", sealing.seal("user/1", "")) == "");
  BOOST_TEST(!refusal([&] { sealing.open("user/2", sealed); }).empty());
  BOOST_TEST(!refusal([&] { Sealing(key_of(2)).open("user/1", sealed); }).empty());
  BOOST_TEST(sealing.seal("user/1", text) != sealed);
}

BOOST_AUTO_TEST_CASE(whatever_is_changed_does_not_open) {
  const Sealing sealing(key_of(1));
  const auto sealed = sealing.seal("user/1", "a secret");
  for (std::size_t i = 0; i != sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    BOOST_TEST(!refusal([&] { sealing.open("user/1", changed); }).empty(), i);
    BOOST_TEST(!refusal([&] { sealing.open("user/1", sealed.substr(0, i)); }).empty(), i);
  }
  BOOST_TEST(!refusal([&] { sealing.open("user/1", sealed + "AAAA"); }).empty());
}

BOOST_AUTO_TEST_CASE(a_digest_depends_on_key_purpose_and_text) {
  const Sealing sealing(key_of(1));
  const auto digest = sealing.digest("purpose", "text");
  BOOST_TEST(digest.size() == 64U);
  BOOST_TEST(digest.find_first_not_of("0123456789abcdef") == std::string::npos);
  BOOST_TEST(sealing.digest("purpose", "text") == digest);
  BOOST_TEST(sealing.digest("purpos", "etext") != digest);
  BOOST_TEST(sealing.digest("purpose", "Text") != digest);
  BOOST_TEST(Sealing(key_of(2)).digest("purpose", "text") != digest);
  BOOST_TEST(equal_digests(digest, sealing.digest("purpose", "text")));
  BOOST_TEST(!equal_digests(digest, digest.substr(1)));
  BOOST_TEST(!equal_digests(digest, sealing.digest("purpose", "Text")));
}

BOOST_FIXTURE_TEST_CASE(the_files_hold_no_body_name_challenge_or_code, OpenStore) {
  put(Kind::user, {first, R"({"canary-body":1})", {"canary-name"}, {}});
  store.transact([&](Transaction& transaction) {
    transaction.challenges.add({"canary-challenge", second, "canary-state", store.digest("code", "canary-code"),
                                now_ms() + 60'000, now_ms() + 60'000, 0});
    transaction.events.add(EventType::error, "in clear");
  });
  std::string kept;
  for (const auto& entry : std::filesystem::directory_iterator(directory.path(""))) {
    kept += contents(entry.path());
  }
  BOOST_TEST(contains(kept, "in clear"));  // the search works
  BOOST_TEST(contains(kept, first));
  BOOST_TEST(!contains(kept, "canary"));
  BOOST_TEST(store.digest("code", "canary-code") != store.digest("key", "canary-code"));
}

BOOST_FIXTURE_TEST_CASE(a_swapped_row_is_refused, Intruder) {
  put(Kind::user, {first, "of the first", {}, {}});
  put(Kind::user, {second, "of the second", {}, {}});
  execute(session, "UPDATE document SET body = (SELECT body FROM document WHERE id = '" + first + "') WHERE id = '" +
                       second + "'");
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(transaction.documents.find(Kind::user, first)->body == "of the first");
    BOOST_TEST(contains(refusal([&] { transaction.documents.find(Kind::user, second); }), "another row"));
  });
}

BOOST_FIXTURE_TEST_CASE(a_document_made_another_kind_is_refused, Intruder) {
  put(Kind::user, {first, "a user", {}, {}});
  execute(session, "UPDATE document SET kind = 'apiKey'");
  BOOST_TEST(!refusal([&] {
                store.transact([&](Transaction& transaction) { transaction.documents.list(Kind::api_key); });
              }).empty());
}

BOOST_FIXTURE_TEST_CASE(an_error_of_the_database_quotes_neither_the_statement_nor_its_values, Intruder) {
  execute(session, "DROP TABLE document_name");
  const auto named = refusal([&] { put(Kind::user, {first, "canary-body", {"canary-name"}, {}}); });
  execute(session, "DROP TABLE event");
  const auto logged = refusal([&] {
    store.transact([](Transaction& transaction) { transaction.events.add(EventType::error, "canary-message"); });
  });
  for (const auto& said : {named, logged}) {
    BOOST_TEST(contains(said, "no such table"), said);
    BOOST_TEST(!contains(said, "canary"), said);
    BOOST_TEST(!contains(said, first), said);
    BOOST_TEST(!contains(said, "DELETE"), said);
    BOOST_TEST(!contains(said, "INSERT"), said);
  }
}
