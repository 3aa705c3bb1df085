// SPDX-License-Identifier: Apache-2.0
// Where a message stands, by receipts that come twice and in any order; how many are taken; where they are to go.
#include "delivery/message_state.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <numeric>

#include "database.hpp"
#include "delivery/receipt_book.hpp"
#include "delivery/receipt_gate.hpp"
#include "delivery/receipt_url.hpp"

using namespace messenger::host;
using namespace messenger::test;
using messenger::loader::Receipt;
using messenger::loader::Status;
using namespace std::chrono_literals;

namespace {

Receipt receipt(Status status, std::string word, std::string code = {}) {
  return {status, "SM1", std::move(word), std::move(code)};
}

const std::vector<Receipt> life{receipt(Status::accepted, "accepted"), receipt(Status::queued, "queued"),
                                receipt(Status::sending, "sending"), receipt(Status::sent, "sent"),
                                receipt(Status::delivered, "delivered")};

struct Book : OpenStore {
  ReceiptBook book{store};

  bool take(const Receipt& one) {
    return store.with([&](Transaction& transaction) { return book.take_in(transaction, "m", one, "").has_value(); });
  }
  bool note_sent(const std::string& provider_id, const std::string& message_id) {
    return store.with([&](Transaction& transaction) {
      return book.note_sent(transaction, {"m", provider_id}, message_id);
    });
  }
  std::string shown(const std::string& provider_id = "SM1") {
    const auto found = book.find("m", provider_id);
    return found ? std::string(found->at("status").as_string()) + (found->contains("messageId") ? " of ours" : "")
                 : "nothing";
  }
};

const ReceiptGate::Clock::time_point start = ReceiptGate::Clock::time_point{} + 1h;

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_the_order_and_however_often_a_delivered_message_is_delivered) {
  std::vector<std::size_t> order(life.size());
  std::iota(order.begin(), order.end(), 0U);
  do {
    MessageState state;
    for (const std::size_t at : order) {
      take_in(state, life[at]);
      BOOST_TEST(!take_in(state, life[at]));
    }
    BOOST_TEST((state.status == Status::delivered));
    BOOST_TEST(state.provider_status == "delivered");
  } while (std::next_permutation(order.begin(), order.end()));
}

BOOST_AUTO_TEST_CASE(the_first_end_stays_but_that_a_delivered_message_is_read) {
  for (const Status end : {Status::undelivered, Status::failed, Status::canceled, Status::delivered}) {
    MessageState state;
    BOOST_TEST(take_in(state, receipt(end, "end", "30003")));
    BOOST_TEST(is_final(state.status));
    for (const Status later : {Status::sent, Status::failed, Status::undelivered, Status::canceled, Status::other}) {
      BOOST_TEST(!take_in(state, receipt(later, "later", "30004")));
    }
    BOOST_TEST(take_in(state, receipt(Status::read, "read")) == (end == Status::delivered));
  }
}

BOOST_AUTO_TEST_CASE(an_error_code_that_comes_later_is_added) {
  MessageState state;
  take_in(state, receipt(Status::undelivered, "undelivered"));
  BOOST_TEST(take_in(state, receipt(Status::undelivered, "undelivered", "30003")));
  BOOST_TEST(state.provider_code == "30003");
  BOOST_TEST(!take_in(state, receipt(Status::undelivered, "undelivered", "30004")));
}

BOOST_AUTO_TEST_CASE(a_word_that_nobody_knows_takes_nothing_back) {
  MessageState state;
  BOOST_TEST(take_in(state, receipt(Status::other, "teleported")));
  BOOST_TEST(take_in(state, receipt(Status::sent, "sent")));
  BOOST_TEST(!take_in(state, receipt(Status::other, "teleported")));
  BOOST_TEST((state.status == Status::sent));
}

BOOST_AUTO_TEST_CASE(a_state_is_kept_as_it_is) {
  for (std::uint32_t number = 0; number <= 11; ++number) {
    const MessageState state{"id", static_cast<Status>(number), "word", "30003"};
    BOOST_TEST(boost::json::serialize(to_json(state_of(to_json(state)))) == boost::json::serialize(to_json(state)));
    BOOST_TEST((state_of(to_json(state)).status == state.status));
  }
}

BOOST_FIXTURE_TEST_CASE(a_receipt_may_come_before_our_own_note, Book) {
  BOOST_TEST(shown() == "nothing");
  BOOST_TEST(take(receipt(Status::sent, "sent")));
  BOOST_TEST(shown() == "SENT");
  note_sent("SM1", "ours");
  BOOST_TEST(shown() == "SENT of ours");
  BOOST_TEST(take(receipt(Status::delivered, "delivered")));
  BOOST_TEST(!take(receipt(Status::sent, "sent")));
  BOOST_TEST(shown() == "DELIVERED of ours");
}

BOOST_FIXTURE_TEST_CASE(a_message_that_was_sent_is_accepted_until_its_provider_says_more, Book) {
  note_sent("SM2", "ours");
  BOOST_TEST(shown("SM2") == "ACCEPTED of ours");
  BOOST_TEST(!book.find("other", "SM2").has_value());
}

BOOST_FIXTURE_TEST_CASE(one_message_of_ours_never_takes_the_place_of_another, Book) {
  BOOST_TEST(note_sent("SM2", "ours"));
  BOOST_TEST(note_sent("SM2", "ours"));
  BOOST_TEST(!note_sent("SM2", "another"));
  BOOST_TEST(book.find("m", "SM2")->at("messageId").as_string() == "ours");
}

BOOST_FIXTURE_TEST_CASE(a_first_word_that_nobody_knows_leaves_a_message_accepted, Book) {
  note_sent("SM2", "ours");
  BOOST_TEST(take({Status::other, "SM2", "partially_delivered", "30003"}));
  BOOST_TEST(shown("SM2") == "ACCEPTED of ours");
  BOOST_TEST(book.find("m", "SM2")->at("providerStatus").as_string() == "partially_delivered");
  BOOST_TEST(book.find("m", "SM2")->at("providerCode").as_string() == "30003");
  BOOST_TEST(take({Status::other, "SM3", "partially_delivered", ""}));
  BOOST_TEST(shown("SM3") == "OTHER");
  note_sent("SM3", "ours");
  BOOST_TEST(shown("SM3") == "ACCEPTED of ours");
}

BOOST_FIXTURE_TEST_CASE(what_has_not_changed_for_long_is_forgotten, Book) {
  note_sent("SM2", "ours");
  store.transact([](Transaction& transaction) { transaction.receipts.sweep(now_ms() - 1'000'000); });
  BOOST_TEST(shown("SM2") == "ACCEPTED of ours");
  store.transact([](Transaction& transaction) { transaction.receipts.sweep(now_ms() + 1); });
  BOOST_TEST(shown("SM2") == "nothing");
}

BOOST_FIXTURE_TEST_CASE(what_a_provider_said_is_sealed_in_the_database, Book) {
  take(receipt(Status::other, "canary_word"));
  for (const char* suffix : {"", "-wal"}) {
    if (std::filesystem::exists(file + suffix)) {
      BOOST_TEST(!contains(contents(file + suffix), "canary_word"));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_genuine_does_not_use_up_what_is_the_providers) {
  ReceiptGate gate(2);  // and 20 at once
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(!gate.pass("m", false, start).has_value());
  }
  BOOST_TEST((gate.pass("m", false, start) == 500ms));
  BOOST_TEST(!gate.pass("m", true, start).has_value());
  BOOST_TEST(!gate.pass("other", false, start).has_value());
  BOOST_TEST((gate.pass("m", false, start + 400ms) == 100ms));
  BOOST_TEST(!gate.pass("m", false, start + 500ms).has_value());
  BOOST_TEST(gate.pass("m", false, start + 500ms).has_value());
}

BOOST_AUTO_TEST_CASE(refused_receipts_are_counted_by_messenger_and_reason_until_they_are_told_of) {
  ReceiptGate gate(100);
  BOOST_TEST(gate.refuse("m", Refusal::forged));
  for (int i = 0; i < 7; ++i) {
    BOOST_TEST(!gate.refuse("m", Refusal::forged));
  }
  BOOST_TEST(gate.refuse("m", Refusal::malformed));
  BOOST_TEST(gate.refuse("other", Refusal::forged));
  BOOST_TEST(gate.rest("m", Refusal::forged) == 7U);
  BOOST_TEST(!gate.refuse("m", Refusal::forged));
  const auto all = gate.rest();
  BOOST_TEST_REQUIRE(all.size() == 1U);
  BOOST_TEST(all[0].messenger_id == "m");
  BOOST_TEST((all[0].why == Refusal::forged));
  BOOST_TEST(all[0].count == 1U);
  BOOST_TEST(gate.rest("m", Refusal::forged) == 0U);
  BOOST_TEST(gate.refuse("m", Refusal::forged));
}

BOOST_AUTO_TEST_CASE(the_public_url_may_have_a_path_and_nothing_behind_it) {
  BOOST_TEST(receipt_url(checked_public_url("https://h.example/sms//"), "1") ==
             "https://h.example/sms/api/messenger/1/receipt");
  BOOST_TEST(receipt_url(checked_public_url(""), "1") == "");
  for (const char* bad :
       {"h.example", "ftp://h", "https://", "https://u:p@h/", "https://h/?a", "https://h/#a", "https://h/ a"}) {
    BOOST_CHECK_THROW(checked_public_url(bad), std::invalid_argument);
  }
}
