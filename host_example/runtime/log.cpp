// SPDX-License-Identifier: Apache-2.0
#include "runtime/log.hpp"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace messenger::host {

namespace json = boost::json;

namespace {

std::string_view name_of(loader::LogLevel level) {
  switch (level) {
    case loader::LogLevel::debug:
      return "debug";
    case loader::LogLevel::info:
      return "info";
    case loader::LogLevel::warning:
      return "warning";
    case loader::LogLevel::error:
      break;
  }
  return "error";
}

// "2026-11-22T09:15:00.123Z"
std::string timestamp() {
  using namespace std::chrono;
  const auto now = system_clock::now();
  const std::time_t seconds = system_clock::to_time_t(now);
  const auto milliseconds = duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1'000;
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  char date[sizeof "2026-11-22T09:15:00"];
  static_cast<void>(std::strftime(date, sizeof date, "%FT%T", &utc));
  const std::string digits = std::to_string(1'000 + milliseconds);
  return std::string(date) + "." + digits.substr(1) + "Z";
}

std::string as_text(loader::LogLevel level, std::string_view message, const json::object& fields) {
  std::string line = timestamp();
  line.append(" ").append(name_of(level)).append(" ").append(one_line(message));
  for (const auto& field : fields) {
    line.append(" ").append(field.key()).append("=");
    line.append(field.value().is_string() ? one_line(field.value().get_string()) : json::serialize(field.value()));
  }
  return line;
}

std::string as_json(loader::LogLevel level, std::string_view message, const json::object& fields) {
  json::object entry{{"time", timestamp()}, {"level", name_of(level)}, {"message", message}};
  for (const auto& field : fields) {
    entry.insert_or_assign(field.key(), field.value());
  }
  return json::serialize(entry);
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line(text);
  for (char& character : line) {
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
      character = ' ';
    }
  }
  return line;
}

void Log::write(loader::LogLevel level, std::string_view message, const json::object& fields) const {
  if (level < least_) {
    return;
  }
  std::string line = format_ == Format::json ? as_json(level, message, fields) : as_text(level, message, fields);
  line += '\n';
  const std::lock_guard lock(mutex_);
  static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
}

}  // namespace messenger::host
