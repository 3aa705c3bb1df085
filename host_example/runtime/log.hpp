// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <messenger/loader/options.hpp>
#include <mutex>
#include <string>
#include <string_view>

namespace messenger::host {

/// What must stay one line, whatever a plugin or a client put into it: control characters become spaces.
std::string one_line(std::string_view text);

/// The host's log: a line an entry on standard error. Nothing secret may be given to it. [any thread]
class Log {
 public:
  enum class Format { text, json };

  explicit Log(Format format = Format::text, loader::LogLevel least = loader::LogLevel::info)
      : format_(format), least_(least) {}

  /// The least that is written from now on.
  void set_level(loader::LogLevel least) noexcept { least_ = least; }

  /// Fields: "requestId", "messageId", "messenger" … ; text prints them as name=value after the message.
  void write(loader::LogLevel level, std::string_view message, const boost::json::object& fields = {}) const;
  void info(std::string_view message, const boost::json::object& fields = {}) const {
    write(loader::LogLevel::info, message, fields);
  }
  void warning(std::string_view message, const boost::json::object& fields = {}) const {
    write(loader::LogLevel::warning, message, fields);
  }
  void error(std::string_view message, const boost::json::object& fields = {}) const {
    write(loader::LogLevel::error, message, fields);
  }

 private:
  Format format_;
  std::atomic<loader::LogLevel> least_;
  mutable std::mutex mutex_;
};

}  // namespace messenger::host
