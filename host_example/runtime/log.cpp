// SPDX-License-Identifier: Apache-2.0
#include "runtime/log.hpp"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>

#include "runtime/instant_text.hpp"

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

std::string as_text(loader::LogLevel level, std::string_view message, const json::object& fields) {
  std::string line = instant_text(std::chrono::system_clock::now());
  return line.append(" ").append(name_of(level)).append(" ").append(as_line(message, fields));
}

std::string as_json(loader::LogLevel level, std::string_view message, const json::object& fields) {
  json::object entry{
      {"time", instant_text(std::chrono::system_clock::now())}, {"level", name_of(level)}, {"message", message}};
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

std::string as_line(std::string_view message, const json::object& fields) {
  std::string line = one_line(message);
  for (const auto& field : fields) {
    line.append(" ").append(field.key()).append("=");
    line.append(field.value().is_string() ? one_line(field.value().get_string()) : json::serialize(field.value()));
  }
  return line;
}

void Log::write(loader::LogLevel level, std::string_view message, const json::object& fields) const {
  if (level < least_) {
    return;
  }
  if (sink_) {
    return sink_(level, message, fields);
  }
  std::string line = format_ == Format::json ? as_json(level, message, fields) : as_text(level, message, fields);
  line += '\n';
  const std::lock_guard lock(mutex_);
  static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
}

}  // namespace messenger::host
