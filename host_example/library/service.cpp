// SPDX-License-Identifier: Apache-2.0
#include "messenger/delivery/service.hpp"

#include <boost/json/serialize.hpp>
#include <future>
#include <mutex>

#include "delivery/engine.hpp"
#include "delivery/message_types.hpp"
#include "delivery/open_count.hpp"
#include "delivery/receipt_url.hpp"
#include "delivery/tenant.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::delivery {

namespace json = boost::json;
using loader::Issue;

namespace {

static_assert(static_cast<int>(State::queued) == static_cast<int>(host::MessageStage::queued));
static_assert(static_cast<int>(State::cancelled) == static_cast<int>(host::MessageStage::cancelled));
static_assert(static_cast<int>(Priority::bulk) == static_cast<int>(host::Priority::bulk));

State state_of(host::MessageStage stage) noexcept {
  return static_cast<State>(stage);
}

host::EngineOptions engine_options(const Options& options) {
  host::EngineOptions engine;
  engine.store.database = options.database;
  engine.store.key_file = options.key_file;
  engine.plugin_directories = options.plugin_directories;
  engine.network.allow_ranges = options.allow_ranges;
  engine.network.http_ranges = options.http_ranges;
  engine.network.proxy = options.proxy;
  engine.network.proxy_username = options.proxy_username;
  engine.network.proxy_password = options.proxy_password;
  engine.network.ca_file = options.ca_file;
  engine.delivery.timeout = options.attempt_timeout;
  engine.delivery.public_url = host::checked_public_url(options.public_url);
  engine.dispatcher.slots = options.slots;
  engine.dispatcher.slots_per_messenger = options.slots_per_messenger;
  engine.messages.lifetime_seconds = options.lifetime.count();
  return engine;
}

host::Log make_log(const loader::LogFunction& log) {
  return host::Log([log](loader::LogLevel level, std::string_view text, const json::object& fields) {
    if (log) {
      const json::value* const who = fields.if_contains("who");
      log(level, who != nullptr && who->is_string() ? std::string_view(who->get_string()) : "delivery",
          host::as_line(text, fields));
    }
  });
}

// What the rooms below throw, as this library's own.
template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const host::StoreBusy& error) {
    throw Unavailable(error.what());
  } catch (const host::StoreFull& error) {
    throw Unavailable(error.what());
  } catch (const host::StoreError& error) {
    throw Error(error.what());
  }
}

// Nothing, and an issue, for what is no JSON object.
std::optional<json::object> parse(const std::string& document, std::vector<Issue>& issues) {
  auto parsed = host::parse_json(document);
  if (auto* const value = std::get_if<json::value>(&parsed); value != nullptr && value->is_object()) {
    return std::move(value->get_object());
  }
  const auto* const problem = std::get_if<std::string>(&parsed);
  issues.push_back({"", "invalidJSON", problem != nullptr ? *problem : "Expected a JSON object."});
  return std::nullopt;
}

std::int64_t to_ms(Clock::time_point instant) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count();
}

host::Submission submission_of(const Message& message) {
  host::Submission submission;
  submission.message.to = message.to;
  submission.message.body = message.body;
  submission.message.locale = message.locale;
  submission.message.attributes = message.attributes;
  submission.message.secret = message.secret;
  submission.tenant_id = message.tenant;
  submission.messenger_id = message.messenger;
  submission.message_type_id = message.message_type;
  if (message.priority) {
    submission.priority = static_cast<host::Priority>(*message.priority);
  }
  submission.expires = message.expires ? to_ms(*message.expires) : 0;
  submission.idempotency_key = message.idempotency_key;
  submission.traceparent = message.traceparent;
  return submission;
}

Receipt receipt_of(host::ReceiptIntake::Verdict verdict) noexcept {
  using Verdict = host::ReceiptIntake::Verdict;
  switch (verdict) {
    case Verdict::kept:
      return Receipt::kept;
    case Verdict::forged:
      return Receipt::forged;
    case Verdict::malformed:
      return Receipt::malformed;
    case Verdict::unknown:
      return Receipt::unknown;
    default:
      return Receipt::busy;
  }
}

}  // namespace

class Service::Impl {
 public:
  explicit Impl(const Options& options) : log_(make_log(options.log)), engine_(engine_options(options), log_) {
    host::ensure_tenant(engine_.store());
  }

  /// Runs `work` on the engine, unless it has stopped.
  template <class Work>
  auto with(Work work) {
    std::optional<host::Begun> begun;
    {
      const std::lock_guard lock(using_);
      if (stopped_) {
        throw Unavailable("The service has stopped.");
      }
      begun.emplace(open_);
    }
    return guarded([&] { return work(engine_); });
  }

  /// Callbacks may call the service meanwhile: they learn that it has stopped.
  bool stop(std::chrono::milliseconds within) {
    const std::lock_guard one_by_one(stopping_);
    {
      const std::lock_guard lock(using_);
      stopped_ = true;
    }
    open_.wait_for_none();
    return engine_.stop(within);
  }

 private:
  host::Log log_;
  std::mutex stopping_;
  std::mutex using_;
  bool stopped_ = false;  // guarded by using_
  host::OpenCount open_;  // calls
  host::Engine engine_;
};

Service::Service(const Options& options) {
  impl_ = guarded([&] { return std::make_unique<Impl>(options); });
}

Service::~Service() = default;

std::vector<Issue> Service::put_messenger(const std::string& id, const std::string& document) {
  std::vector<Issue> issues;
  const auto parsed = parse(document, issues);
  return !parsed ? issues : impl_->with([&](host::Engine& engine) {
    const auto replaced = engine.messengers().replace(id, [&](const json::object&) { return parsed; });
    return replaced ? replaced->issues : engine.messengers().create(id, *parsed).issues;
  });
}

std::vector<Issue> Service::put_message_type(const std::string& id, const std::string& document) {
  std::vector<Issue> issues;
  const auto parsed = parse(document, issues);
  return !parsed
             ? issues
             : impl_->with([&](host::Engine& engine) { return host::put_message_type(engine.store(), id, *parsed); });
}

std::vector<Issue> Service::remove_messenger(const std::string& id) {
  return impl_->with(
      [&](host::Engine& engine) { return engine.messengers().erase(id).value_or(std::vector<Issue>()); });
}

std::vector<Issue> Service::remove_message_type(const std::string& id) {
  return impl_->with([&](host::Engine& engine) { return host::erase_message_type(engine.store(), id); });
}

std::vector<Accepted> Service::accept(const std::vector<Message>& messages) {
  std::vector<host::Submission> submissions;
  submissions.reserve(messages.size());
  for (const Message& message : messages) {
    submissions.push_back(submission_of(message));
  }
  std::vector<Accepted> accepted;
  for (host::Accepted& one : impl_->with([&](host::Engine& engine) { return engine.messages().accept(submissions); })) {
    accepted.push_back({std::move(one.id), one.is_new, std::move(one.issues)});
  }
  return accepted;
}

std::optional<Status> Service::find(const std::string& id) {
  const auto found = impl_->with([&](host::Engine& engine) { return engine.messages().find(id); });
  if (!found) {
    return std::nullopt;
  }
  Status status;
  status.state = state_of(host::stage_of(host::text_member(*found, "state")).value_or(host::MessageStage::unknown));
  status.reason = host::text_member(*found, "reason");
  status.provider_id = host::text_member(*found, "providerId");
  status.attempts = found->at("attempts").to_number<std::uint32_t>();
  status.json = json::serialize(*found);
  return status;
}

std::optional<State> Service::cancel(const std::string& id) {
  const auto stage = impl_->with([&](host::Engine& engine) { return engine.messages().cancel(id); });
  return stage ? std::optional(state_of(*stage)) : std::nullopt;
}

void Service::when_settled(const std::string& id, std::chrono::milliseconds within, std::function<void(State)> done) {
  impl_->with([&](host::Engine& engine) {
    engine.dispatcher().when_settled(
        id, within, [done = std::move(done)](const host::Settled& settled) { done(state_of(settled.stage)); });
  });
}

Receipt Service::take_receipt(const std::string& messenger_id, const std::string& query, const std::string& body,
                              const std::vector<std::pair<std::string, std::string>>& headers) {
  const auto answer = std::make_shared<std::promise<Receipt>>();  // its own thread may still hold it when we have it
  return impl_->with([&](host::Engine& engine) {
    engine.receipts().take(
        {messenger_id, query, body, headers, {}},
        [answer](const host::ReceiptIntake::Answer& given) { answer->set_value(receipt_of(given.verdict)); });
    return answer->get_future().get();
  });
}

bool Service::stop(std::chrono::milliseconds within) {
  return impl_->stop(within);
}

}  // namespace messenger::delivery
