// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <openssl/ssl.h>
#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <atomic>

#include "io_loop.hpp"

namespace messenger::http {

namespace {

std::atomic<std::uint64_t> last_serial{0};

}  // namespace

Endpoint::Endpoint(const msgr_host& host, const Settings& settings, std::size_t loops)
    : serial_(++last_serial), host_(&host), settings_(settings), pools_(loops) {}

void Endpoint::configure(const msgr_http_endpoint_config& given, Issues& issues) {
  const auto config = in_full(given);
  const auto set = [](auto& ours, auto wanted) { ours = wanted != 0 ? wanted : ours; };
  set(connect_timeout_ms_, config.connect_timeout_ms);
  set(read_timeout_ms_, config.read_timeout_ms);
  set(max_response_bytes_, config.max_response_bytes);
  set_url(to_view(config.url), issues);
  add_user_agent(config);
  add_credentials(config, issues);
  add_headers(config, issues);
  linked_headers_ = headers_.link(nullptr);
  set_roots(to_view(config.trusted_roots), issues);
  identity_.read(config, issues);
  if (has_own_connections()) {
    for (Pool& pool : pools_) {
      pool.connections = std::make_unique<OwnConnections>();
    }
  }
}

void Endpoint::set_url(std::string_view url, Issues& issues) {
  if (auto problem = base_.parse(url); !problem.empty()) {
    issues.push_back({"/url", "invalid", std::move(problem)});
    return;
  }
  url_ = base_.with("");
  proxied_ = settings_.proxy.serves(base_.host());
  const auto address = Address::parse(base_.host());
  auto why = address ? settings_.egress.why_blocked(*address, base_.is_plain_http())
                     : settings_.egress.why_name_blocked(base_.is_plain_http(), proxied_);
  if (!why.empty()) {
    issues.push_back({"/url", "blocked", std::move(why)});
  }
}

std::string Endpoint::why_blocked(const Address& peer) const {
  return settings_.egress.why_blocked(peer, is_plain_to_peer());
}

// As a header like others: of CURLOPT_USERAGENT libcurl would write a text anew for each request.
void Endpoint::add_user_agent(const msgr_http_endpoint_config& config) {
  const bool is_given = std::any_of(config.headers, config.headers + config.header_count, [](const msgr_pair& header) {
    return detail::equal_nocase(to_view(header.name), "User-Agent");
  });
  if (!is_given && !settings_.user_agent.empty()) {
    headers_.add("User-Agent", settings_.user_agent);
    starts_with_user_agent_ = true;
  }
}

void Endpoint::add_credentials(const msgr_http_endpoint_config& config, Issues& issues) {
  if (config.username.ptr == nullptr) {
    return;
  }
  if (to_view(config.username).find(':') != std::string_view::npos) {
    issues.push_back({"/username", "invalid", "A user name for HTTP Basic must not contain a colon."});
    return;
  }
  // Made once: libcurl would encode the pair anew for each request.
  std::string value = basic_credentials(to_view(config.username), to_view(config.password));
  headers_.add("Authorization", value);
  wipe(value);
}

void Endpoint::add_headers(const msgr_http_endpoint_config& config, Issues& issues) {
  for (std::size_t i = 0; i < config.header_count; ++i) {
    const auto name = to_view(config.headers[i].name);
    const auto value = to_view(config.headers[i].value);
    if (!detail::is_token(name) || detail::is_framing_header(name)) {
      issues.push_back({"/headers/" + std::string(name), "invalid", "No header may have this name."});
    } else if (!detail::is_header_value(value)) {
      issues.push_back({"/headers/" + std::string(name), "invalid", "The header's value has a control character."});
    } else {
      headers_.add(name, value);
      sets_content_type_ = sets_content_type_ || detail::equal_nocase(name, "Content-Type");
    }
  }
}

void Endpoint::set_roots(std::string_view pem, Issues& issues) {
  ca_file_ = settings_.ca_file;
  if (pem.data() == nullptr) {
    return;
  }
  if (has_certificate(pem)) {
    own_roots_.write(pem);
    ca_file_ = own_roots_.path();
  } else {
    issues.push_back({"/trusted_roots", "invalid", "The trusted roots are not certificates in PEM form."});
  }
}

namespace {

// OpenSSL's buffers hold what was received, which a provider may have repeated from the request. The same for every
// endpoint: libcurl's pool does not compare what is set this way.
CURLcode forget_plaintext(CURL*, void* context, void*) noexcept {
  SSL_CTX_set_options(static_cast<SSL_CTX*>(context), SSL_OP_CLEANSE_PLAINTEXT);
  return CURLE_OK;
}

}  // namespace

void Endpoint::apply_to(CURL* easy, std::size_t loop) const {
  set_option(easy, CURLOPT_CAINFO, ca_file_.c_str());
  set_option(easy, CURLOPT_CAPATH, static_cast<char*>(nullptr));  // a directory costs 20 ms a connection
  set_option(easy, CURLOPT_PROXY, "");                            // or the environment's http_proxy would be obeyed
  set_option(easy, CURLOPT_NOPROXY, "");                          // and its no_proxy
  if (proxied_) {
    settings_.proxy.use(easy);
    set_option(easy, CURLOPT_USERAGENT, settings_.user_agent.c_str());  // of the CONNECT
    set_option(easy, CURLOPT_PROXY_CAINFO, settings_.ca_file.c_str());
    set_option(easy, CURLOPT_PROXY_CAPATH, static_cast<char*>(nullptr));
  }
  set_option(easy, CURLOPT_SSL_CTX_FUNCTION, &forget_plaintext);
  identity_.present(easy);
  if (pools_[loop].connections) {
    set_option(easy, CURLOPT_SHARE, pools_[loop].connections->share());
  }
}

// With many endpoints, transfers of their own would all be cold when their turn comes.
TransferPool& Endpoint::idle_on(IoLoop& loop) noexcept {
  const bool shared = !has_own_connections() && !has_long_connect_timeout();
  return shared ? loop.idle_transfers(proxied_) : pools_[loop.index()].idle;
}

std::unique_ptr<Transfer> Endpoint::acquire(IoLoop& loop) {
  auto transfer = idle_on(loop).take();
  if (transfer == nullptr) {
    transfer = std::make_unique<Transfer>(*this, loop);
  }
  transfer->serve(*this);
  return transfer;
}

void Endpoint::release(std::unique_ptr<Transfer> transfer) noexcept {
  transfer->wipe();
  TransferPool& idle = idle_on(transfer->loop());
  idle.put(std::move(transfer), static_cast<std::size_t>(settings_.max_idle_connections));
}

void Endpoint::leave(IoLoop& loop) noexcept {
  idle_on(loop).forget(serial_);
  Pool& pool = pools_[loop.index()];
  if (pool.connections) {
    pool.connections.reset();
  }
}

bool Endpoint::loop_is_done() noexcept {
  const std::lock_guard lock(done_mutex_);
  const bool last = ++loops_done_ == pools_.size();
  if (last) {
    done_.notify_all();  // under the lock: the waiter destroys this endpoint
  }
  return last;
}

void Endpoint::wait_until_loops_are_done() {
  std::unique_lock lock(done_mutex_);
  done_.wait(lock, [this] { return loops_done_ == pools_.size(); });
}

}  // namespace messenger::http
