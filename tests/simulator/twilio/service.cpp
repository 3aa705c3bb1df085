#include "simulator/twilio/service.hpp"

#include <array>
#include <string>

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

constexpr std::string_view methods = "GET|POST|";
constexpr std::string_view uses = "notifications|marketing|verification|discussion|poll|undeclared|";

constexpr std::array fields{
    Field{.parameter = "FriendlyName", .most = 64, .required = true},
    Field{.parameter = "InboundRequestUrl", .kind = Kind::url},
    Field{.parameter = "InboundMethod", .kind = Kind::choice, .initial = R"("POST")", .choices = methods},
    Field{.parameter = "FallbackUrl", .kind = Kind::url},
    Field{.parameter = "FallbackMethod", .kind = Kind::choice, .initial = R"("POST")", .choices = methods},
    Field{.parameter = "StatusCallback", .kind = Kind::url},
    Field{.parameter = "StickySender", .kind = Kind::flag, .initial = "true"},
    Field{.parameter = "MmsConverter", .kind = Kind::flag, .initial = "true"},
    Field{.parameter = "SmartEncoding", .kind = Kind::flag, .initial = "true"},
    Field{.parameter = "ScanMessageContent",
          .kind = Kind::choice,
          .initial = R"("inherit")",
          .choices = "inherit|enable|disable|"},
    Field{.parameter = "FallbackToLongCode", .kind = Kind::flag, .initial = "true"},
    Field{.parameter = "AreaCodeGeomatch", .kind = Kind::flag, .initial = "true"},
    Field{.parameter = "ValidityPeriod", .kind = Kind::number, .initial = "36000", .most = 36'000, .least = 1},
    Field{.parameter = "SynchronousValidation", .kind = Kind::flag, .initial = "false"},
    Field{.parameter = "Usecase", .kind = Kind::choice, .initial = R"("undeclared")", .choices = uses},
    Field{.parameter = "UseInboundWebhookOnNumber", .kind = Kind::flag, .initial = "false"}};

std::optional<Error> admit(ApiCall&, Record& fresh) {
  fresh.shown["us_app_to_person_registered"] = false;
  return std::nullopt;
}

void dress(const ApiCall& call, const Record& record, json::object& shown) {
  const std::string url = call.host + record.path();
  shown["links"] = {{"phone_numbers", url + "/PhoneNumbers"},
                    {"short_codes", url + "/ShortCodes"},
                    {"alpha_senders", url + "/AlphaSenders"},
                    {"destination_alpha_senders", url + "/DestinationAlphaSenders"},
                    {"messages", url + "/Messages"}};
}

/// A line of what the account may declare.
struct Usecase {
  std::string_view name;
  std::string_view purpose;
  std::string_view description;
};

constexpr std::array known_usecases{
    Usecase{"notifications", "Notify my users", "Alerts on deliveries, reminders, orders, fraud or security"},
    Usecase{"marketing", "Market my services", "Offers and calls to action"},
    Usecase{"verification", "Verify users", "One-time passcodes and other second factors"},
    Usecase{"discussion", "Engage in a discussion", "Two-way conversations between people"},
    Usecase{"poll", "Poll my audience", "Surveys and votes"},
    Usecase{"undeclared", "Let me try things out", "No declared use"}};

Response list_usecases(ApiCall&) {
  json::array list;
  for (const Usecase& usecase : known_usecases) {
    list.push_back({{"usecase", usecase.name}, {"purpose", usecase.purpose}, {"description", usecase.description}});
  }
  return json_response(http::status::ok, {{"usecases", std::move(list)}});
}

}  // namespace

const Resource services{.list = "/v1/Services",
                        .sid = "MG",
                        .key = "services",
                        .style = Style::v1,
                        .calls = {.create = true, .update = true, .remove = true},
                        .fields = fields,
                        .admit = admit,
                        .dress = dress};

const Action usecases{"/v1/Services/Usecases", http::verb::get, list_usecases};

}  // namespace messenger::simulator::twilio
