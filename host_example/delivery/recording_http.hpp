// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace messenger::host {

/// One request as a plugin made it, and what came back. Nothing is masked but the credentials of HTTP Basic.
struct Exchange {
  using Headers = std::vector<std::pair<std::string, std::string>>;
  std::string method, url, body;
  Headers headers;
  unsigned status = 0;  ///< 0 = no answer
  Headers answer_headers;
  std::string answer_body;  ///< as much as came
};

/// What one messenger does over HTTP. [any thread]
class Recording {
 public:
  std::size_t add(Exchange exchange);
  void answer(std::size_t index, unsigned status, Exchange::Headers headers, std::string body);
  std::optional<Exchange> last() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Exchange> exchanges_;  // guarded by mutex_
};

/// msgr.http/1 that forwards everything to a real service, and records what those messengers do that were configured
/// within a Scope. The way of a request stays what it is. [any thread]
class RecordingHttp {
 public:
  /// `real` outlives this.
  explicit RecordingHttp(const msgr_http& real);
  RecordingHttp(const RecordingHttp&) = delete;
  RecordingHttp& operator=(const RecordingHttp&) = delete;
  ~RecordingHttp() = default;

  const msgr_http* table() const noexcept { return &table_.table; }

  /// The endpoints that this thread opens while this lives belong to the recording: a plugin opens them when it is
  /// configured, and only then it is known for whom.
  class Scope {
   public:
    explicit Scope(std::shared_ptr<Recording> recording);
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    const std::shared_ptr<Recording> recording_;
  };

 private:
  struct Table {
    msgr_http table;
    const msgr_http* real;
  };
  struct Functions;

  const Table table_;
};

}  // namespace messenger::host
