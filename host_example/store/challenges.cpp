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
  const std::string id = digest(challenge.id);
  execute(session_,
          "INSERT INTO challenge (id_digest, user_id, body, code_digest, code_expires, expires, attempts)"
          " VALUES (:id, :user, :body, :code, :code_expires, :expires, :attempts)",
          id, challenge.user_id, sealing_.seal(place(id), challenge.body), challenge.code_digest,
          challenge.code_expires, challenge.expires, std::int64_t{challenge.attempts});
}

std::optional<Challenge> SqlChallenges::find(std::string_view id) {
  const std::string id_digest = digest(id);
  for (auto& [user, body, code, code_expires, expires, attempts] :
       query<std::string, std::string, std::string, std::int64_t, std::int64_t, std::int64_t>(
           session_,
           "SELECT user_id, body, code_digest, code_expires, expires, attempts FROM challenge"
           " WHERE id_digest = :id AND expires > :now",
           id_digest, now_ms())) {
    return Challenge{
        std::string(id),           user, sealing_.open(place(id_digest), body), code, code_expires, expires,
        static_cast<int>(attempts)};
  }
  return std::nullopt;
}

bool SqlChallenges::set_code(std::string_view id, std::string_view code_digest, std::int64_t expires) {
  return execute(session_,
                 "UPDATE challenge SET code_digest = :code, code_expires = :code_expires"
                 " WHERE id_digest = :id AND expires > :now",
                 std::string(code_digest), expires, digest(id), now_ms()) == 1;
}

bool SqlChallenges::count_attempt(std::string_view id, int limit) {
  return execute(session_,
                 "UPDATE challenge SET attempts = attempts + 1"
                 " WHERE id_digest = :id AND attempts < :limit AND expires > :now",
                 digest(id), std::int64_t{limit}, now_ms()) == 1;
}

bool SqlChallenges::erase(std::string_view id) {
  return execute(session_, "DELETE FROM challenge WHERE id_digest = :id AND expires > :now", digest(id), now_ms()) == 1;
}

void SqlChallenges::sweep() {
  execute(session_, "DELETE FROM challenge WHERE expires <= :now", now_ms());
}

}  // namespace messenger::host
