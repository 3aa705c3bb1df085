// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "delivery/one_time_codes.hpp"

namespace messenger::host {

/// Adds and removes a user's two-factor methods: each takes a code that was sent to the very number. [any thread]
class TwoFactorMethods {
 public:
  enum class Change {
    done,
    no_user,
    wrong_code,  ///< or none was sent, it expired, or too many were tried
    duplicate,   ///< the user has this number already
    no_method    ///< the user has no such method
  };
  using Done = std::function<void(TwoFactorSent)>;

  /// Both outlive this.
  TwoFactorMethods(Store& store, OneTimeCodes& codes) : store_(store), codes_(codes) {}

  /// Sends a code to a number that is to become the user's. `gone` when there is no such user.
  void send_to_new(const std::string& user_id, const std::string& mobile_phone, const Cause& cause, Done done);
  /// Sends a code to the number of a method that is to go.
  void send_to_old(const std::string& user_id, const std::string& method_id, const Cause& cause, Done done);

  Change add(const std::string& user_id, const std::string& mobile_phone, const std::string& code);
  Change remove(const std::string& user_id, const std::string& method_id, const std::string& code);

 private:
  std::string id_of_new(const std::string& user_id, const std::string& mobile_phone) const;
  std::string id_of_old(const std::string& user_id, const std::string& method_id) const;

  Store& store_;
  OneTimeCodes& codes_;
};

}  // namespace messenger::host
