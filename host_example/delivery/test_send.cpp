// SPDX-License-Identifier: Apache-2.0
#include "delivery/test_send.hpp"

#include <atomic>
#include <boost/json/serialize.hpp>

#include "delivery/open_count.hpp"
#include "delivery/receipt_requests.hpp"
#include "delivery/recording_http.hpp"
#include "delivery/send.hpp"
#include "delivery/test_report.hpp"
#include "delivery/trace.hpp"
#include "delivery/work_queue.hpp"
#include "runtime/field_check.hpp"
#include "runtime/messenger_document.hpp"
#include "runtime/plugin_issues.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

namespace json = boost::json;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds drain_timeout{1'000};

loader::RegistryOptions registry_options(const RecordingHttp& http, const Certificates& certificates, const Log& log) {
  loader::RegistryOptions options;
  options.services = {{MSGR_HTTP_1, http.table()}, {MSGR_CERTIFICATES_1, certificates.table()}};
  options.log = [&log](loader::LogLevel level, std::string_view who, std::string_view text) {
    if (level >= loader::LogLevel::warning) {  // that plugins were loaded, the other registry has said
      log.write(level, text, {{"who", who}});
    }
  };
  options.drain_timeout = drain_timeout;
  return options;
}

// What is under way: one messenger, one message.
struct Trial {
  Trial(const json::object& messenger, const loader::Registry& registry, std::string stored, OutgoingMessage what,
        TestSend::Done then)
      : traced(messenger, registry), stored_id(std::move(stored)), message(std::move(what)), done(std::move(then)) {}

  json::object report(const loader::Result& result, steady_clock::duration elapsed,
                      const std::optional<Exchange>& exchange) const {
    Masker masker;
    traced.hide_secrets(masker);
    for (const auto& [name, value] : message.attributes) {
      if (name == "code") {
        masker.hide(value);
      }
    }
    return test_report(result, std::chrono::duration_cast<std::chrono::milliseconds>(elapsed), exchange, masker);
  }

  const TracedMessenger traced;
  const std::string stored_id;
  OutgoingMessage message;
  const TestSend::Done done;
  const std::shared_ptr<Recording> recording = std::make_shared<Recording>();
  steady_clock::time_point started = {};
};

}  // namespace

class TestSend::Impl {
 public:
  Impl(Runtime& runtime, Store& store, const Log& log, const Delivery::Options& options)
      : runtime_(runtime),
        log_(log),
        timeout_(options.timeout),
        http_(std::make_unique<RecordingHttp>(runtime.http())),
        trace_(runtime.registry(), store, log, options.event_log_entries),
        receipts_(runtime.registry(), store, log, options.public_url),
        registry_(registry_options(*http_, runtime.certificates(), log)) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    ending_ = true;
    if (registry_.shutdown(drain_timeout).parked > 0) {
      static_cast<void>(http_.release());  // a plugin that would not end may call it at any time
    }
    open_.wait_for_none();
  }

  std::vector<loader::Issue> start(const json::object& messenger, const std::string& stored_id, OutgoingMessage message,
                                   Done done) {
    const auto trial =
        std::make_shared<Trial>(messenger, runtime_.registry(), stored_id, std::move(message), std::move(done));
    auto issues = configure(messenger, *trial);
    if (!issues.empty()) {
      return issues;
    }
    if (!stored_id.empty()) {
      receipts_.ask(stored_id, text_member(messenger, "type"), trial->message);
    }
    Begun begun(open_);
    trial->started = steady_clock::now();
    try {
      start_send(registry_, trial->message.id, trial->message, timeout_,
                 [this, trial](const loader::Result& result) { finish_later(trial, result); });
    } catch (const std::exception& error) {
      finish_later(trial, not_started(error));
    }
    begun.hand_on();
    return {};
  }

 private:
  // Under the message's id, so that tests of the same messenger do not meet.
  std::vector<loader::Issue> configure(const json::object& messenger, const Trial& trial) {
    const MessengerDocument parsed = parse_messenger(json::serialize(json::object{{"messenger", messenger}}));
    if (!find_type(registry_, parsed.type)) {
      registry_.load(runtime_.directories());
    }
    const RecordingHttp::Scope scope(trial.recording);
    return plugin_issues(registry_, parsed.type, registry_.configure(trial.message.id, parsed.type, parsed.config));
  }

  void finish_later(const std::shared_ptr<Trial>& trial, const loader::Result& result) {
    const auto elapsed = steady_clock::now() - trial->started;
    registry_.remove(trial->message.id);
    queue_.post([this, trial, result, elapsed] { finish(*trial, result, elapsed); });
  }

  void finish(Trial& trial, const loader::Result& result, steady_clock::duration elapsed) noexcept {
    trace_.keep(trial.traced, trial.message, result);
    receipts_.note(trial.stored_id, trial.message, result);
    try {
      json::object report = trial.report(result, elapsed, ending_ ? std::nullopt : trial.recording->last());
      report["messageId"] = trial.message.id;
      trial.done(std::move(report));
    } catch (const std::exception& error) {
      log_.error("The answer to a test failed: " + std::string(error.what()), {{"messageId", trial.message.id}});
    }
    wipe_message(trial.message);
    open_.end();
  }

  Runtime& runtime_;
  const Log& log_;
  const std::chrono::milliseconds timeout_;
  std::unique_ptr<RecordingHttp> http_;
  Trace trace_;
  ReceiptRequests receipts_;
  std::atomic<bool> ending_{false};  // reports are short from then on, so that the wait is
  OpenCount open_;
  WorkQueue queue_{"host-test-send"};
  loader::Registry registry_;  // after the services that it lends
};

TestSend::TestSend(Runtime& runtime, Store& store, const Log& log, const Delivery::Options& options)
    : impl_(std::make_unique<Impl>(runtime, store, log, options)) {}

TestSend::~TestSend() = default;

std::vector<loader::Issue> TestSend::start(const json::object& messenger, const std::string& stored_id,
                                           OutgoingMessage message, Done done) {
  return impl_->start(messenger, stored_id, std::move(message), std::move(done));
}

}  // namespace messenger::host
