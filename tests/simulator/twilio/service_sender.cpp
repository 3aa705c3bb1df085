#include "simulator/twilio/service_sender.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "simulator/text.hpp"
#include "simulator/twilio/address.hpp"
#include "simulator/twilio/sender_pool.hpp"
#include "simulator/twilio/service.hpp"
#include "simulator/twilio/short_code.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;
using Problem = std::optional<Error>;

constexpr std::size_t max_senders = 400;

const Error duplicate{21710, "Phone Number, Short Code or Alpha Sender is already in the Messaging Service.",
                      http::status::conflict};
const Error in_another{21712, "Phone Number or Short Code is associated with another Messaging Service.",
                       http::status::conflict};
const Error pool_full{21714, "The Messaging Service's Number Pool size limit is reached."};

Record& service_of(ApiCall& call) {
  return *find_service(call.world.store, call.account, call.names.front());
}

Problem check_room(ApiCall& call) {
  return count_senders(call.world.store, service_of(call)) < max_senders ? Problem{} : pool_full;
}

/// Whether a service of the account has this sender.
bool is_taken(ApiCall& call, std::string_view list, std::string_view sid) {
  const Store& store = call.world.store;
  return std::ranges::any_of(store.all(call.account, services.list), [&](const auto& entry) {
    return call.world.store.find(call.account, entry.second.path() + std::string{list}, sid) != nullptr;
  });
}

/// Makes the fresh record the one with that SID, which can be in one service only.
Problem join(ApiCall& call, Record& fresh, const std::string& sid) {
  const std::string list = fresh.collection.substr(fresh.collection.rfind('/'));
  if (call.world.store.find(call.account, fresh.collection, sid) != nullptr) return duplicate;
  if (is_taken(call, list, sid)) return in_another;
  fresh.sid = sid;
  fresh.shown["sid"] = sid;
  return check_room(call);
}

Error no_such(std::string_view parameter) {
  return {20404, "The requested " + std::string{parameter} + " was not found", http::status::not_found};
}

bool is_unknown(std::string_view sid) {
  return sid.substr(2) == std::string(32, '0');
}

/// A number that always belongs to the same SID: +1555 and seven digits.
std::string number_of(std::string_view sid) {
  std::uint64_t value = 0;
  for (const char c : sid.substr(2)) value = (value * 16 + *hex_digit(c)) % 10'000'000;
  std::string digits = std::to_string(value);
  return "+1555" + std::string(7 - digits.size(), '0') + digits;
}

std::string sid_in(const ApiCall& call, std::string_view parameter, std::string_view prefix) {
  const std::string_view sid = call.form.get(parameter);
  return is_sid(sid, prefix) && !is_unknown(sid) ? std::string{sid} : std::string{};
}

Problem admit_number(ApiCall& call, Record& fresh) {
  const std::string sid = sid_in(call, "PhoneNumberSid", "PN");
  if (sid.empty()) return no_such("PhoneNumberSid");
  fresh.shown.erase("phone_number_sid");
  fresh.shown["service_sid"] = call.names.front();
  fresh.shown["phone_number"] = number_of(sid);
  fresh.shown["country_code"] = "US";
  fresh.shown["capabilities"] = json::array{"MMS", "SMS", "Voice"};
  return join(call, fresh, sid);
}

Problem admit_short_code(ApiCall& call, Record& fresh) {
  const std::string sid = sid_in(call, "ShortCodeSid", "SC");
  const Record* owned = find_short_code(call, sid);
  if (owned == nullptr) return no_such("ShortCodeSid");
  fresh.shown.erase("short_code_sid");
  fresh.shown["service_sid"] = call.names.front();
  fresh.shown["short_code"] = owned->shown.at("short_code");
  fresh.shown["country_code"] = "US";
  fresh.shown["capabilities"] = json::array{"SMS"};
  return join(call, fresh, sid);
}

Problem admit_channel(ApiCall& call, Record& fresh) {
  const std::string sid = sid_in(call, "Sid", "XE");
  if (sid.empty()) return no_such("Sid");
  fresh.shown["messaging_service_sid"] = call.names.front();
  fresh.shown["sender"] = "whatsapp:" + number_of(sid);
  fresh.shown["sender_type"] = "WhatsApp";
  fresh.shown["country_code"] = "US";
  return join(call, fresh, sid);
}

Problem check_alpha(ApiCall& call, Record& fresh) {
  if (!is_alphanumeric_sender(call.form.get("AlphaSender")))
    return Error{20001, "Invalid value for parameter AlphaSender"};
  fresh.shown["service_sid"] = call.names.front();
  fresh.shown["capabilities"] = json::array{"SMS"};
  return check_room(call);
}

// A service has one alpha sender at most.
Problem admit_alpha(ApiCall& call, Record& fresh) {
  if (auto problem = check_alpha(call, fresh)) return problem;
  const Store::Records& known = call.world.store.all(call.account, call.path);
  if (known.empty()) return std::nullopt;
  return known.begin()->second.shown.at("alpha_sender") == fresh.shown.at("alpha_sender") ? duplicate : pool_full;
}

// … and one destination alpha sender a country, an absent country standing for all others.
Problem admit_destination_alpha(ApiCall& call, Record& fresh) {
  const auto& known = call.world.store.all(call.account, call.path);
  const bool taken = std::ranges::any_of(known, [&](const auto& entry) {
    return entry.second.shown.at("iso_country_code") == fresh.shown.at("iso_country_code");
  });
  const std::string_view country = call.form.get("IsoCountryCode");
  const bool good = country.empty() ||
                    (country.size() == 2 && std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; }));
  if (!good) return Error{20001, "Invalid value for parameter IsoCountryCode"};
  return taken ? duplicate : check_alpha(call, fresh);
}

Problem release(ApiCall&, const Record* record) {
  if (record != nullptr) return std::nullopt;
  return Error{21711,
               "Phone Number, Short Code or Alpha Sender is not associated with the specified Messaging Service.",
               http::status::not_found};
}

bool accepts_country(const ApiCall& call, const Record& record) {
  const std::string_view country = call.query.get("IsoCountryCode");
  return country.empty() || record.shown.at("iso_country_code") == json::value(country);
}

constexpr std::array number_fields{Field{.parameter = "PhoneNumberSid", .required = true}};
constexpr std::array short_code_fields{Field{.parameter = "ShortCodeSid", .required = true}};
constexpr std::array channel_fields{Field{.parameter = "Sid", .required = true}};
constexpr std::array alpha_fields{Field{.parameter = "AlphaSender", .most = 11, .required = true}};
constexpr std::array destination_fields{Field{.parameter = "AlphaSender", .most = 11, .required = true},
                                        Field{.parameter = "IsoCountryCode"}};
constexpr std::array<std::string_view, 1> country_filter{"IsoCountryCode"};
constexpr Calls membership{.create = true, .remove = true};

}  // namespace

const Resource phone_numbers{.list = "/v1/Services/{MG}/PhoneNumbers",
                             .sid = "PN",
                             .key = "phone_numbers",
                             .style = Style::v1,
                             .calls = membership,
                             .fields = number_fields,
                             .admit = admit_number,
                             .release = release};

const Resource service_short_codes{.list = "/v1/Services/{MG}/ShortCodes",
                                   .sid = "SC",
                                   .key = "short_codes",
                                   .style = Style::v1,
                                   .calls = membership,
                                   .fields = short_code_fields,
                                   .admit = admit_short_code,
                                   .release = release};

const Resource alpha_senders{.list = "/v1/Services/{MG}/AlphaSenders",
                             .sid = "AI",
                             .key = "alpha_senders",
                             .style = Style::v1,
                             .calls = membership,
                             .fields = alpha_fields,
                             .admit = admit_alpha,
                             .release = release};

const Resource channel_senders{.list = "/v1/Services/{MG}/ChannelSenders",
                               .sid = "XE",
                               .key = "senders",
                               .style = Style::v1,
                               .calls = membership,
                               .fields = channel_fields,
                               .admit = admit_channel,
                               .release = release};

const Resource destination_alpha_senders{.list = "/v1/Services/{MG}/DestinationAlphaSenders",
                                         .sid = "AI",
                                         .key = "alpha_senders",
                                         .style = Style::v1,
                                         .calls = membership,
                                         .fields = destination_fields,
                                         .filters = country_filter,
                                         .admit = admit_destination_alpha,
                                         .release = release,
                                         .accepts = accepts_country};

}  // namespace messenger::simulator::twilio
