#include "simulator/twilio/message.hpp"

#include <array>
#include <cstdio>
#include <string>

#include "simulator/text.hpp"
#include "simulator/twilio/crud.hpp"
#include "simulator/twilio/day_filter.hpp"
#include "simulator/twilio/media.hpp"
#include "simulator/twilio/segments.hpp"
#include "simulator/twilio/status.hpp"
#include "simulator/twilio/validation.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

// Parentheses throughout: braces around one value would make an array of it.
json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value{} : json::value(text);
}

std::string_view text_of(const Record& message, std::string_view name) {
  const json::value& value = message.shown.at(name);
  return value.is_string() ? std::string_view{value.get_string()} : std::string_view{};
}

std::string_view first_status(const Form& form) {
  if (!form.get("SendAt").empty()) return "scheduled";
  return form.get("MessagingServiceSid").empty() ? "queued" : "accepted";
}

// What Twilio answers to malformed tags is not documented, so they are left out rather than refused.
void add_tags(const Form& form, json::object& shown) {
  json::error_code error;
  json::value tags = json::parse(form.get("Tags"), error);
  if (!error && tags.is_object()) shown["tags"] = std::move(tags);
}

void write_message(const ApiCall& call, Record& message) {
  const Form& form = call.form;
  const std::string_view status = first_status(form);
  json::object& shown = message.shown;
  shown["api_version"] = "2010-04-01";
  shown["body"] = form.get("Body");
  shown["date_sent"] = status == "scheduled" ? json::value{} : shown["date_created"];
  shown["direction"] = "outbound-api";
  shown["error_code"] = nullptr;
  shown["error_message"] = nullptr;
  shown["from"] = text_or_null(form.get("From"));
  shown["messaging_service_sid"] = text_or_null(form.get("MessagingServiceSid"));
  shown["num_media"] = std::to_string(form.all("MediaUrl").size());
  shown["num_segments"] = std::to_string(count_segments(decode_utf8(form.get("Body"))));
  shown["price"] = nullptr;
  shown["price_unit"] = nullptr;
  shown["status"] = status;
  shown["subresource_uris"] = {{"media", message.path() + "/Media.json"},
                               {"feedback", message.path() + "/Feedback.json"}};
  shown["to"] = form.get("To");
  add_tags(form, shown);
}

std::optional<Error> admit(ApiCall& call, Record& fresh) {
  if (auto problem = validate(call)) return problem;
  if (!call.world.rate.admit(call.account, call.now)) {
    return Error{20429, "Too Many Requests", http::status::too_many_requests};
  }
  const bool multimedia = !call.form.all("MediaUrl").empty() || call.form.get("SendAsMms") == "true";
  if (multimedia) fresh.sid.replace(0, 2, "MM");
  fresh.shown["sid"] = fresh.sid;
  fresh.shown["uri"] = fresh.path() + ".json";
  fresh.hidden["status_callback"] = call.form.get("StatusCallback");
  write_message(call, fresh);
  return std::nullopt;
}

void created(ApiCall& call, Record& message) {
  add_media(call, message);
  call.world.life.begin(message, parse_iso8601(std::string{call.form.get("SendAt")}), call.now);
}

std::optional<Error> change(ApiCall& call, Record& message) {
  const bool redacts = call.form.has("Body");
  const bool cancels = call.form.has("Status");
  if (redacts == cancels) return Error{30400, "Either an empty Body or Status=canceled is required, and not both."};
  if (redacts && !call.form.get("Body").empty()) return Error{30400, "Body must be empty to redact the message."};
  if (redacts) {
    message.shown["body"] = "";
    return std::nullopt;
  }
  if (call.form.get("Status") != "canceled") return Error{30400, "Status can only be set to canceled."};
  if (!is_cancelable(status_of(message))) {
    return Error{30409, "This message cannot be canceled.", http::status::conflict};
  }
  call.world.life.set_status(message, "canceled", 0, call.now);
  return std::nullopt;
}

std::optional<Error> release(ApiCall&, const Record* message) {
  if (message == nullptr || is_finished(status_of(*message))) return std::nullopt;
  return Error{20009, "Cannot delete this resource before it is complete.", http::status::conflict};
}

bool accepts(const ApiCall& call, const Record& message) {
  const std::string_view to = call.query.get("To");
  const std::string_view from = call.query.get("From");
  if (!to.empty() && to != recipient_of(message)) return false;
  if (!from.empty() && from != text_of(message, "from")) return false;
  const bool sent = status_of(message) != "scheduled";
  return accepts_day(call.query, "DateSent", sent ? std::optional{message.created} : std::nullopt);
}

constexpr std::array<std::string_view, 5> filters{"To", "From", "DateSent", "DateSent<", "DateSent>"};

std::string price_of(const Record& message) {
  const double segments = std::stod(std::string{text_of(message, "num_segments")});
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "-%.5f", 0.0075 * segments);
  return text.data();
}

}  // namespace

const Resource messages{.list = "/2010-04-01/Accounts/{AC}/Messages",
                        .sid = "SM|MM",
                        .key = "messages",
                        .style = Style::v2010,
                        .calls = {.create = true, .update = true, .remove = true},
                        .filters = filters,
                        .admit = admit,
                        .created = created,
                        .change = change,
                        .release = release,
                        .accepts = accepts};

std::string_view status_of(const Record& message) {
  return text_of(message, "status");
}

std::string_view recipient_of(const Record& message) {
  return text_of(message, "to");
}

std::string_view service_of(const Record& message) {
  return text_of(message, "messaging_service_sid");
}

void set_message_status(Record& message, std::string_view status, std::int64_t error, Instant now) {
  const bool leaves = status_of(message) == "scheduled" && status != "canceled";
  touch(message, Style::v2010, now);
  if (leaves) message.shown["date_sent"] = message.shown["date_updated"];
  message.shown["status"] = status;
  message.shown["error_code"] = error == 0 ? json::value{} : json::value(error);
  message.shown["error_message"] = error == 0 ? json::value{} : json::value(error_text(error));
  if ((status == "sent" || status == "delivered") && message.shown["price"].is_null()) {
    message.shown["price"] = price_of(message);
    message.shown["price_unit"] = "USD";
  }
}

}  // namespace messenger::simulator::twilio
