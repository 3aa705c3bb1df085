#include "simulator/fault.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "simulator/object_reader.hpp"

namespace messenger::simulator {
namespace {

constexpr std::int64_t max_milliseconds = 600'000;
constexpr std::int64_t max_bytes = 1 << 20;

bool is_token(std::string_view text) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

bool is_header_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7F'; });
}

std::vector<std::pair<std::string, std::string>> parse_headers(const boost::json::value& source) {
  std::vector<std::pair<std::string, std::string>> headers;
  ObjectReader reader{source, "fault.headers"};
  for (const auto& entry : source.get_object()) {
    std::string name{entry.key()};
    std::string value = *reader.text(name);
    if (!is_token(name) || !is_header_value(value)) reader.fail(name + " cannot be sent as a header");
    headers.emplace_back(std::move(name), std::move(value));
  }
  return headers;
}

void refuse_body_without_place(const ObjectReader& reader, const CannedAnswer& answer) {
  if ((answer.status == 204 || answer.status == 304) && !answer.body.empty()) {
    reader.fail("body cannot go with status 204 or 304");
  }
}

CannedAnswer parse_status(ObjectReader& reader, std::int64_t status) {
  CannedAnswer answer;
  answer.status = static_cast<unsigned>(status);
  if (const auto* headers = reader.member("headers")) answer.headers = parse_headers(*headers);
  answer.content_type = reader.text("contentType").value_or("application/json");
  answer.body = reader.text("body").value_or("");
  if (!is_header_value(answer.content_type)) reader.fail("contentType cannot be sent as a header");
  refuse_body_without_place(reader, answer);
  return answer;
}

CannedAnswer html_page(std::int64_t status) {
  const std::string title = "Error " + std::to_string(status);
  CannedAnswer answer;
  answer.status = static_cast<unsigned>(status);
  answer.content_type = "text/html";
  answer.body = "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n";
  return answer;
}

std::optional<CannedAnswer> parse_answer(ObjectReader& reader) {
  const auto status = reader.integer("status", 200, 599);
  const auto html = reader.integer("html", 400, 599);
  if (status && html) reader.fail("status and html exclude each other");
  if (html) return html_page(*html);
  if (status) return parse_status(reader, *status);
  for (const auto* name : {"headers", "contentType", "body"}) {
    if (reader.member(name) != nullptr) reader.fail(std::string{name} + " needs status");
  }
  return std::nullopt;
}

Drip parse_drip(const boost::json::value& source) {
  ObjectReader reader{source, "fault.drip"};
  const Drip drip{std::chrono::milliseconds{reader.integer("intervalMs", 0, max_milliseconds).value_or(50)},
                  static_cast<std::size_t>(reader.integer("bytes", 1, max_bytes).value_or(1))};
  reader.finish();
  return drip;
}

Reset parse_reset(const ObjectReader& reader, std::string_view point) {
  if (point == "accept") return {ResetPoint::accept};
  if (point == "before") return {ResetPoint::before};
  if (point == "after") return {ResetPoint::after};
  reader.fail(R"(reset must be "accept", "before" or "after")");
}

Close parse_close(const ObjectReader& reader, std::string_view point) {
  if (point == "after") return {};
  reader.fail(R"(close must be "after")");
}

Delivery parse_delivery(ObjectReader& reader) {
  std::vector<Delivery> asked;
  if (reader.flag("silence")) asked.emplace_back(Silence{});
  if (reader.flag("garbage")) asked.emplace_back(Garbage{});
  if (const auto* drip = reader.member("drip")) asked.emplace_back(parse_drip(*drip));
  if (const auto point = reader.text("reset")) asked.emplace_back(parse_reset(reader, *point));
  if (const auto point = reader.text("close")) asked.emplace_back(parse_close(reader, *point));
  if (const auto bytes = reader.integer("truncate", 0, max_bytes)) {
    asked.emplace_back(Truncate{static_cast<std::size_t>(*bytes)});
  }
  if (asked.size() > 1) reader.fail("only one of silence, garbage, drip, reset, close and truncate");
  return asked.empty() ? Delivery{} : asked.front();
}

bool sends_an_answer(const Delivery& delivery) {
  return std::holds_alternative<Whole>(delivery) || std::holds_alternative<Drip>(delivery) ||
         std::holds_alternative<Truncate>(delivery);
}

}  // namespace

bool Fault::processes() const {
  const bool unread = resets(ResetPoint::before) || resets(ResetPoint::accept);
  const bool ignored = std::holds_alternative<Silence>(delivery) || std::holds_alternative<Garbage>(delivery);
  return !answer && !unread && !ignored;
}

bool Fault::resets(ResetPoint point) const {
  const auto* reset = std::get_if<Reset>(&delivery);
  return reset != nullptr && reset->point == point;
}

Fault parse_fault(const boost::json::value& source) {
  ObjectReader reader{source, "fault"};
  Fault fault;
  fault.delay = std::chrono::milliseconds{reader.integer("delayMs", 0, max_milliseconds).value_or(0)};
  fault.answer = parse_answer(reader);
  fault.delivery = parse_delivery(reader);
  fault.source = source;
  reader.finish();
  if (source.get_object().empty()) reader.fail("is empty");
  if (fault.resets(ResetPoint::accept) && fault.delay.count() > 0) reader.fail("reset on accept cannot be delayed");
  if (fault.answer && !sends_an_answer(fault.delivery)) reader.fail("status or html with a fault that sends no answer");
  return fault;
}

}  // namespace messenger::simulator
