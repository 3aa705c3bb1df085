// SPDX-License-Identifier: Apache-2.0
// What libcurl asks and tells while a transfer runs.
#include <string_view>

#include "endpoint.hpp"
#include "io_loop.hpp"
#include "transfer.hpp"
#include "wiped_text.hpp"

namespace messenger::http {

namespace {

constexpr std::size_t max_header_bytes = 65'536;

}  // namespace

// True when the policy allows it; else detail_ says why not. Without memory to say so it is not allowed either.
bool Transfer::may_use(const std::optional<Address>& peer) noexcept {
  try {
    std::string why = peer ? endpoint_->why_blocked(*peer) : "The host allows connections to IP addresses only.";
    if (why.empty()) {
      return true;
    }
    detail_ = std::move(why);
  } catch (...) {
    detail_.assign("blocked");  // short enough to need none
  }
  return false;
}

// A pooled connection was opened for another transfer, perhaps for another endpoint.
bool Transfer::is_approved(const char* peer) noexcept {
  const bool plain = endpoint_->is_plain_to_peer();
  if (!approved_peer_.empty() && approved_plain_ == plain && approved_peer_ == peer) {
    return true;
  }
  try {
    if (!may_use(Address::parse(peer))) {
      return false;
    }
    approved_peer_ = peer;
    approved_plain_ = plain;
  } catch (...) {  // no memory to remember it: it is looked at again next time
  }
  return true;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.may_use(Address::of(address->addr))) {
    return CURL_SOCKET_BAD;
  }
  transfer.opened_socket_ = true;
  return transfer.loop_.open_socket(*transfer.multi, *address);
}

// libcurl calls this when the connection stands (TCP, proxy, TLS) and before the first byte of the request. A second
// call in one transfer means that a pooled connection died and libcurl is about to send the request again, although
// the server may have acted on it: never.
int Transfer::on_prereq(void* self, char* peer, char*, int, int) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.request_sent_) {
    transfer.loop_.count_prevented_resend();
    return CURL_PREREQFUNC_ABORT;
  }
  if (!transfer.is_approved(peer)) {
    return CURL_PREREQFUNC_ABORT;
  }
  transfer.request_sent_ = true;
  transfer.last_activity_ns_ = transfer.loop_.now_ns();
  return CURL_PREREQFUNC_OK;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) {  // of an interim response, too
    transfer.header_is_whole_ = false;
  } else if (line == "\r\n" || line == "\n") {
    transfer.header_is_whole_ = true;
  }
  transfer.last_activity_ns_ = transfer.loop_.now_ns();
  transfer.header_bytes_ += size * count;
  transfer.too_large_ = transfer.header_bytes_ > max_header_bytes;
  return transfer.too_large_ ? 0 : size * count;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.last_activity_ns_ = transfer.loop_.now_ns();
  const std::size_t length = size * count;
  if (transfer.response_body_.size() + length > transfer.endpoint_->max_response_bytes()) {
    transfer.too_large_ = true;
    return 0;
  }
  try {
    reserve_wiped(transfer.response_body_, length);
    transfer.response_body_.append(data, length);
  } catch (...) {
    return 0;
  }
  return length;
}

}  // namespace messenger::http
