// SPDX-License-Identifier: Apache-2.0
#include "runtime/log.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <cstdio>
#include <utility>

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

constexpr std::size_t usual_line = 320;
constexpr std::size_t most_gathered = 65'536;  // bytes

thread_local Log::Group* this_threads_group = nullptr;

void append_one_line(std::string& line, std::string_view text) {
  const std::size_t begin = line.size();
  line.append(text);
  std::replace_if(
      line.begin() + static_cast<std::ptrdiff_t>(begin), line.end(),
      [](char character) { return static_cast<unsigned char>(character) < 0x20 || character == 0x7f; }, ' ');
}

void append_line(std::string& line, std::string_view message, const json::object& fields) {
  append_one_line(line, message);
  for (const auto& field : fields) {
    line.append(" ").append(field.key()).append("=");
    if (field.value().is_string()) {
      append_one_line(line, field.value().get_string());
    } else if (field.value().is_int64()) {
      line.append(std::to_string(field.value().get_int64()));
    } else {
      line.append(json::serialize(field.value()));
    }
  }
}

std::string as_text(loader::LogLevel level, std::string_view message, const json::object& fields) {
  std::string line = instant_text(std::chrono::system_clock::now());
  line.reserve(usual_line);
  line.append(" ").append(name_of(level)).append(" ");
  append_line(line, message, fields);
  return line;
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
  std::string line;
  append_one_line(line, text);
  return line;
}

std::string as_line(std::string_view message, const json::object& fields) {
  std::string line;
  append_line(line, message, fields);
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
  for (Group* group = this_threads_group; group != nullptr; group = group->outer_) {
    if (&group->log_ == this) {
      return group->add(line);
    }
  }
  put_out(line);
}

void Log::put_out(std::string_view lines) const {
  const std::lock_guard lock(mutex_);
  static_cast<void>(std::fwrite(lines.data(), 1, lines.size(), stderr));
}

Log::Group::Group(const Log& log) : log_(log), outer_(std::exchange(this_threads_group, this)) {}

Log::Group::~Group() {
  this_threads_group = outer_;
  if (!lines_.empty()) {
    log_.put_out(lines_);
  }
}

void Log::Group::add(std::string_view line) {
  lines_ += line;
  if (lines_.size() >= most_gathered) {
    log_.put_out(lines_);
    lines_.clear();
  }
}

}  // namespace messenger::host
