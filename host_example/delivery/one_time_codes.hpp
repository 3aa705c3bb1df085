// SPDX-License-Identifier: Apache-2.0
// Two-factor logins: started by who knows the user, completed by who has the code.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <messenger/secret.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "delivery/cause.hpp"
#include "delivery/messages.hpp"
#include "delivery/tenant_settings.hpp"
#include "store/store.hpp"

namespace messenger::host {

struct TwoFactorStart {
  std::string user_id, login_id;             ///< one of them; a userId wins
  std::string code;                          ///< of the caller's own making; empty = one is made
  std::optional<boost::json::object> state;  ///< given back at login
};

struct TwoFactorStarted {
  std::string two_factor_id, code;
  boost::json::array methods;
};

/// How a send ended.
struct TwoFactorSent {
  enum class Status {
    sent,            ///< or perhaps sent, or being tried again, which all look the same to who waits for the message
    gone,            ///< no such twoFactorId, or it expired, or too many wrong codes were tried at it
    no_method,       ///< the user has no such method
    too_many,        ///< this twoFactorId has sent its last message, or too many wrong codes were tried for the user
    not_configured,  ///< `setting` says what is missing
    rejected,        ///< this number will never get this message
    not_sent         ///< nothing was sent; another try may do
  };
  Status status;
  std::string setting = {};
};

struct TwoFactorLogin {
  enum class Status { ok, gone, wrong_code };
  Status status = Status::gone;
  std::optional<Document> user = {};
  std::optional<boost::json::object> state = {};
};

/// How messages with codes leave: the outbox.
struct CodeOutlet {
  /// Messages::add.
  std::function<Accepted(Transaction&, const Submission&)> add;
  /// Dispatcher::when_settled, with a time that whoever waits for an answer has patience for.
  std::function<void(const std::string& message_id, std::function<void(const Settled&)> done)> watch;
  std::function<void()> wake;                                 ///< once the message is kept
  std::function<void(const std::string& message_id)> cancel;  ///< Messages::cancel
};

/// Starts, sends and completes two-factor logins with the tenant's settings of the moment. A code is kept only as a
/// digest that is bound to its twoFactorId, and the twoFactorId by the store likewise. Users that are not active are
/// as if they were not there. [any thread]
class OneTimeCodes {
 public:
  using Clock = std::function<std::int64_t()>;

  /// Each message costs money and somebody's patience; who needs more begins anew, which takes an API key.
  static constexpr std::int64_t most_sends = 5;

  /// Of a code that a caller brings along, and so of every other, in characters.
  static constexpr std::size_t longest_code = 128;

  /// The store outlives every `done` that was given.
  OneTimeCodes(Store& store, CodeOutlet outlet, Clock clock = now_ms);

  /// Nothing when there is no such user.
  std::optional<TwoFactorStarted> start(const TwoFactorStart& start);

  /// Makes a new code, which alone is good from now on, and sends it by this method ("" = the user's first). Code and
  /// message are kept together; the message is tried as long as the code is good. `done` is called once, perhaps before
  /// this returns, else where the outlet calls back: when its sending is over, or while it goes on. When it will
  /// certainly not be sent the new code is void, too: nobody has it, so it could only be guessed.
  void send(const std::string& two_factor_id, const std::string& method_id, const Cause& cause,
            std::function<void(TwoFactorSent)> done);

  /// The same for a number that the caller vouches for, under an id that nobody can guess and that the caller chose;
  /// the first such send starts it for this user, and each later one gives it all its time again with what was counted.
  /// Too many wrong codes are `too_many` here, until it expires.
  void send_to_number(const std::string& id, const std::string& user_id, const std::string& mobile_phone,
                      const Cause& cause, std::function<void(TwoFactorSent)> done);

  /// Of all logins with the right code one is ok. Every try counts before its code is looked at: at its twoFactorId,
  /// and for the user until a login is ok or as long as a twoFactorId lives.
  TwoFactorLogin login(const std::string& two_factor_id, const std::string& code);

 private:
  struct Plan;
  struct Target {
    std::string id, method_id;
    std::string user_id = {}, mobile_phone = {};  // for a number that is no method of the user
  };

  std::string code_digest(std::string_view two_factor_id, const Secret& code) const;
  struct Waiting;
  void send(const Target& target, const Cause& cause, std::function<void(TwoFactorSent)> done);
  void hand_over(Transaction& transaction, const Plan& plan, const std::shared_ptr<Waiting>& waiting) const;
  void answer(Waiting& waiting, const Settled& settled) const;
  TwoFactorSent plan(Transaction& transaction, const Target& target, Plan& plan) const;
  Challenge open_challenge(Transaction& transaction, const Target& target, const TenantSettings& settings) const;
  void renew_code(Transaction& transaction, Plan& plan) const;
  bool count_attempt(Transaction& transaction, const Challenge& challenge) const;
  std::optional<Challenge> find_challenge(Transaction& transaction, const std::string& two_factor_id) const;

  Store& store_;
  const CodeOutlet outlet_;
  const Clock clock_;
};

}  // namespace messenger::host
