// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <thread>

#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

const std::string first = "00000000-0000-0000-0000-000000000001";
const std::string second = "00000000-0000-0000-0000-000000000002";
const std::string third = "00000000-0000-0000-0000-000000000003";

std::string ids(const std::vector<Document>& documents) {
  std::string text;
  for (const Document& document : documents) {
    text += document.id.back();
  }
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_was_put_is_found_by_id_and_by_every_name, OpenStore) {
  const auto kept = put(Kind::user, {first, R"({"email":"a"})", {"a", "b"}, {}});
  BOOST_TEST(kept.body == R"({"email":"a"})");
  BOOST_TEST(kept.insert_instant == kept.last_update_instant);
  store.transact([&](Transaction& transaction) {
    for (const auto& found :
         {transaction.documents.find(Kind::user, first), transaction.documents.find_by_name(Kind::user, "a"),
          transaction.documents.find_by_name(Kind::user, "b")}) {
      BOOST_TEST_REQUIRE(found.has_value());
      BOOST_TEST(found->id == first);
      BOOST_TEST(found->body == kept.body);
      BOOST_TEST(found->insert_instant == kept.insert_instant);
    }
    BOOST_TEST(!transaction.documents.find_by_name(Kind::user, "A"));
    BOOST_TEST(!transaction.documents.find_by_name(Kind::tenant, "a"));
    BOOST_TEST(!transaction.documents.find(Kind::tenant, first));
    BOOST_TEST(!transaction.documents.find(Kind::user, second));
  });
}

BOOST_FIXTURE_TEST_CASE(a_replaced_document_keeps_its_place_and_its_first_instant, OpenStore) {
  const auto kept = put(Kind::messenger, {first, "1", {"a"}, {}});
  put(Kind::messenger, {second, "2", {"b"}, {}});
  while (now_ms() == kept.insert_instant) {
    std::this_thread::yield();
  }
  const auto replaced = put(Kind::messenger, {first, "3", {"c"}, {}});
  BOOST_TEST(replaced.insert_instant == kept.insert_instant);
  BOOST_TEST(replaced.last_update_instant > kept.last_update_instant);
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(ids(transaction.documents.list(Kind::messenger)) == "12");
    BOOST_TEST(transaction.documents.find(Kind::messenger, first)->body == "3");
    BOOST_TEST(!transaction.documents.find_by_name(Kind::messenger, "a"));
    BOOST_TEST(transaction.documents.find_by_name(Kind::messenger, "c")->id == first);
  });
}

BOOST_FIXTURE_TEST_CASE(a_name_is_one_documents_alone_within_its_kind, OpenStore) {
  put(Kind::messenger, {first, "1", {"a"}, {}});
  const auto refused = refusal([&] { put(Kind::messenger, {second, "2", {"b", "a"}, {}}); });
  BOOST_TEST(refused == "Another messenger has this name.");
  put(Kind::message_template, {second, "2", {"a"}, {}});
  put(Kind::messenger, {first, "3", {"a", "a"}, {}});
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(!transaction.documents.find(Kind::messenger, second));
    BOOST_TEST(!transaction.documents.find_by_name(Kind::messenger, "b"));
  });
}

BOOST_FIXTURE_TEST_CASE(an_erased_document_leaves_its_name_and_what_it_used, OpenStore) {
  put(Kind::messenger, {first, "1", {"a"}, {{Kind::key, third}}});
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(transaction.documents.users_of(Kind::key, third).size() == 1U);
    BOOST_TEST(transaction.documents.erase(Kind::messenger, first));
    BOOST_TEST(!transaction.documents.erase(Kind::messenger, first));
    BOOST_TEST(transaction.documents.users_of(Kind::key, third).empty());
    transaction.documents.put(Kind::messenger, {second, "2", {"a"}, {}});
    BOOST_TEST(transaction.documents.find_by_name(Kind::messenger, "a")->id == second);
  });
}

BOOST_FIXTURE_TEST_CASE(who_uses_a_document_is_known_until_it_uses_another, OpenStore) {
  put(Kind::messenger, {first, "1", {}, {{Kind::key, third}, {Kind::key, third}}});
  put(Kind::tenant, {second, "2", {}, {{Kind::key, third}}});
  store.transact([&](Transaction& transaction) {
    const auto users = transaction.documents.users_of(Kind::key, third);
    BOOST_TEST_REQUIRE(users.size() == 2U);
    BOOST_TEST((users[0].kind == Kind::messenger && users[0].id == first));
    BOOST_TEST((users[1].kind == Kind::tenant && users[1].id == second));
    BOOST_TEST(transaction.documents.users_of(Kind::messenger, third).empty());
    transaction.documents.put(Kind::messenger, {first, "1", {}, {}});
    BOOST_TEST(transaction.documents.users_of(Kind::key, third).size() == 1U);
  });
}

BOOST_FIXTURE_TEST_CASE(the_list_is_in_order_of_insertion, OpenStore) {
  for (const auto& id : {third, first, second}) {
    put(Kind::tenant, {id, "{}", {}, {}});
  }
  BOOST_TEST(ids(store.with([](Transaction& transaction) { return transaction.documents.list(Kind::tenant); })) ==
             "312");
  BOOST_TEST(store.with([](Transaction& transaction) { return transaction.documents.list(Kind::user); }).empty());
}

BOOST_FIXTURE_TEST_CASE(a_unit_that_throws_is_undone_as_a_whole, OpenStore) {
  const auto fails = [&] {
    store.transact([&](Transaction& transaction) {
      transaction.documents.put(Kind::user, {first, "1", {"a"}, {}});
      transaction.events.add(EventType::error, "e");
      throw std::domain_error("the caller's own");
    });
  };
  BOOST_CHECK_THROW(fails(), std::domain_error);
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(!transaction.documents.find(Kind::user, first));
    BOOST_TEST(transaction.events.search({}).total == 0);
  });
}

BOOST_FIXTURE_TEST_CASE(any_text_is_kept_as_it_is, OpenStore) {
  const std::string text("quote ' \" ; -- \0 \xc3\xa9 \x01 :id", 22);
  put(Kind::user, {first, text, {text}, {}});
  store.transact([&](Transaction& transaction) {
    BOOST_TEST(transaction.documents.find(Kind::user, first)->body == text);
    BOOST_TEST(transaction.documents.find_by_name(Kind::user, text)->id == first);
    BOOST_TEST(!transaction.documents.find(Kind::user, text));
  });
  put(Kind::user, {first, std::string(1'000'000, 'x'), {}, {}});
  BOOST_TEST(
      store.with([](Transaction& transaction) { return transaction.documents.find(Kind::user, first); })->body.size() ==
      1'000'000U);
}
