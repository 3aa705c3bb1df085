// SPDX-License-Identifier: Apache-2.0
// What the loader's tests share: a directory of chosen plugins, a log that can be read, and a puppet's strings.
#ifndef MESSENGER_TESTS_LOADER_SUPPORT_HPP
#define MESSENGER_TESTS_LOADER_SUPPORT_HPP

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <messenger/loader/registry.hpp>
#include <mutex>
#include <puppet.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace loader_test {

using namespace std::chrono_literals;
namespace loader = messenger::loader;
namespace fs = std::filesystem;

/// A directory that nobody else may write to, gone with this object.
class Directory {
 public:
  Directory() {
    std::string name = (fs::temp_directory_path() / "messenger-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

  /// A link to the plugin of this name that the build has made.
  void add(const std::string& plugin) { link(MESSENGER_TEST_PLUGIN_DIR, plugin); }
  void add_bad(const std::string& plugin) { link(MESSENGER_BAD_PLUGIN_DIR, plugin); }

 private:
  void link(const fs::path& built, const std::string& plugin) {
    fs::create_symlink(built / (plugin + ".so"), path_ / (plugin + ".so"));
  }

  fs::path path_;
};

/// Collects what a registry logs.
class Log {
 public:
  loader::LogFunction function() {
    return [this](loader::LogLevel, std::string_view who, std::string_view text) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(std::string(who) + ": " + std::string(text));
    };
  }
  bool has(std::string_view part) const {
    const std::lock_guard lock(mutex_);
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const std::string& line) { return line.find(part) != std::string::npos; });
  }
  std::size_t count(std::string_view part) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        lines_.begin(), lines_.end(), [&](const std::string& line) { return line.find(part) != std::string::npos; }));
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

/// Completions of several sends.
class Answers {
 public:
  loader::Completion completion() {
    return [this](const loader::Result& result) {
      const std::lock_guard lock(mutex_);
      results_.push_back(result);
      changed_.notify_all();
    };
  }
  /// The results once there are so many, or after five seconds.
  std::vector<loader::Result> wait(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, 5s, [&] { return results_.size() >= count; });
    return results_;
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return results_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<loader::Result> results_;
};

/// The puppet plugin's functions, as a test wants them. By default it completes with OK inside send.
struct Strings final : PuppetMaster {
  std::function<void(const msgr_host*, const msgr_op*, const msgr_message*)> on_send =
      [](const msgr_host* host, const msgr_op* op, const msgr_message*) {
        host->complete(host, op->ticket, MSGR_OK, nullptr);
      };
  std::function<void(const msgr_host*, std::uint64_t)> on_cancel = [](const msgr_host*, std::uint64_t) {};
  std::function<std::uint32_t(const msgr_host*)> on_stop = [](const msgr_host*) { return 1u; };
  std::function<void(const msgr_host*)> on_destroy = [](const msgr_host*) {};
  std::function<bool(const msgr_host*, msgr_issue_fn, void*)> on_configure = [](const msgr_host*, msgr_issue_fn,
                                                                                void*) { return true; };
  std::function<std::uint32_t(const msgr_host*, msgr_issue_fn, void*)> on_validate = [](const msgr_host*, msgr_issue_fn,
                                                                                        void*) { return 0u; };

  std::function<void(const msgr_host*, const msgr_op*, const msgr_call*)> on_call =
      [](const msgr_host* host, const msgr_op* op, const msgr_call*) {
        host->complete(host, op->ticket, MSGR_OK, nullptr);
      };
  std::function<std::uint32_t(const msgr_callback*, msgr_receipt_fn, void*)> on_read =
      [](const msgr_callback*, msgr_receipt_fn, void*) { return std::uint32_t{MSGR_RECEIPT_READ}; };

  void send(const msgr_host* host, const msgr_op* op, const msgr_message* message) override {
    on_send(host, op, message);
  }
  void call(const msgr_host* host, const msgr_op* op, const msgr_call* call) override { on_call(host, op, call); }
  std::uint32_t read(const msgr_host*, const msgr_callback* callback, msgr_receipt_fn told, void* ctx) override {
    return on_read(callback, told, ctx);
  }
  void cancel(const msgr_host* host, std::uint64_t ticket) override { on_cancel(host, ticket); }
  std::uint32_t stop(const msgr_host* host) override { return on_stop(host); }
  void destroy(const msgr_host* host) override { on_destroy(host); }
  bool configure(const msgr_host* host, const msgr_config*, msgr_issue_fn issue, void* ctx) override {
    return on_configure(host, issue, ctx);
  }
  std::uint32_t validate(const msgr_host* host, const msgr_config*, msgr_issue_fn issue, void* ctx) override {
    return on_validate(host, issue, ctx);
  }
};

/// A registry with the puppet and other plugins loaded and the messenger "m" configured.
struct Stage {
  explicit Stage(const std::string& type = "Puppet", std::size_t max_in_flight = 1024,
                 std::chrono::milliseconds drain_timeout = 200ms)
      : registry({.services = {{TEST_PUPPET_1, static_cast<PuppetMaster*>(&strings)}},
                  .log = log.function(),
                  .max_in_flight = max_in_flight,
                  .drain_timeout = drain_timeout}) {
    for (const char* plugin : {"puppet", "echo", "worker", "describe"}) plugins.add(plugin);
    for (const char* plugin : {"never_completes", "completes_twice"}) plugins.add_bad(plugin);
    for (const loader::PluginFile& file : registry.load({plugins.path()})) {
      if (!file.loaded) throw std::runtime_error(file.path.string() + ": " + file.reason);
    }
    if (!registry.configure("m", type, "{}").empty()) throw std::runtime_error("configure");
  }

  Directory plugins;
  Log log;
  Strings strings;
  Answers answers;
  loader::Registry registry;
};

/// Keeps what a puppet was asked to send, for the test to complete when it likes.
struct Held {
  std::function<void(const msgr_host*, const msgr_op*, const msgr_message*)> keep() {
    return [this](const msgr_host* host, const msgr_op* op, const msgr_message* message) {
      const std::lock_guard lock(mutex);
      ops.push_back({host, op, message});
      changed.notify_all();
    };
  }
  void complete(std::size_t index, std::int32_t outcome = MSGR_OK, const msgr_result* result = nullptr) {
    const msgr_host* const host = ops.at(index).host;
    host->complete(host, ops.at(index).op->ticket, outcome, result);
  }
  bool wait(std::size_t count) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, 5s, [&] { return ops.size() >= count; });
  }
  struct One {
    const msgr_host* host;
    const msgr_op* op;
    const msgr_message* message;
  };
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<One> ops;
};

/// Waits up to five seconds for something that another thread brings about.
inline bool soon(const std::function<bool()>& happened) {
  for (int i = 0; i != 5000; ++i) {
    if (happened()) return true;
    std::this_thread::sleep_for(1ms);
  }
  return happened();
}

inline const loader::Message hello{.to = "+15551234567", .body = "Hello"};

}  // namespace loader_test

#endif
