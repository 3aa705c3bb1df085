#include "simulator/twilio/callback.hpp"

#include <boost/asio/ip/address.hpp>

#include "simulator/form.hpp"
#include "simulator/twilio/field.hpp"
#include "simulator/twilio/signature.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string{value.get_string()};
  return value.is_null() ? std::string{} : json::serialize(value);
}

Parameters parameters_of(const Record& message) {
  const std::string status = text_of(message.shown.at("status"));
  Parameters parameters{{"ApiVersion", "2010-04-01"}, {"SmsSid", message.sid},         {"SmsStatus", status},
                        {"MessageSid", message.sid},  {"AccountSid", message.account}, {"MessageStatus", status}};
  const auto add = [&](const char* name, std::string_view member) {
    const std::string text = text_of(message.shown.at(member));
    if (!text.empty()) parameters.emplace_back(name, text);
  };
  add("From", "from");
  add("To", "to");
  add("MessagingServiceSid", "messaging_service_sid");
  add("ErrorCode", "error_code");
  return parameters;
}

std::string form_of(const Parameters& parameters) {
  std::string form;
  for (const auto& [name, value] : parameters) {
    form += (form.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return form;
}

std::string json_of(const Parameters& parameters) {
  json::object object;
  for (const auto& [name, value] : parameters) object[name] = value;
  return json::serialize(object);
}

/// The host and the port of an authority; brackets stay.
std::pair<std::string_view, std::string_view> split_authority(std::string_view authority) {
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  const bool has_port = colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  if (!has_port) return {authority, {}};
  return {authority.substr(0, colon), authority.substr(colon + 1)};
}

std::optional<std::string> loopback_address(std::string_view host) {
  if (host == "localhost") return "127.0.0.1";
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string{host}, error);
  if (error || !address.is_loopback()) return std::nullopt;
  return address.to_string();
}

std::optional<std::uint16_t> port_of(std::string_view text) {
  if (text.empty()) return 80;
  const auto number = whole_number(text);
  if (!number || *number < 1 || *number > 65'535) return std::nullopt;
  return static_cast<std::uint16_t>(*number);
}

}  // namespace

std::optional<LoopbackUrl> parse_loopback(std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) return std::nullopt;
  const std::string_view rest = url.substr(scheme.size());
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto [host, port_text] = split_authority(authority);
  const auto address = loopback_address(host);
  const auto port = port_of(port_text);
  if (!address || !port) return std::nullopt;
  std::string target{rest.substr(authority.size())};
  if (!target.starts_with('/')) target.insert(0, "/");
  return LoopbackUrl{*address, *port, target, std::string{authority}};
}

json::object Callback::to_json() const {
  json::object told{{"id", id},
                    {"messageSid", message},
                    {"status", status},
                    {"url", url},
                    {"contentType", content_type},
                    {"body", body},
                    {"signature", signature},
                    {"state", state},
                    {"attempts", attempts}};
  if (answer != 0) told["answer"] = answer;
  if (!reason.empty()) told["reason"] = reason;
  return told;
}

Callback make_callback(const Record& message, std::string_view url, std::string_view token, Shape shape) {
  const Parameters parameters = parameters_of(message);
  Callback callback;
  callback.message = message.sid;
  callback.status = text_of(message.shown.at("status"));
  callback.url = url.substr(0, url.find('#'));
  callback.content_type = shape.json ? "application/json" : "application/x-www-form-urlencoded";
  callback.body = shape.json ? json_of(parameters) : form_of(parameters);
  if (shape.json) {
    callback.url += callback.url.find('?') == std::string::npos ? '?' : '&';
    callback.url += "bodySHA256=" + sha256_hex(callback.body);
  }
  const std::string key = std::string{token} + (shape.forged ? " forged" : "");
  callback.signature = sign(key, callback.url, shape.json ? Parameters{} : parameters);
  return callback;
}

}  // namespace messenger::simulator::twilio
