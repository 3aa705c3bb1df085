#include "simulator/twilio/message.hpp"

#include <array>
#include <ctime>
#include <utility>

#include "simulator/text.hpp"
#include "simulator/twilio/segments.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

// Parentheses throughout: braces around one value would make an array of it.
json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value{} : json::value(text);
}

std::string rfc2822(std::chrono::system_clock::time_point when) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts);
  return {text.data(), size};
}

std::string first_status(const Form& form) {
  if (!form.get("SendAt").empty()) return "scheduled";
  return form.get("MessagingServiceSid").empty() ? "queued" : "accepted";
}

// What Twilio answers to malformed tags is not documented, so they are left out rather than refused.
json::value parse_tags(std::string_view text) {
  json::error_code error;
  json::value tags = json::parse(text, error);
  return !error && tags.is_object() ? tags : json::value{};
}

}  // namespace

Message make_message(std::string account, const Form& form) {
  const std::size_t media = form.all("MediaUrl").size();
  const bool multimedia = media > 0 || form.get("SendAsMms") == "true";
  return {.sid = random_sid(multimedia ? "MM" : "SM"),
          .account = std::move(account),
          .to = std::string{form.get("To")},
          .from = std::string{form.get("From")},
          .service = std::string{form.get("MessagingServiceSid")},
          .body = std::string{form.get("Body")},
          .status = first_status(form),
          .segments = count_segments(decode_utf8(form.get("Body"))),
          .media = media,
          .created = std::chrono::system_clock::now(),
          .tags = parse_tags(form.get("Tags"))};
}

bool is_sent(const Message& message) {
  return message.status != "scheduled";
}

json::object to_json(const Message& message) {
  const std::string path = "/2010-04-01/Accounts/" + message.account + "/Messages/" + message.sid;
  const std::string created = rfc2822(message.created);
  json::object object{{"account_sid", message.account},
                      {"api_version", "2010-04-01"},
                      {"body", message.body},
                      {"date_created", created},
                      {"date_sent", is_sent(message) ? json::value(created) : json::value{}},
                      {"date_updated", created},
                      {"direction", "outbound-api"},
                      {"error_code", nullptr},
                      {"error_message", nullptr},
                      {"from", text_or_null(message.from)},
                      {"messaging_service_sid", text_or_null(message.service)},
                      {"num_media", std::to_string(message.media)},
                      {"num_segments", std::to_string(message.segments)},
                      {"price", nullptr},
                      {"price_unit", nullptr},
                      {"sid", message.sid},
                      {"status", message.status},
                      {"subresource_uris", {{"media", path + "/Media.json"}}},
                      {"to", message.to},
                      {"uri", path + ".json"}};
  if (!message.tags.is_null()) object["tags"] = message.tags;
  return object;
}

}  // namespace messenger::simulator::twilio
