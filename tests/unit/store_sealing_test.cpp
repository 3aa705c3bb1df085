// SPDX-License-Identifier: Apache-2.0
// What stands in the database's files, and what happens to one who changes it.
#include <boost/test/unit_test.hpp>

#include "database.hpp"
#include "store/sealing.hpp"
#include "tamper.hpp"

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

// All that whoever has the database has, without the key.
std::string everything(const Database& database) {
  std::string kept;
  for (const auto& entry : std::filesystem::directory_iterator(database.directory.path(""))) {
    kept += contents(entry.path());
  }
  if (on_postgresql()) {
    behind(database.options(), [&](Connection& connection) {
      for (const auto& [table] : query<std::string>(
               connection, "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'")) {
        kept += std::get<0>(
            query<std::string>(connection, "SELECT COALESCE(string_agg(CAST(t AS TEXT), ' '), '') FROM " + table + " t")
                .at(0));
      }
    });
  }
  return kept;
}

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

BOOST_FIXTURE_TEST_CASE(the_database_holds_no_body_name_challenge_text_number_or_code, OpenStore) {
  put(Kind::user, {first, R"({"canary-body":1})", {"canary-name"}, {}});
  NewMessage message;
  message.id = second;
  message.route = "messenger/m";
  message.envelope = "canary-envelope";
  message.content = "canary-content";
  message.destination = "canary-number";
  message.idempotency_key = "canary-key";
  message.request_digest = "canary-request";
  store.transact([&](Transaction& transaction) {
    transaction.challenges.add({"canary-challenge", second, "canary-state", store.digest("code", "canary-code"),
                                now_ms() + 60'000, now_ms() + 60'000, 0});
    transaction.events.add(EventType::error, "in clear");
    transaction.outbox.add(message);
    transaction.outbox.lease("1||messenger/m", 1, 0, {"holder", 1});
    transaction.outbox.record({second, {0, MessageStage::queued, 1, "m", "RETRY", "r"}, 1, "p", "canary-progress"});
    transaction.receipts.put({"m", "p"}, "canary-receipt");
  });
  const auto kept = everything(*this);
  BOOST_TEST(contains(kept, "in clear"));  // the search works
  BOOST_TEST(contains(kept, first));
  BOOST_TEST(contains(kept, second));
  BOOST_TEST(!contains(kept, "canary"));
  BOOST_TEST(store.digest("code", "canary-code") != store.digest("key", "canary-code"));
}

BOOST_FIXTURE_TEST_CASE(a_swapped_row_is_refused, OpenStore) {
  put(Kind::user, {first, "of the first", {}, {}});
  put(Kind::user, {second, "of the second", {}, {}});
  tamper(options(), "UPDATE document SET body = (SELECT body FROM document WHERE id = '" + first + "') WHERE id = '" +
                        second + "'");
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(transaction.documents.find(Kind::user, first)->body == "of the first");
    BOOST_TEST(contains(refusal([&] { transaction.documents.find(Kind::user, second); }), "another row"));
  });
}

BOOST_FIXTURE_TEST_CASE(a_document_made_another_kind_is_refused, OpenStore) {
  put(Kind::user, {first, "a user", {}, {}});
  tamper(options(), "UPDATE document SET kind = 'apiKey'");
  BOOST_TEST(!refusal([&] {
                store.transact([&](Transaction& transaction) { transaction.documents.list(Kind::api_key); });
              }).empty());
}

BOOST_FIXTURE_TEST_CASE(an_error_of_the_database_quotes_neither_the_statement_nor_its_values, OpenStore) {
  tamper(options(), "DROP TABLE document_name");
  const auto named = refusal([&] { put(Kind::user, {first, "canary-body", {"canary-name"}, {}}); });
  tamper(options(), "DROP TABLE event");
  const auto logged = refusal([&] {
    store.transact([](Transaction& transaction) { transaction.events.add(EventType::error, "canary-message"); });
  });
  for (const auto& said : {named, logged}) {
    BOOST_TEST(contains(said, on_postgresql() ? "does not exist" : "no such table"), said);
    BOOST_TEST(!contains(said, "canary"), said);
    BOOST_TEST(!contains(said, first), said);
    BOOST_TEST(!contains(said, "DELETE"), said);
    BOOST_TEST(!contains(said, "INSERT"), said);
  }
}
