#include "simulator/twilio/feedback.hpp"

#include <string>

#include "simulator/twilio/crud.hpp"
#include "simulator/twilio/message.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr Field outcome{.parameter = "Outcome", .kind = Kind::choice, .choices = "confirmed|unconfirmed|"};

Record& feedback_of(ApiCall& call, const Record& message) {
  Record* known = call.world.store.find(call.account, message.path(), "Feedback");
  if (known != nullptr) return *known;
  Record fresh = make_record(call, Style::v2010, message.path(), "Feedback");
  fresh.shown.erase("sid");
  fresh.shown["message_sid"] = message.sid;
  return call.world.store.add(std::move(fresh));
}

Response give_feedback(ApiCall& call) {
  if (const auto problem = check_field(outcome, call.form)) return error_response(*problem);
  const std::string list = "/2010-04-01/Accounts/" + call.account + "/Messages";
  const Record* message = call.world.store.find(call.account, list, call.names.at(1));
  if (message == nullptr) return not_found(call.path);
  const std::string_view said = call.form.get("Outcome");
  Record& record = feedback_of(call, *message);
  record.shown["outcome"] = said.empty() ? "confirmed" : said;
  touch(record, Style::v2010, call.now);
  return json_response(http::status::ok, record.shown);
}

}  // namespace

const Action feedback{"/2010-04-01/Accounts/{AC}/Messages/{SM|MM}/Feedback", http::verb::post, give_feedback};

}  // namespace messenger::simulator::twilio
