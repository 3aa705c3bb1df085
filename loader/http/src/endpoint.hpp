// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "header_list.hpp"
#include "identity.hpp"
#include "own_connections.hpp"
#include "root_file.hpp"
#include "settings.hpp"
#include "transfer.hpp"
#include "transfer_pool.hpp"
#include "url.hpp"

namespace messenger::http {

/// Where a messenger's requests go. Built once, immutable but for its pool of transfers.
class Endpoint {
 public:
  using OpenTransfers = intrusive::list<Transfer, intrusive::member_hook<Transfer, ListHook, &Transfer::in_endpoint>,
                                        intrusive::constant_time_size<false>>;

  /// The settings must outlive it.
  Endpoint(const msgr_host& host, const Settings& settings, std::size_t loops);

  /// Adds an issue for each problem; it can be used when there is none.
  void configure(const msgr_http_endpoint_config& given, Issues& issues);

  /// Tells it from every other, also from one that had its address before.
  std::uint64_t serial() const noexcept { return serial_; }

  /// Sets how all its requests go out and as whom. The same for all endpoints that share transfers.
  void apply_to(CURL* easy, std::size_t loop) const;
  /// Whether a connection to this address may be made and used; empty = yes, else one sentence. The same answer for
  /// all endpoints of which is_plain_to_peer() is the same.
  std::string why_blocked(const Address& peer) const;
  /// The peer is spoken to without TLS. Behind a proxy the peer is that, whose scheme the host has chosen itself.
  bool is_plain_to_peer() const noexcept { return base_.is_plain_http() && !proxied_; }
  bool is_proxied() const noexcept { return proxied_; }
  /// It shares no pool with others: it has an identity or roots of its own.
  bool has_own_connections() const noexcept { return identity_ || own_roots_; }

  const msgr_host* host() const noexcept { return host_; }
  const BaseUrl& base() const noexcept { return base_; }
  /// The URL without path and query.
  CURLU* origin() const noexcept { return url_.origin.get(); }
  /// Path and query of a request that adds nothing to them.
  const std::string& target() const noexcept { return url_.target; }
  /// For a request that brings its own User-Agent: without ours.
  curl_slist* headers(bool own_user_agent) const noexcept {
    return own_user_agent && starts_with_user_agent_ ? linked_headers_->next : linked_headers_;
  }
  bool sets_content_type() const noexcept { return sets_content_type_; }
  std::uint32_t connect_timeout_ms() const noexcept { return connect_timeout_ms_; }
  /// Longer than libcurl waits when it is told nothing: then it is told, which costs a timer for each request.
  bool has_long_connect_timeout() const noexcept { return connect_timeout_ms_ >= 300'000; }
  std::uint32_t read_timeout_ms() const noexcept { return read_timeout_ms_; }
  std::uint64_t max_response_bytes() const noexcept { return max_response_bytes_; }

  /// An idle transfer for this loop, or a new one. Most endpoints share those of the loop. [any]
  std::unique_ptr<Transfer> acquire(IoLoop& loop);
  /// Gives it back, wiped, to be kept with as many others as connections may be. On its loop's thread.
  void release(std::unique_ptr<Transfer> transfer) noexcept;
  /// The transfers under way on a loop. On that loop's thread.
  OpenTransfers& open_transfers(std::size_t loop) noexcept { return pools_[loop].open; }

  /// Leaves nothing of itself on a loop: no connection that it has to itself, no transfer that knows its URL. On that
  /// loop's thread, when no transfer is under way.
  void leave(IoLoop& loop) noexcept;
  /// One loop has delivered its last callback. True for the last loop.
  bool loop_is_done() noexcept;
  void wait_until_loops_are_done();

 private:
  struct Pool {
    std::unique_ptr<OwnConnections> connections;  // null = the loop's
    TransferPool idle;                            // of an endpoint that shares none; goes before the connections do
    OpenTransfers open;
  };

  TransferPool& idle_on(IoLoop& loop) noexcept;
  void set_url(std::string_view url, Issues& issues);
  void add_user_agent(const msgr_http_endpoint_config& config);
  void add_headers(const msgr_http_endpoint_config& config, Issues& issues);
  void add_credentials(const msgr_http_endpoint_config& config, Issues& issues);
  void set_roots(std::string_view pem, Issues& issues);

  const std::uint64_t serial_;
  const msgr_host* host_;
  const Settings& settings_;
  BaseUrl base_;
  SplitUrl url_;
  HeaderList headers_;
  curl_slist* linked_headers_ = nullptr;
  bool sets_content_type_ = false, starts_with_user_agent_ = false, proxied_ = false;
  RootFile own_roots_;
  std::string ca_file_;
  Identity identity_;
  std::uint32_t connect_timeout_ms_ = 5'000, read_timeout_ms_ = 15'000;
  std::uint64_t max_response_bytes_ = 65'536;

  std::vector<Pool> pools_;  // one for each loop

  std::mutex done_mutex_;
  std::condition_variable done_;
  std::size_t loops_done_ = 0;
};

}  // namespace messenger::http
