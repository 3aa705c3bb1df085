// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "process.hpp"

namespace messenger::crash {

/// Several `messenger-host serve` on one database, each at an address of its own that it keeps over its restarts.
/// [any thread; one at a time for one host]
class Fleet {
 public:
  /// `directory` takes their logs.
  Fleet(std::string database, std::string key_file, std::string directory, std::size_t hosts);

  std::size_t size() const { return hosts_.size(); }
  const std::string& url(std::size_t host) const { return hosts_.at(host).url; }

  /// Returns when it answers.
  void start(std::size_t host);
  /// SIGKILL: it has no time for anything.
  void kill(std::size_t host);
  void pause(std::size_t host);
  void resume(std::size_t host);
  /// SIGTERM; true when all ended well by themselves.
  bool stop();

 private:
  struct One {
    std::string url, listen;
    std::unique_ptr<test::Process> process;
  };

  std::vector<std::string> arguments(std::size_t host) const;

  const std::string database_, key_file_, directory_;
  std::vector<One> hosts_;
};

/// The key of all hosts' API.
inline const std::string api_key = "crash-api-key-0123456789";

}  // namespace messenger::crash
