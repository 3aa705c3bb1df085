// SPDX-License-Identifier: Apache-2.0
// How a two-factor login begins, and how it ends.
#include "delivery/active_user.hpp"
#include "delivery/code_generator.hpp"
#include "delivery/document_body.hpp"
#include "delivery/one_time_codes.hpp"
#include "delivery/tenant.hpp"
#include "delivery/user_document.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

std::optional<Document> find_user(Transaction& transaction, const TwoFactorStart& start) {
  return start.user_id.empty() ? find_active_user_by_login_id(transaction, start.login_id)
                               : find_active_user(transaction, start.user_id);
}

json::array methods_of(const json::object& user) {
  const json::value* const methods = find_member(user, "twoFactor/methods");
  return methods == nullptr ? json::array() : methods->as_array();
}

}  // namespace

std::string OneTimeCodes::code_digest(std::string_view two_factor_id, const Secret& code) const {
  std::string bound;
  bound.reserve(two_factor_id.size() + 1 + code.reveal().size());  // so that no copy is left behind
  bound.append(two_factor_id).append("/").append(code.reveal());
  std::string digest = store_.digest("two-factor code", bound);
  wipe(bound);
  return digest;
}

std::optional<Challenge> OneTimeCodes::find_challenge(Transaction& transaction,
                                                      const std::string& two_factor_id) const {
  auto challenge = transaction.challenges.find(two_factor_id);
  return challenge && challenge->expires > clock_() ? std::move(challenge) : std::nullopt;
}

std::optional<TwoFactorStarted> OneTimeCodes::start(const TwoFactorStart& start) {
  return store_.with([&](Transaction& transaction) -> std::optional<TwoFactorStarted> {
    transaction.challenges.sweep();
    const auto user = find_user(transaction, start);
    if (!user) {
      return std::nullopt;
    }
    const TenantSettings settings = current_settings(transaction);
    const std::string id = new_secret_id();
    const Secret code = start.code.empty() ? new_secret_code(settings.code_form()) : Secret(start.code);
    json::object body;
    if (start.state) {
      body["state"] = *start.state;
    }
    const std::int64_t now = clock_();
    const std::int64_t expires = now + settings.challenge_ms();
    transaction.challenges.add(
        {id, user->id, to_sorted_text(body), code_digest(id, code), settings.code_expiry(now, expires), expires});
    return TwoFactorStarted{id, std::string(code.reveal()), methods_of(body_of(*user))};
  });
}

// Counted for the user as well, over all that was started for them: else whoever can make a login page start again has
// as many guesses as they like. Voiding the older logins instead would not count those guesses, and would let the same
// stranger end any login by starting another. Whoever guesses can now keep the user out until the count is forgotten,
// but takes no login away: a code sent in that time is as good afterwards as it still would be. The count has a life of
// its own, for a guesser could begin every guess with a challenge that is about to end.
bool OneTimeCodes::count_attempt(Transaction& transaction, const Challenge& challenge) const {
  const TenantSettings settings = current_settings(transaction);
  const auto limit = static_cast<int>(settings.too_many_attempts);
  const std::int64_t now = clock_();
  return transaction.challenges.count_user_attempt(challenge.user_id, limit, now, now + settings.challenge_ms()) &&
         transaction.challenges.count_attempt(challenge.id, limit);
}

TwoFactorLogin OneTimeCodes::login(const std::string& two_factor_id, const std::string& code) {
  return store_.with([&](Transaction& transaction) -> TwoFactorLogin {
    const auto challenge = find_challenge(transaction, two_factor_id);
    if (!challenge || !count_attempt(transaction, *challenge)) {
      return {};
    }
    // A code that has expired is a wrong one: the login goes on, and another code can be sent.
    const bool good = challenge->code_expires > clock_() &&
                      equal_digests(challenge->code_digest, code_digest(two_factor_id, Secret(code)));
    if (!good) {
      return {TwoFactorLogin::Status::wrong_code};
    }
    auto user = find_active_user(transaction, challenge->user_id);
    if (!transaction.challenges.erase(two_factor_id) || !user) {
      return {};
    }
    TwoFactorLogin login{TwoFactorLogin::Status::ok, std::move(user)};
    transaction.challenges.forget_user_attempts(challenge->user_id);
    const json::object body = body_of(*challenge);
    if (const json::value* const state = body.if_contains("state")) {
      login.state = state->as_object();
    }
    return login;
  });
}

}  // namespace messenger::host
