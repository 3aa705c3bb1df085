// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <messenger/issue.hpp>
#include <messenger/secret.hpp>

#include "curl_handle.hpp"

namespace messenger::http {

/// A client certificate with its key, for mutual TLS, or none. libcurl is lent both as memory and compares certificates
/// before it shares a connection.
class Identity {
 public:
  /// Checks that both can be read and belong together. Adds an issue for each problem.
  void read(const msgr_http_endpoint_config& config, Issues& issues);
  /// Must outlive what the handle does.
  void present(CURL* easy) const;
  explicit operator bool() const noexcept { return !key_.empty(); }

 private:
  Secret certificate_, key_;  // key_: no longer encrypted, so that not every connection has to decrypt it
};

/// Whether the text holds a certificate in PEM form.
bool has_certificate(std::string_view pem);

}  // namespace messenger::http
