// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_ISSUE_HPP
#define MESSENGER_ISSUE_HPP

#include <messenger/text.hpp>

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace messenger {

/// One problem of a configuration; its text never quotes a value, which may be a secret.
struct Issue {
  std::string pointer;  ///< RFC 6901, "/url"; "" is the whole configuration
  std::string code;     ///< "missing", "blank", "invalid", "invalidJSON", "unknown", or the plugin's own
  std::string text;     ///< one sentence
};
using Issues = std::vector<Issue>;

/// Thrown by a messenger's constructor: the configuration is refused for these reasons.
class ConfigError : public std::exception {
 public:
  explicit ConfigError(Issues issues) : issues_(std::move(issues)) {}
  [[nodiscard]] const Issues& issues() const noexcept { return issues_; }
  [[nodiscard]] const char* what() const noexcept override { return "configuration refused"; }

 private:
  Issues issues_;
};

/// Hands every issue to the host.
inline void report(const Issues& issues, msgr_issue_fn issue, void* ctx) {
  for (const Issue& one : issues) {
    const msgr_issue raw{sizeof(msgr_issue), 0, to_str(one.pointer), to_str(one.code), to_str(one.text)};
    issue(ctx, &raw);
  }
}

}  // namespace messenger

#endif
