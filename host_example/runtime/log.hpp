// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <functional>
#include <messenger/loader/options.hpp>
#include <mutex>
#include <string>
#include <string_view>

namespace messenger::host {

/// What must stay one line, whatever a plugin or a client put into it: control characters become spaces.
std::string one_line(std::string_view text);

/// A message with its fields as name=value behind it.
std::string as_line(std::string_view message, const boost::json::object& fields);

/// The host's log: a line an entry on standard error, or whatever a sink makes of it. Nothing secret may be given to
/// it. [any thread]
class Log {
 public:
  enum class Format { text, json };
  using Sink = std::function<void(loader::LogLevel level, std::string_view message, const boost::json::object& fields)>;

  explicit Log(Format format = Format::text, loader::LogLevel least = loader::LogLevel::info)
      : format_(format), least_(least) {}

  /// Every entry goes to the sink, and nowhere else.
  explicit Log(Sink sink) : Log(Format::text, loader::LogLevel::debug) { sink_ = std::move(sink); }

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

  /// While it lives, what its thread writes to this log is gathered, and goes out in pieces of 64 KiB and at its end:
  /// for a thread that writes a line for each of many messages. A process that is killed loses them. Not where a sink
  /// is set. [one thread]
  class Group {
   public:
    explicit Group(const Log& log);
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
    ~Group();

   private:
    friend class Log;
    void add(std::string_view line);

    const Log& log_;
    Group* const outer_;
    std::string lines_;
  };

 private:
  void put_out(std::string_view lines) const;

  Format format_;
  std::atomic<loader::LogLevel> least_;
  Sink sink_;
  mutable std::mutex mutex_;
};

}  // namespace messenger::host
