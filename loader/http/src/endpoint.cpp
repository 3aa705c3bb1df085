// SPDX-License-Identifier: Apache-2.0
#include "endpoint.hpp"

#include <strings.h>

#include "io_loop.hpp"

namespace messenger::http {

namespace {

std::string_view view(msgr_str text) noexcept {
  return text.ptr == nullptr ? std::string_view() : std::string_view(text.ptr, text.len);
}

bool report(msgr_issue_fn issue, void* context, const std::string& pointer, std::string_view text) {
  if (issue != nullptr) {
    const std::string_view code = "invalid";
    const msgr_issue problem{sizeof(msgr_issue),
                             0,
                             {pointer.data(), pointer.size()},
                             {code.data(), code.size()},
                             {text.data(), text.size()}};
    issue(context, &problem);
  }
  return false;
}

}  // namespace

bool Endpoint::configure(const msgr_http_endpoint_config& config, msgr_issue_fn issue, void* context) {
  const auto set = [](auto& ours, auto given) { ours = given != 0 ? given : ours; };
  set(connect_timeout_ms_, config.connect_timeout_ms);
  set(read_timeout_ms_, config.read_timeout_ms);
  set(max_response_bytes_, config.max_response_bytes);
  bool good = true;
  if (const auto problem = base_.parse(view(config.url)); !problem.empty()) {
    good = report(issue, context, "/url", problem);
  } else {
    url_ = base_.with("");
  }
  good = add_credentials(config, issue, context) && good;
  good = add_headers(config, issue, context) && good;
  linked_headers_ = headers_.link(nullptr);
  return good && url_ != nullptr;
}

bool Endpoint::add_credentials(const msgr_http_endpoint_config& config, msgr_issue_fn issue, void* context) {
  if (config.username.ptr == nullptr) {
    return true;
  }
  if (view(config.username).find(':') != std::string_view::npos) {
    return report(issue, context, "/username", "A user name for HTTP Basic must not contain a colon.");
  }
  // Made once: libcurl would encode the pair anew for each request.
  std::string value = basic_credentials(view(config.username), view(config.password));
  headers_.add("Authorization", value);
  explicit_bzero(value.data(), value.size());
  return true;
}

bool Endpoint::add_headers(const msgr_http_endpoint_config& config, msgr_issue_fn issue, void* context) {
  bool good = true;
  for (std::size_t i = 0; i < config.header_count; ++i) {
    const auto name = view(config.headers[i].name);
    if (!allowed_name(name)) {
      good = report(issue, context, "/headers/" + std::string(name), "No header may have this name.");
    } else if (!allowed_value(view(config.headers[i].value))) {
      good = report(issue, context, "/headers/" + std::string(name), "The header's value has a control character.");
    } else {
      headers_.add(name, view(config.headers[i].value));
      sets_content_type_ = sets_content_type_ || strcasecmp(std::string(name).c_str(), "Content-Type") == 0;
    }
  }
  return good;
}

std::unique_ptr<Transfer> Endpoint::acquire(IoLoop& loop) {
  Pool& pool = pools_[loop.index()];
  {
    const std::lock_guard lock(pool.mutex);
    if (!pool.idle.empty()) {
      auto transfer = std::move(pool.idle.back());
      pool.idle.pop_back();
      return transfer;
    }
  }
  return std::make_unique<Transfer>(*this, loop);
}

void Endpoint::release(std::unique_ptr<Transfer> transfer) noexcept {
  transfer->wipe();
  Pool& pool = pools_[transfer->loop().index()];
  try {
    const std::lock_guard lock(pool.mutex);
    pool.idle.push_back(std::move(transfer));
  } catch (...) {  // no memory to keep it: it goes
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
