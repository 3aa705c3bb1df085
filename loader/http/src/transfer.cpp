// SPDX-License-Identifier: Apache-2.0
#include "transfer.hpp"

#include <string.h>
#include <messenger/detail/request_syntax.hpp>
#include <messenger/secret.hpp>

#include <algorithm>
#include <new>
#include <utility>

#include "block_cache.hpp"
#include "endpoint.hpp"
#include "failure.hpp"
#include "io_loop.hpp"

namespace messenger::http {

namespace {

// Above this size libcurl waits up to a second for a "100 Continue" that few servers send.
constexpr std::size_t expect_threshold = 1'048'576;

std::uint64_t milliseconds(std::uint32_t count) noexcept {
  return std::uint64_t{count} * 1'000'000;
}

}  // namespace

// What header() needs beside the public struct; the plugin hands back the pointer that it got.
struct Transfer::Response {
  msgr_http_response fields;
  CURL* easy;
};

Transfer::Transfer(const Endpoint& endpoint, IoLoop& loop) : loop_(loop), easy_(curl_easy_init()) {
  if (!easy_) {
    throw std::bad_alloc();
  }
  set_options(endpoint);
}

Transfer::~Transfer() {
  wipe();
  messenger::wipe(target_);
}

// All that stays the same from one request to the next. Each line that is not obvious says why.
void Transfer::set_options(const Endpoint& endpoint) {
  CURL* const easy = easy_.get();
  const auto set = [easy](CURLoption option, auto value) { set_option(easy, option, value); };
  set(CURLOPT_PRIVATE, static_cast<void*>(this));
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_QUICK_EXIT, 1L);  // or ending a transfer waits for its name look-up
  set(CURLOPT_TCP_KEEPALIVE, 1L);
  // A request over TLS is copied into such a buffer: a record's size is enough, and this one is kept for the next.
  set(CURLOPT_UPLOAD_BUFFERSIZE, static_cast<long>(BlockCache::upload_buffer));
  if (endpoint.has_long_connect_timeout()) {  // the timeouts are the loop's own; libcurl's has to be longer
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(endpoint.connect_timeout_ms()) + 1'000L);
  }
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_prereq);
  set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
  loop_.set_close_socket(easy);
  endpoint.apply_to(easy, loop_.index());
}

bool Transfer::prepare(const msgr_http_request& request) {
  if (!detail::is_request(request) || !set_target(to_view(request.target))) {
    return false;
  }
  set_headers(request);
  const auto method = to_view(request.method);
  ticket_ = request.ticket;
  deadline_ns_ = request.deadline_ns;
  done_ = request.done;
  context_ = request.ctx;
  const bool has_body = request.body.ptr != nullptr || method == "POST";
  body_.assign(to_view(request.body));
  set_method(method, has_body);
  if (has_body) {
    curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDS, body_.c_str());
    curl_easy_setopt(easy_.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body_.size()));
  }
  return true;
}

void Transfer::set_headers(const msgr_http_request& request) {
  headers_.clear();
  bool own_user_agent = false;
  for (std::size_t i = 0; i < request.header_count; ++i) {
    headers_.add(to_view(request.headers[i].name), to_view(request.headers[i].value));
    own_user_agent = own_user_agent || detail::equal_nocase(to_view(request.headers[i].name), "User-Agent");
  }
  if (request.content_type.ptr != nullptr) {
    headers_.add("Content-Type", to_view(request.content_type));
  } else if (!endpoint_->sets_content_type()) {
    headers_.suppress("Content-Type");  // a POST would say it is a form
  }
  if (request.body.len > expect_threshold) {
    headers_.suppress("Expect");
  }
  curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.link(endpoint_->headers(own_user_agent)));
}

void Transfer::serve(Endpoint& endpoint) {
  endpoint_ = &endpoint;
  if (std::exchange(serial_, endpoint.serial()) != endpoint.serial()) {
    curl_easy_setopt(easy_.get(), CURLOPT_CURLU, endpoint.origin());
    forget_target();
  }
}

void Transfer::forget_target() {
  messenger::wipe(target_);
  tell_target(endpoint_->target());
}

// libcurl copies it. Without it a request would go to the endpoint's root.
void Transfer::tell_target(const std::string& target) {
  set_option(easy_.get(), CURLOPT_REQUEST_TARGET, target.c_str());
}

// Most requests of an endpoint have one and the same target.
bool Transfer::set_target(std::string_view target) {
  if (target == target_) {
    return true;
  }
  if (target.empty()) {
    forget_target();
    return true;
  }
  const SplitUrl url = endpoint_->base().with(target);
  if (!url.origin) {
    return false;
  }
  messenger::wipe(target_);
  tell_target(url.target);
  target_.assign(target);
  return true;
}

void Transfer::set_method(std::string_view method, bool has_body) {
  if (method == method_ && has_body == with_body_) {
    return;
  }
  method_.assign(method);
  with_body_ = has_body;
  CURL* const easy = easy_.get();
  curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
  curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, static_cast<char*>(nullptr));
  if (method == "HEAD") {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (has_body) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
  }
  if (method != "HEAD" && method != (has_body ? "POST" : "GET")) {
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method_.c_str());
  }
}

void Transfer::start(std::uint64_t now_ns) noexcept {
  started_ns_ = last_activity_ns_ = now_ns;
  header_bytes_ = 0;
  failure_ = MSGR_HTTP_RESPONSE;
  request_sent_ = too_large_ = opened_socket_ = header_is_whole_ = false;
  detail_.clear();
}

std::uint64_t Transfer::silence_ends_ns() const noexcept {
  return request_sent_ ? last_activity_ns_ + milliseconds(endpoint_->read_timeout_ms())
                       : started_ns_ + milliseconds(endpoint_->connect_timeout_ms());
}

std::uint64_t Transfer::next_check(std::uint64_t now_ns) const noexcept {
  // The request may leave at any moment now, and the read timeout may be the shorter one.
  const auto if_sent_now = now_ns + milliseconds(endpoint_->read_timeout_ms());
  const auto silence = request_sent_ ? silence_ends_ns() : std::min(silence_ends_ns(), if_sent_now);
  return deadline_ns_ == 0 ? silence : std::min(deadline_ns_, silence);
}

std::uint32_t Transfer::overdue(std::uint64_t now_ns) const noexcept {
  if (deadline_ns_ != 0 && now_ns >= deadline_ns_) {
    return MSGR_HTTP_DEADLINE;
  }
  return now_ns >= silence_ends_ns() ? MSGR_HTTP_TIMEOUT : MSGR_HTTP_RESPONSE;
}

void Transfer::finish(CURLcode code) noexcept {
  failure_ = too_large_ ? std::uint32_t{MSGR_HTTP_TOO_LARGE} : failure_of(code);
  if (code == CURLE_OK && !header_is_whole_) {
    failure_ = MSGR_HTTP_RESET;  // libcurl takes the end of the connection for the end of the header
  }
  if (code != CURLE_OK && !request_sent_) {
    fail_before_sending(code);
  } else {
    detail_.clear();  // of an address that was blocked before another one did
  }
}

void Transfer::fail_before_sending(CURLcode code) noexcept {
  // A name may have several addresses: blocked is what has none that is allowed.
  if (!detail_.empty() && (!opened_socket_ || code == CURLE_ABORTED_BY_CALLBACK)) {
    failure_ = MSGR_HTTP_BLOCKED;
    loop_.count_blocked();
    return;
  }
  detail_.clear();
  long answer = 0;
  if (endpoint_->is_proxied() && curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &answer) == CURLE_OK &&
      answer >= 300) {
    failure_ = MSGR_HTTP_CONNECT;
    detail_ = "The host's proxy refused to connect, with status " + std::to_string(answer) + ".";
  }
}

void Transfer::deliver() {
  explicit_bzero(body_.data(), body_.size());  // now, and not after a callback that may take its time
  body_.clear();
  long status = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
  Response response{};
  response.fields.size = sizeof(msgr_http_response);
  response.fields.failure = failure_;
  response.fields.request_sent = request_sent_ ? 1 : 0;
  response.fields.status = request_sent_ && status >= 200 ? static_cast<std::uint32_t>(status) : 0;
  response.fields.ticket = ticket_;
  response.fields.body = {response_body_.data(), response_body_.size()};
  if (!detail_.empty()) {
    response.fields.detail = {detail_.data(), detail_.size()};
  }
  response.easy = easy_.get();
  const msgr_host* const host = endpoint_->host();
  host->enter(host);
  try {
    done_(context_, &response.fields);
  } catch (...) {  // against the rules; whatever it owed its caller, the loader answers by the deadline
    constexpr std::string_view thrown = "the messenger threw an exception from its HTTP callback";
    loop_.count_callback_exception();
    host->log(host, MSGR_LOG_ERROR, to_str(thrown));
  }
  host->leave(host);
}

void Transfer::wipe() noexcept {
  explicit_bzero(body_.data(), body_.size());
  explicit_bzero(response_body_.data(), response_body_.size());
  body_.clear();
  response_body_.clear();
  headers_.clear();
}

msgr_str Transfer::header(const msgr_http_response& response, const char* name) noexcept {
  const auto& whole = reinterpret_cast<const Response&>(response);  // fields is its first member
  curl_header* found = nullptr;
  if (name == nullptr || curl_easy_header(whole.easy, name, 0, CURLH_HEADER, -1, &found) != CURLHE_OK) {
    return {nullptr, 0};
  }
  return {found->value, std::char_traits<char>::length(found->value)};
}

}  // namespace messenger::http
