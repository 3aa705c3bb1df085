#include "simulator/twilio/account.hpp"

#include <array>
#include <string>

#include "simulator/twilio/crud.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::string_view accounts_path = "/2010-04-01/Accounts";

void seed(ApiCall& call) {
  if (call.world.store.find(call.account, accounts_path, call.account) != nullptr) return;
  Record record = make_record(call, Style::v2010, std::string{accounts_path}, call.account);
  record.shown.erase("account_sid");
  record.shown["friendly_name"] = "Simulated account";
  record.shown["owner_account_sid"] = call.account;
  record.shown["status"] = "active";
  record.shown["type"] = "Full";
  record.shown["subresource_uris"] = {{"messages", record.path() + "/Messages.json"},
                                      {"sms_short_codes", record.path() + "/SMS/ShortCodes.json"}};
  call.world.store.add(std::move(record));
}

bool is_asked_for(const ApiCall& call, const Record& record, std::string_view filter, std::string_view member) {
  const std::string_view asked = call.query.get(filter);
  return asked.empty() || record.shown.at(member).as_string() == asked;
}

bool accepts(const ApiCall& call, const Record& record) {
  return is_asked_for(call, record, "FriendlyName", "friendly_name") && is_asked_for(call, record, "Status", "status");
}

void dress(const ApiCall& call, const Record& record, boost::json::object& shown) {
  shown["auth_token"] = call.world.accounts.token_of(record.sid);
}

constexpr std::array<std::string_view, 2> filters{"FriendlyName", "Status"};

}  // namespace

const Resource account{.list = accounts_path,
                       .sid = "AC",
                       .key = "accounts",
                       .style = Style::v2010,
                       .filters = filters,
                       .seed = seed,
                       .accepts = accepts,
                       .dress = dress};

}  // namespace messenger::simulator::twilio
