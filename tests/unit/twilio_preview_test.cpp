// SPDX-License-Identifier: Apache-2.0
// How a text would be sent, and for how much.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "twilio/decimal.hpp"
#include "twilio/preview.hpp"

using namespace messenger::twilio;

namespace {

boost::json::array warnings(std::string_view body) {
  return preview_of(body).at("warnings").as_array();
}

boost::json::object country() {
  return boost::json::parse(R"({"country": "Germany", "iso_country": "DE", "price_unit": "USD", "outbound_sms_prices": [
      {"carrier": "A", "mcc": "262", "mnc": "01", "prices": [
        {"base_price": "0.9", "current_price": "0.0750", "number_type": "mobile"},
        {"base_price": "0.9", "current_price": "0.08", "number_type": "shortcode"}]},
      {"carrier": "B", "mcc": "901", "mnc": "70", "prices": [
        {"base_price": "0.9", "current_price": "0.1", "number_type": "mobile"}]}]})")
      .as_object();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_text_of_gsm7_has_no_warning) {
  const auto preview = preview_of("Your code is 123456 {ok}");
  BOOST_TEST(preview.at("encoding").as_string() == "GSM-7");
  BOOST_TEST(preview.at("parts").to_number<int>() == 1);
  BOOST_TEST(preview.at("units").to_number<int>() == 26);
  BOOST_TEST(preview.at("remaining").to_number<int>() == 134);
  BOOST_TEST(preview.at("characters").to_number<int>() == 24);
  BOOST_TEST(preview.at("warnings").as_array().empty());
}

BOOST_AUTO_TEST_CASE(what_forces_ucs2_is_named_by_its_code_points) {
  const auto found = warnings("\u0416\U0001F600\t");
  BOOST_TEST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].as_string() ==
             "The text needs UCS-2, which has fewer characters a part, because of U+0416, U+1F600, U+0009.");
}

BOOST_AUTO_TEST_CASE(smart_encoding_is_proposed_where_it_makes_gsm7_of_a_text) {
  const auto found = warnings(std::string(100, 'a') + "\u2019");
  BOOST_TEST_REQUIRE(found.size() == 2U);
  BOOST_TEST(found[1].as_string() == "Smart encoding would send it in 1 part in place of 2.");
}

BOOST_AUTO_TEST_CASE(a_text_that_twilio_refuses_has_a_warning) {
  BOOST_TEST(warnings("").size() == 1U);
  BOOST_TEST(warnings(std::string(1600, 'a')).empty());
  const auto found = warnings(std::string(1601, 'a'));
  BOOST_TEST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].as_string() == "The text has 1601 characters; Twilio takes at most 1600.");
}

BOOST_AUTO_TEST_CASE(the_dearest_current_price_counts) {
  const auto price = part_price(country());
  BOOST_TEST_REQUIRE(price.has_value());
  BOOST_TEST(price->amount == "0.1");
  BOOST_TEST(price->currency == "USD");
  BOOST_TEST(!part_price({}));
  BOOST_TEST(!part_price({{"outbound_sms_prices", {1, nullptr, {{"prices", {2, {{"current_price", 3}}}}}}}}));
}

BOOST_AUTO_TEST_CASE(the_price_of_all_parts_is_exact) {
  auto preview = preview_of(std::string(320, 'a'));  // 3 parts
  BOOST_TEST(add_price(preview, {"0.0079", "USD"}));
  BOOST_TEST(preview.at("price").as_string() == "0.0237");
  BOOST_TEST(preview.at("currency").as_string() == "USD");
  BOOST_TEST(!add_price(preview, {"cheap", "USD"}));
}

BOOST_AUTO_TEST_CASE(a_decimal_number_is_read_as_it_is_written_or_not_at_all) {
  BOOST_TEST(times(*parse_decimal("12.50"), 2).value() == "25.00");
  BOOST_TEST(times(*parse_decimal("7"), 3).value() == "21");
  BOOST_TEST(times(*parse_decimal("0.000000"), 3).value() == "0.000000");
  for (const char* text : {"", ".", ".5", "5.", "1.2.3", "-1", "1e3", " 1", "1,5", "1234567890"}) {
    BOOST_TEST(!parse_decimal(text).has_value(), text);
  }
  BOOST_TEST(less(*parse_decimal("0.0799"), *parse_decimal("0.08")));
  BOOST_TEST(!less(*parse_decimal("0.080"), *parse_decimal("0.08")));
  BOOST_TEST(!less(*parse_decimal("1"), *parse_decimal("0.999")));
}
