// SPDX-License-Identifier: Apache-2.0
#include "conformance/scripted_http.hpp"

#include <messenger/detail/request_syntax.hpp>

#include <algorithm>

namespace messenger::host::conformance {

using Clock = std::chrono::steady_clock;

namespace {

// The longest that a request may be silent when it has no deadline: the service's own read timeout.
constexpr std::chrono::seconds read_timeout{15};

std::string_view view(msgr_str text) {
  return text.ptr == nullptr ? std::string_view{} : std::string_view{text.ptr, text.len};
}

void report(msgr_issue_fn issue, void* ctx, std::string_view text) {
  const std::string_view pointer = "/url";
  const std::string_view code = "invalid";
  const msgr_issue one{
      sizeof(one), 0, {pointer.data(), pointer.size()}, {code.data(), code.size()}, {text.data(), text.size()}};
  issue(ctx, &one);
}

}  // namespace

/// The functions of the table.
struct ScriptedHttpFunctions {
  static msgr_http_endpoint* open(const msgr_http* http, const msgr_host*, const msgr_http_endpoint_config* config,
                                  msgr_issue_fn issue, void* ctx) {
    ScriptedHttp& self = *static_cast<const ScriptedHttp::Table*>(http)->self;
    self.called_("msgr_http.open");
    const std::string_view problem = messenger::detail::url_problem(view(config->url));
    std::unique_lock lock(self.mutex_);
    if (self.opens_ && problem.empty()) {
      return &self.endpoints_.emplace_back(msgr_http_endpoint{&self, true});
    }
    lock.unlock();
    report(issue, ctx, problem.empty() ? "The service opens no endpoint." : "The URL " + std::string(problem) + ".");
    return nullptr;
  }

  static void close(msgr_http_endpoint* endpoint) {
    if (endpoint == nullptr) {
      return;
    }
    ScriptedHttp& self = *endpoint->http;
    self.called_("msgr_http.close");
    std::unique_lock lock(self.mutex_);
    if (std::this_thread::get_id() == self.thread_.get_id()) {
      self.misuse_.emplace_back("close was called in a callback");
      return;
    }
    if (!endpoint->open) {
      self.misuse_.emplace_back("an endpoint was closed twice");
    }
    endpoint->open = false;
    self.end_requests(endpoint, nullptr);
    self.changed_.wait(lock, [&] { return !self.is_busy(endpoint); });
  }

  static std::uint32_t request(msgr_http_endpoint* endpoint, const msgr_http_request* request) {
    ScriptedHttp& self = *endpoint->http;
    self.called_("msgr_http.request");
    const std::unique_lock lock(self.mutex_);
    ++self.requests_;
    if (request->done == nullptr) {
      self.misuse_.emplace_back("a request has no callback");
      return MSGR_HTTP_INVALID;
    }
    if (!endpoint->open) {
      self.misuse_.emplace_back("a request was made on a closed endpoint");
      return MSGR_HTTP_UNAVAILABLE;
    }
    if (self.request_answer_ != MSGR_HTTP_STARTED) {
      return self.request_answer_;
    }
    if (!messenger::detail::is_request(*request)) {
      return MSGR_HTTP_INVALID;
    }
    self.pending_.push_back({endpoint, request->ticket, request->deadline_ns, request->done, request->ctx, self.answer_,
                             self.due(request->deadline_ns)});
    self.changed_.notify_all();
    return MSGR_HTTP_STARTED;
  }

  static void cancel(msgr_http_endpoint* endpoint, std::uint64_t ticket) {
    ScriptedHttp& self = *endpoint->http;
    self.called_("msgr_http.cancel");
    const std::unique_lock lock(self.mutex_);
    if (!endpoint->open) {
      self.misuse_.emplace_back("cancel was called on a closed endpoint");
    }
    self.end_requests(endpoint, &ticket);
  }

  static msgr_str header(const msgr_http_response* response, const char* name) {
    constexpr std::string_view content_type = "application/json";
    constexpr std::string_view pause = "2";
    const auto is = [name](std::string_view other) { return messenger::detail::equal_nocase(name, other); };
    if (is("Content-Type") && response->body.len != 0) {
      return {content_type.data(), content_type.size()};
    }
    if (is("Retry-After") && (response->status == 429 || response->status == 503)) {
      return {pause.data(), pause.size()};
    }
    return {nullptr, 0};
  }
};

ScriptedHttp::ScriptedHttp(Guard guard, std::function<void(const char*)> called)
    : guard_(guard), called_(std::move(called)), answer_(accepted) {
  static_cast<msgr_http&>(table_) = {sizeof(msgr_http),
                                     0,
                                     &ScriptedHttpFunctions::open,
                                     &ScriptedHttpFunctions::close,
                                     &ScriptedHttpFunctions::request,
                                     &ScriptedHttpFunctions::cancel,
                                     &ScriptedHttpFunctions::header};
  table_.self = this;
  thread_ = std::thread([this] { run(); });
}

void ScriptedHttp::answer(const Answer& answer) {
  const std::lock_guard lock(mutex_);
  answer_ = answer;
}

void ScriptedHttp::refuse_requests(std::uint32_t with) {
  const std::lock_guard lock(mutex_);
  request_answer_ = with;
}

void ScriptedHttp::refuse_endpoints() {
  const std::lock_guard lock(mutex_);
  opens_ = false;
}

std::size_t ScriptedHttp::opened() const {
  const std::lock_guard lock(mutex_);
  return endpoints_.size();
}

std::size_t ScriptedHttp::open_endpoints() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(endpoints_.begin(), endpoints_.end(), [](const auto& endpoint) { return endpoint.open; }));
}

std::size_t ScriptedHttp::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::vector<std::string> ScriptedHttp::misuse() const {
  const std::lock_guard lock(mutex_);
  return misuse_;
}

bool ScriptedHttp::callback_threw() const {
  const std::lock_guard lock(mutex_);
  return threw_;
}

Clock::time_point ScriptedHttp::due(std::uint64_t deadline_ns) const {
  switch (answer_.when) {
    case Answer::When::soon:
      return Clock::now();
    case Answer::When::later:
      return Clock::now() + std::chrono::milliseconds(20);
    case Answer::When::deadline:
      break;
  }
  return deadline_ns == 0 ? Clock::now() + read_timeout
                          : Clock::time_point(std::chrono::nanoseconds(static_cast<std::int64_t>(deadline_ns)));
}

bool ScriptedHttp::is_busy(const msgr_http_endpoint* endpoint) const {
  return called_back_ == endpoint ||
         std::any_of(pending_.begin(), pending_.end(), [&](const Pending& one) { return one.endpoint == endpoint; });
}

// Those of one ticket, or all; whatever they were to get, they are cancelled now.
void ScriptedHttp::end_requests(const msgr_http_endpoint* endpoint, const std::uint64_t* ticket) {
  for (Pending& one : pending_) {
    if (one.endpoint == endpoint && (ticket == nullptr || *ticket == one.ticket)) {
      one.answer = {"a cancellation", 0, "", MSGR_HTTP_CANCELLED, one.answer.request_sent, Answer::When::soon};
      one.due = Clock::now();
    }
  }
  changed_.notify_all();
}

void ScriptedHttp::deliver(const Pending& pending) {
  Memory& memory = responses_.emplace_back(guard_);
  const Answer& answer = pending.answer;
  const msgr_http_response response{sizeof(response),
                                    answer.failure,
                                    answer.request_sent,
                                    answer.status,
                                    pending.ticket,
                                    memory.text(answer.body),
                                    answer.failure == MSGR_HTTP_RESPONSE ? msgr_str{} : memory.text(answer.name)};
  try {
    pending.done(pending.ctx, memory.copy(&response));
  } catch (...) {
    const std::lock_guard lock(mutex_);
    threw_ = true;
  }
  memory.close();
}

void ScriptedHttp::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto next = std::min_element(pending_.begin(), pending_.end(),
                                       [](const Pending& a, const Pending& b) { return a.due < b.due; });
    if (next == pending_.end()) {
      changed_.wait(lock);
    } else if (next->due > Clock::now()) {
      changed_.wait_until(lock, Clock::time_point(next->due));
    } else {
      const Pending one = *next;
      pending_.erase(next);
      called_back_ = one.endpoint;
      lock.unlock();
      deliver(one);
      lock.lock();
      called_back_ = nullptr;
      changed_.notify_all();
    }
  }
}

}  // namespace messenger::host::conformance
