// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <boost/intrusive/list.hpp>
#include <boost/intrusive/set.hpp>
#include <string>
#include <string_view>

#include "address.hpp"
#include "curl_handle.hpp"
#include "header_list.hpp"

namespace messenger::http {

class Endpoint;
class IoLoop;
class Multi;

namespace intrusive = boost::intrusive;
using ListHook = intrusive::list_member_hook<>;
using TimerHook = intrusive::set_member_hook<>;

/// One exchange, and the easy handle, buffers and options that it leaves to the next one on the same endpoint.
/// Between prepare() and its callback it belongs to one I/O loop.
class Transfer {
 public:
  /// For the endpoint, and for those that it shares transfers with. Throws std::bad_alloc when libcurl gives no handle.
  Transfer(const Endpoint& endpoint, IoLoop& loop);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer();

  /// The next request is for this endpoint. Throws std::bad_alloc; then it must not be used.
  void serve(Endpoint& endpoint);
  /// Copies the request. False when it is malformed.
  bool prepare(const msgr_http_request& request);

  /// Just before the easy handle goes to the multi handle.
  void start(std::uint64_t now_ns) noexcept;

  /// The next moment at which overdue() may say something new. Seldom the last: what it waits for moves.
  std::uint64_t next_check(std::uint64_t now_ns) const noexcept;

  /// MSGR_HTTP_TIMEOUT or MSGR_HTTP_DEADLINE when its time is over, else MSGR_HTTP_RESPONSE.
  std::uint32_t overdue(std::uint64_t now_ns) const noexcept;

  /// Ends it with what libcurl says, or with a failure of our own.
  void finish(CURLcode code) noexcept;
  void finish_with(std::uint32_t failure) noexcept {
    failure_ = failure;
    detail_.clear();
  }

  /// Calls the plugin's callback.
  void deliver();

  /// Forgets what the request and the response said.
  void wipe() noexcept;

  /// A header of the response that deliver() is passing on.
  static msgr_str header(const msgr_http_response& response, const char* name) noexcept;

  CURL* easy() const noexcept { return easy_.get(); }
  Endpoint& endpoint() const noexcept { return *endpoint_; }
  IoLoop& loop() const noexcept { return loop_; }
  /// The serial number of the endpoint that it serves, or served last.
  std::uint64_t served() const noexcept { return serial_; }
  std::uint64_t ticket() const noexcept { return ticket_; }

  ListHook in_endpoint;  // the endpoint's open transfers on this loop
  ListHook in_finished;  // the loop's transfers that wait for their callback
  TimerHook in_timers;
  std::uint64_t check_at_ns = 0;  // its key there
  Multi* multi = nullptr;         // that runs it

 private:
  struct Response;

  std::uint64_t silence_ends_ns() const noexcept;
  void set_options(const Endpoint& endpoint);
  void forget_target();
  void tell_target(const std::string& target);
  void set_headers(const msgr_http_request& request);
  bool set_target(std::string_view target);
  void set_method(std::string_view method, bool has_body);

  bool may_use(const std::optional<Address>& peer) noexcept;
  bool is_approved(const char* peer) noexcept;
  void fail_before_sending(CURLcode code) noexcept;

  static curl_socket_t on_open_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept;
  static int on_prereq(void* self, char* peer, char*, int, int) noexcept;
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;

  Endpoint* endpoint_ = nullptr;  // whose it was last; perhaps gone while this is idle
  std::uint64_t serial_ = 0;      // of that endpoint
  IoLoop& loop_;
  EasyHandle easy_;

  std::string target_, method_, body_;
  bool with_body_ = false;
  HeaderList headers_;
  std::uint64_t ticket_ = 0, deadline_ns_ = 0;
  msgr_http_done_fn done_ = nullptr;
  void* context_ = nullptr;

  std::string response_body_;
  std::size_t header_bytes_ = 0;
  std::uint64_t started_ns_ = 0, last_activity_ns_ = 0;
  std::uint32_t failure_ = MSGR_HTTP_RESPONSE;
  bool request_sent_ = false, too_large_ = false, opened_socket_ = false, header_is_whole_ = false;
  std::string detail_;           // of the failure, in our own words
  std::string approved_peer_;    // the address last found to be allowed, as libcurl writes it
  bool approved_plain_ = false;  // without TLS
};

}  // namespace messenger::http
