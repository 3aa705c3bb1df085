#include "simulator/twilio/short_code.hpp"

#include <array>
#include <string>

#include "simulator/twilio/crud.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::array fields{
    Field{.parameter = "FriendlyName", .most = 64},
    Field{.parameter = "ApiVersion",
          .kind = Kind::choice,
          .initial = R"("2010-04-01")",
          .choices = "2008-08-01|2010-04-01|"},
    Field{.parameter = "SmsUrl", .kind = Kind::url, .code = 21502},
    Field{.parameter = "SmsMethod", .kind = Kind::choice, .initial = R"("POST")", .choices = "GET|POST|"},
    Field{.parameter = "SmsFallbackUrl", .kind = Kind::url, .code = 21502},
    Field{.parameter = "SmsFallbackMethod", .kind = Kind::choice, .initial = R"("POST")", .choices = "GET|POST|"}};

std::string list_of(const ApiCall& call) {
  return "/2010-04-01/Accounts/" + call.account + "/SMS/ShortCodes";
}

void seed(ApiCall& call) {
  if (!call.world.store.all(call.account, list_of(call)).empty()) return;
  for (const char digit : {'1', '2', '3'}) {
    Record record = make_record(call, Style::v2010, list_of(call), "SC" + std::string(31, '0') + digit);
    set_initial(fields, record.shown);
    const std::string code = std::string{"1234"} + digit;
    record.shown["friendly_name"] = code;
    record.shown["short_code"] = code;
    call.world.store.add(std::move(record));
  }
}

bool accepts(const ApiCall& call, const Record& record) {
  const std::string_view name = call.query.get("FriendlyName");
  const std::string_view code = call.query.get("ShortCode");
  return (name.empty() || record.shown.at("friendly_name") == boost::json::value(name)) &&
         (code.empty() || record.shown.at("short_code") == boost::json::value(code));
}

constexpr std::array<std::string_view, 2> filters{"FriendlyName", "ShortCode"};

}  // namespace

const Resource short_codes{.list = "/2010-04-01/Accounts/{AC}/SMS/ShortCodes",
                           .sid = "SC",
                           .key = "short_codes",
                           .style = Style::v2010,
                           .calls = {.update = true},
                           .fields = fields,
                           .filters = filters,
                           .seed = seed,
                           .accepts = accepts};

const Record* find_short_code(ApiCall& call, std::string_view sid) {
  seed(call);
  return call.world.store.find(call.account, list_of(call), sid);
}

}  // namespace messenger::simulator::twilio
