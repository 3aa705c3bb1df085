// SPDX-License-Identifier: Apache-2.0
// Receipts: what the plugin gets of a callback, and what the host gets of its reading.
#include <boost/test/unit_test.hpp>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Reading;
using loader::Receipt;
using loader::Status;

namespace {

msgr_str str(std::string_view value) {
  return {value.data(), value.size()};
}

std::string text(msgr_str value) {
  return std::string(value.ptr, value.len);
}

Reading read(Stage& stage, std::vector<Receipt>& receipts) {
  const loader::Attribute headers[] = {{"X-Signature", "abc"}};
  return stage.registry.read_receipt(
      "m", {.url = "https://host.example/receipt?x=1", .body = "MessageSid=SM1", .headers = headers}, receipts);
}

void tell(msgr_receipt_fn told, void* ctx, std::uint32_t status, std::string_view id) {
  const msgr_receipt receipt{sizeof(receipt), status, str(id), str("delivered"), {nullptr, 0}};
  told(ctx, &receipt);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_callback_goes_in_whole_and_its_events_come_out) {
  Stage stage;
  std::string seen;
  stage.strings.on_read = [&](const msgr_callback* callback, msgr_receipt_fn told, void* ctx) {
    seen = text(callback->method) + " " + text(callback->url) + " " + text(callback->body) + " " +
           text(callback->headers[0].name) + ":" + text(callback->headers[0].value);
    tell(told, ctx, MSGR_STATUS_DELIVERED, "SM1");
    tell(told, ctx, 99, std::string(300, 'x') + "\xff");
    return std::uint32_t{MSGR_RECEIPT_READ};
  };
  std::vector<Receipt> receipts;
  BOOST_TEST((read(stage, receipts) == Reading::read));
  BOOST_TEST(seen == "POST https://host.example/receipt?x=1 MessageSid=SM1 X-Signature:abc");
  BOOST_REQUIRE_EQUAL(receipts.size(), 2u);
  BOOST_TEST((receipts[0].status == Status::delivered));
  BOOST_TEST(to_string(receipts[0].status) == "DELIVERED");
  BOOST_TEST(receipts[0].provider_id == "SM1");
  BOOST_TEST(receipts[0].provider_status == "delivered");
  BOOST_TEST(receipts[0].provider_code == "");
  BOOST_TEST((receipts[1].status == Status::other));
  BOOST_TEST(receipts[1].provider_id == std::string(256, 'x'));
}

BOOST_AUTO_TEST_CASE(what_is_not_genuine_tells_nothing) {
  Stage stage;
  std::uint32_t answer = MSGR_RECEIPT_FORGED;
  stage.strings.on_read = [&](const msgr_callback*, msgr_receipt_fn told, void* ctx) {
    tell(told, ctx, MSGR_STATUS_DELIVERED, "SM1");
    return answer;
  };
  std::vector<Receipt> receipts;
  BOOST_TEST((read(stage, receipts) == Reading::forged));
  answer = MSGR_RECEIPT_MALFORMED;
  BOOST_TEST((read(stage, receipts) == Reading::malformed));
  answer = 7;  // no such number
  BOOST_TEST((read(stage, receipts) == Reading::forged));
  stage.strings.on_read = [](const msgr_callback*, msgr_receipt_fn, void*) -> std::uint32_t {
    throw std::runtime_error("plugin");
  };
  BOOST_TEST((read(stage, receipts) == Reading::forged));
  BOOST_TEST(stage.registry.stats().plugin_exceptions == 1u);
  BOOST_TEST(receipts.empty());
}

BOOST_AUTO_TEST_CASE(who_reads_no_receipts_or_is_not_there_takes_none) {
  Stage stage("Echo");
  std::vector<Receipt> receipts;
  BOOST_TEST((read(stage, receipts) == Reading::forged));
  stage.registry.remove("m");
  BOOST_TEST((read(stage, receipts) == Reading::forged));
}

BOOST_AUTO_TEST_CASE(a_flood_of_events_is_cut) {
  Stage stage;
  stage.strings.on_read = [](const msgr_callback*, msgr_receipt_fn told, void* ctx) {
    for (int i = 0; i != 5000; ++i) tell(told, ctx, MSGR_STATUS_SENT, "SM1");
    told(ctx, nullptr);
    return std::uint32_t{MSGR_RECEIPT_READ};
  };
  std::vector<Receipt> receipts;
  BOOST_TEST((read(stage, receipts) == Reading::read));
  BOOST_TEST(receipts.size() == 1000u);
}
