// SPDX-License-Identifier: Apache-2.0
#include "store/challenges.hpp"

#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

std::string place(const std::string& id_digest) {
  return "challenge/" + id_digest;
}

}  // namespace

void SqlChallenges::add(const Challenge& challenge) {
  connection_.check_room();
  const std::string id = digest(challenge.id);
  execute(connection_,
          "INSERT INTO challenge (id_digest, user_id, body, code_digest, code_expires, expires, attempts, sends)"
          " VALUES (:id, :user, :body, :code, :code_expires, :expires, :attempts, :sends)",
          id, challenge.user_id, sealing_.seal(place(id), challenge.body), challenge.code_digest,
          challenge.code_expires, challenge.expires, std::int64_t{challenge.attempts}, std::int64_t{challenge.sends});
}

std::optional<Challenge> SqlChallenges::find(std::string_view id) {
  const std::string id_digest = digest(id);
  for (auto& [user, body, code, code_expires, expires, attempts, sends] :
       query<std::string, std::string, std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
           connection_,
           "SELECT user_id, body, code_digest, code_expires, expires, attempts, sends FROM challenge"
           " WHERE id_digest = :id AND expires > :now",
           id_digest, now_ms())) {
    return Challenge{std::string(id),
                     user,
                     sealing_.open(place(id_digest), body),
                     code,
                     code_expires,
                     expires,
                     static_cast<int>(attempts),
                     static_cast<int>(sends)};
  }
  return std::nullopt;
}

bool SqlChallenges::set_code(std::string_view id, std::string_view code_digest, std::int64_t expires) {
  return execute(connection_,
                 "UPDATE challenge SET code_digest = :code, code_expires = :code_expires"
                 " WHERE id_digest = :id AND expires > :now",
                 std::string(code_digest), expires, digest(id), now_ms()) == 1;
}

// In one statement, so that no two who come together count the same one.
bool SqlChallenges::count(const std::string& column, std::string_view id, int limit) {
  return execute(connection_,
                 "UPDATE challenge SET " + column + " = " + column + " + 1 WHERE id_digest = :id AND " + column +
                     " < :limit AND expires > :now",
                 digest(id), std::int64_t{limit}, now_ms()) == 1;
}

bool SqlChallenges::count_attempt(std::string_view id, int limit) {
  return count("attempts", id, limit);
}

bool SqlChallenges::count_send(std::string_view id, int limit) {
  return count("sends", id, limit);
}

bool SqlChallenges::set_expires(std::string_view id, std::int64_t expires) {
  return execute(connection_, "UPDATE challenge SET expires = :expires WHERE id_digest = :id AND expires > :now",
                 expires, digest(id), now_ms()) == 1;
}

bool SqlChallenges::erase(std::string_view id) {
  return execute(connection_, "DELETE FROM challenge WHERE id_digest = :id AND expires > :now", digest(id), now_ms()) ==
         1;
}

bool SqlChallenges::count_user_attempt(std::string_view user_id, int limit, std::int64_t now, std::int64_t until) {
  const std::string user(user_id);
  execute(connection_, "DELETE FROM user_attempt WHERE user_id = :user AND expires <= :now", user, now);
  return execute(connection_,
                 "INSERT INTO user_attempt (user_id, attempts, expires) VALUES (:user, 1, :until)"
                 " ON CONFLICT (user_id) DO UPDATE SET attempts = user_attempt.attempts + 1"
                 " WHERE user_attempt.attempts < :limit",
                 user, until, std::int64_t{limit}) == 1;
}

int SqlChallenges::user_attempts(std::string_view user_id, std::int64_t now) {
  const auto rows =
      query<std::int64_t>(connection_, "SELECT attempts FROM user_attempt WHERE user_id = :user AND expires > :now",
                          std::string(user_id), now);
  return rows.empty() ? 0 : static_cast<int>(std::get<0>(rows.front()));
}

void SqlChallenges::forget_user_attempts(std::string_view user_id) {
  execute(connection_, "DELETE FROM user_attempt WHERE user_id = :user", std::string(user_id));
}

void SqlChallenges::sweep() {
  execute(connection_, "DELETE FROM user_attempt WHERE expires <= :now", now_ms());
  execute(connection_, "DELETE FROM challenge WHERE expires <= :now", now_ms());
}

}  // namespace messenger::host
