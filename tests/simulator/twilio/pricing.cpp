#include "simulator/twilio/pricing.hpp"

#include <array>
#include <string>

#include "simulator/twilio/crud.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

struct Country {
  std::string_view iso;
  std::string_view name;
  std::string_view mcc;
  std::string_view carrier;
  std::string_view outbound;
  std::string_view inbound;
};

// From the last to the first in the alphabet, since lists show the newest record first.
constexpr std::array known{Country{"US", "United States", "310", "Verizon", "0.0079", "0.0079"},
                           Country{"NG", "Nigeria", "621", "MTN", "0.2963", "0.0075"},
                           Country{"GB", "United Kingdom", "234", "Vodafone", "0.0463", "0.0075"},
                           Country{"FR", "France", "208", "Orange", "0.0798", "0.0075"},
                           Country{"DE", "Germany", "262", "Telekom", "0.0885", "0.0075"},
                           Country{"CA", "Canada", "302", "Rogers", "0.0079", "0.0079"},
                           Country{"AU", "Australia", "505", "Telstra", "0.0515", "0.0075"}};

json::object price(std::string_view amount, std::string_view number_type) {
  return {{"base_price", amount}, {"current_price", amount}, {"number_type", number_type}};
}

void write_prices(const Country& country, json::object& shown) {
  json::array outbound;
  outbound.push_back({{"carrier", country.carrier},
                      {"mcc", country.mcc},
                      {"mnc", "01"},
                      {"prices", json::array{price(country.outbound, "mobile"), price(country.outbound, "local")}}});
  shown["outbound_sms_prices"] = std::move(outbound);
  shown["inbound_sms_prices"] = json::array{price(country.inbound, "local"), price(country.inbound, "shortcode")};
  shown["price_unit"] = "USD";
}

void seed(ApiCall& call) {
  if (!call.world.store.all(call.account, countries.list).empty()) return;
  for (const Country& country : known) {
    Record record = make_record(call, Style::v1, std::string{countries.list}, std::string{country.iso});
    record.shown = {{"country", country.name}, {"iso_country", country.iso}};
    write_prices(country, record.shown);
    call.world.store.add(std::move(record));
  }
}

// The list leads to the prices and has none.
void dress(const ApiCall& call, const Record&, json::object& shown) {
  if (call.path != countries.list) return;
  for (const char* member : {"outbound_sms_prices", "inbound_sms_prices", "price_unit"}) shown.erase(member);
}

}  // namespace

const Resource countries{.list = "/v1/Messaging/Countries",
                         .sid = "word",
                         .key = "countries",
                         .style = Style::v1,
                         .seed = seed,
                         .dress = dress};

}  // namespace messenger::simulator::twilio
