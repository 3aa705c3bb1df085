// SPDX-License-Identifier: Apache-2.0
#include "failure.hpp"

#include <messenger/http.h>

namespace messenger::http {

std::uint32_t failure_of(CURLcode code) noexcept {
  switch (code) {
    case CURLE_OK:
      return MSGR_HTTP_RESPONSE;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return MSGR_HTTP_RESOLVE;
    case CURLE_COULDNT_CONNECT:
      return MSGR_HTTP_CONNECT;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED:
      return MSGR_HTTP_TLS;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CACERT_BADFILE:  // no roots to trust anybody by
      return MSGR_HTTP_UNTRUSTED;
    case CURLE_OPERATION_TIMEDOUT:
      return MSGR_HTTP_TIMEOUT;
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_ABORTED_BY_CALLBACK:  // only the prevented resend aborts
      return MSGR_HTTP_RESET;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:  // an answer without a status line, HTTP/0.9
    case CURLE_BAD_CONTENT_ENCODING:
      return MSGR_HTTP_MALFORMED;
    default:
      return MSGR_HTTP_FAILED;
  }
}

}  // namespace messenger::http
