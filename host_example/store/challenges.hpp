// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace messenger::host {

/// A two-factor login that has begun.
struct Challenge {
  std::string id;  ///< the twoFactorId, secret to whoever began it; kept as a digest
  std::string user_id;
  std::string body;               ///< JSON, sealed
  std::string code_digest;        ///< Store::digest of the only code that is good; empty = none
  std::int64_t code_expires = 0;  ///< epoch ms
  std::int64_t expires = 0;       ///< epoch ms, of the challenge
  int attempts = 0;               ///< wrong codes so far
  int sends = 0;                  ///< messages so far
};

/// The challenges, within a transaction. None is ever found after it expired.
class Challenges {
 public:
  virtual void add(const Challenge& challenge) = 0;
  virtual std::optional<Challenge> find(std::string_view id) = 0;
  /// The one good code from now on, whatever was before. False when the challenge is gone.
  virtual bool set_code(std::string_view id, std::string_view code_digest, std::int64_t expires) = 0;
  /// Counts one attempt before its code is compared; false, and nothing counted, when `limit` are counted already.
  virtual bool count_attempt(std::string_view id, int limit) = 0;
  /// The same for a message before it is sent.
  virtual bool count_send(std::string_view id, int limit) = 0;
  /// Sets when the challenge expires. False when it is gone.
  virtual bool set_expires(std::string_view id, std::int64_t expires) = 0;
  /// False when there is none: another login used it up.
  virtual bool erase(std::string_view id) = 0;

  /// Counts one attempt of a user's, whichever challenge it is for; false, and nothing counted, when `limit` are
  /// counted already. What is counted from `now` on is forgotten together, at `until`.
  virtual bool count_user_attempt(std::string_view user_id, int limit, std::int64_t now, std::int64_t until) = 0;
  virtual int user_attempts(std::string_view user_id, std::int64_t now) = 0;
  virtual void forget_user_attempts(std::string_view user_id) = 0;

  /// Removes what has expired.
  virtual void sweep() = 0;

 protected:
  ~Challenges() = default;
};

}  // namespace messenger::host
