// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "conformance/scripted_http.hpp"

namespace messenger::host::conformance {

namespace {

constexpr std::string_view sid_body =
    R"({"sid":"SM0123456789abcdef0123456789abcdef","status":"queued","error_code":null,"id":"0123456789"})";
constexpr std::string_view error_body =
    R"({"code":21211,"message":"PROVIDER-WORDS-6f1c","error":"PROVIDER-WORDS-6f1c","status":400})";
constexpr std::string_view no_json = "<html>PROVIDER-WORDS-6f1c</html>";
constexpr std::string_view no_utf8 = "{\"sid\":\"\xff\xfe\",\"code\":\"\x80\",\"message\":\"\xc3\"}";

constexpr auto soon = Answer::When::soon;
constexpr std::array answers{
    Answer{"status 200", 200, "", MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 200 with JSON", 200, sid_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 201 with JSON", 201, sid_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 201, later", 201, sid_body, MSGR_HTTP_RESPONSE, 1, Answer::When::later},
    Answer{"status 200 that is no JSON", 200, no_json, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 200 that is no UTF-8", 200, no_utf8, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 204", 204, "", MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 301", 301, no_json, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 400", 400, error_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 400 that is no UTF-8", 400, no_utf8, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 401", 401, error_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 403", 403, no_json, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 404", 404, error_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 429", 429, error_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 500", 500, error_body, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 503", 503, no_json, MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"status 999", 999, "", MSGR_HTTP_RESPONSE, 1, soon},
    Answer{"a name without address", 0, "", MSGR_HTTP_RESOLVE, 0, soon},
    Answer{"a refused connection", 0, "", MSGR_HTTP_CONNECT, 0, soon},
    Answer{"a failed handshake", 0, "", MSGR_HTTP_TLS, 0, soon},
    Answer{"an untrusted certificate", 0, "", MSGR_HTTP_UNTRUSTED, 0, soon},
    Answer{"a connect timeout", 0, "", MSGR_HTTP_TIMEOUT, 0, soon},
    Answer{"a read timeout", 0, "", MSGR_HTTP_TIMEOUT, 1, soon},
    Answer{"a reset before the request", 0, "", MSGR_HTTP_RESET, 0, soon},
    Answer{"a reset after the request", 0, "", MSGR_HTTP_RESET, 1, soon},
    Answer{"a reset within a response of 200", 200, R"({"sid":"SM01)", MSGR_HTTP_RESET, 1, soon},
    Answer{"a reset within a response of 400", 400, "{\"co", MSGR_HTTP_RESET, 1, soon},
    Answer{"a response that is too large", 200, R"({"sid":"SM01)", MSGR_HTTP_TOO_LARGE, 1, soon},
    Answer{"a response that is not HTTP", 0, "", MSGR_HTTP_MALFORMED, 1, soon},
    Answer{"a blocked address", 0, "", MSGR_HTTP_BLOCKED, 0, soon},
    Answer{"a cancellation before the request", 0, "", MSGR_HTTP_CANCELLED, 0, soon},
    Answer{"a cancellation after the request", 0, "", MSGR_HTTP_CANCELLED, 1, soon},
    Answer{"a deadline before the request", 0, "", MSGR_HTTP_DEADLINE, 0, soon},
    Answer{"a deadline after the request", 0, "", MSGR_HTTP_DEADLINE, 1, soon},
    Answer{"another failure before the request", 0, "", MSGR_HTTP_FAILED, 0, soon},
    Answer{"another failure after the request", 0, "", MSGR_HTTP_FAILED, 1, soon},
    Answer{"a failure that does not exist yet", 0, "", 4'711, 1, soon},
};

}  // namespace

std::span<const Answer> all_answers() {
  return answers;
}

const Answer accepted{"status 201 with JSON", 201, sid_body, MSGR_HTTP_RESPONSE, 1, soon};
const Answer silence{"silence until the deadline", 0, "", MSGR_HTTP_DEADLINE, 1, Answer::When::deadline};

}  // namespace messenger::host::conformance
