// SPDX-License-Identifier: Apache-2.0
#include "api/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <sstream>
#include <tuple>

#include "api/metric_families.hpp"

namespace messenger::host {

namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Histogram;

const Histogram::BucketBoundaries attempt_seconds{0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60};
const Histogram::BucketBoundaries answer_seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                 0.1,    0.25,  0.5,    1,     2.5,  5,     10};

std::string verdict_name(ReceiptIntake::Verdict verdict) {
  using Verdict = ReceiptIntake::Verdict;
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::forged:
      return "forged";
    case Verdict::malformed:
      return "malformed";
    case Verdict::unknown:
      return "unknown";
    case Verdict::too_many:
      return "too_many";
    case Verdict::busy:
      return "busy";
    case Verdict::failed:
      break;
  }
  return "failed";
}

// A client may make up any.
std::string method_name(const std::string& method) {
  constexpr std::array<std::string_view, 7> known{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  return std::find(known.begin(), known.end(), method) == known.end() ? "other" : method;
}

double in_seconds(std::chrono::duration<double> time) {
  return time.count();
}

}  // namespace

class Metrics::Impl {
 public:
  void attempt_ended(const std::string& messenger_id, loader::Outcome outcome, std::chrono::milliseconds took) {
    const std::lock_guard lock(known_mutex_);
    Attempts& attempts = known_attempts_[messenger_id];
    Counter*& count = attempts.by_outcome.at(static_cast<std::size_t>(outcome));
    if (count == nullptr) {
      count = &attempts_.Add({{"messenger", messenger_id}, {"outcome", std::string(to_string(outcome))}});
      attempts.took = &durations_.Add({{"messenger", messenger_id}}, attempt_seconds);
    }
    count->Increment();
    attempts.took->Observe(in_seconds(took));
  }
  void receipt_answered(ReceiptIntake::Verdict verdict) {
    receipts_.Add({{"verdict", verdict_name(verdict)}}).Increment();
  }
  void request_answered(const std::string& method, const std::string& route, unsigned status,
                        std::chrono::microseconds took) {
    const std::lock_guard lock(known_mutex_);
    Answers& answers = known_answers_[{method_name(method), route, status}];
    if (answers.count == nullptr) {
      answers.count =
          &requests_.Add({{"method", method_name(method)}, {"route", route}, {"status", std::to_string(status)}});
      answers.took = &answers_.Add({{"method", method_name(method)}, {"route", route}}, answer_seconds);
    }
    answers.count->Increment();
    answers.took->Observe(in_seconds(took));
  }
  std::vector<prometheus::MetricFamily> collect() const { return registry_.Collect(); }
  void add_outbox(MetricFamilies& families, Store& store) {
    const std::lock_guard lock(outbox_mutex_);
    host::add_outbox(families, store, outbox_, now_ms());
  }

 private:
  Family<Counter>& counter(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry_);
  }
  Family<Histogram>& histogram(const char* name, const char* help) {
    return prometheus::BuildHistogram().Name(name).Help(help).Register(registry_);
  }

  // What a messenger or a route counts, so that its labels are looked up once.
  struct Attempts {
    std::array<Counter*, 7> by_outcome{};
    Histogram* took = nullptr;
  };
  struct Answers {
    Counter* count = nullptr;
    Histogram* took = nullptr;
  };

  std::mutex known_mutex_;
  std::map<std::string, Attempts> known_attempts_;                                   // guarded by known_mutex_
  std::map<std::tuple<std::string, std::string, unsigned>, Answers> known_answers_;  // likewise; method, route, status
  std::mutex outbox_mutex_;
  CountedOutbox outbox_;
  prometheus::Registry registry_;
  Family<Counter>& attempts_ = counter("messenger_attempts_total", "Attempts at messages that have ended");
  Family<Histogram>& durations_ =
      histogram("messenger_attempt_duration_seconds", "From an attempt's begin to its outcome");
  Family<Counter>& receipts_ = counter("messenger_receipts_total", "Providers' receipts, by what became of them");
  Family<Counter>& requests_ = counter("messenger_api_requests_total", "Requests that were answered");
  Family<Histogram>& answers_ = histogram("messenger_api_request_duration_seconds",
                                          "From a request to its answer, waiting for messages included");
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}

Metrics::~Metrics() = default;

// Who is measured does not fail because of it: what throws here, for want of memory, is not counted.
void Metrics::attempt_ended(const std::string& messenger_id, loader::Outcome outcome,
                            std::chrono::milliseconds took) noexcept {
  try {
    impl_->attempt_ended(messenger_id, outcome, took);
  } catch (const std::exception&) {
  }
}

void Metrics::receipt_answered(ReceiptIntake::Verdict verdict) noexcept {
  try {
    impl_->receipt_answered(verdict);
  } catch (const std::exception&) {
  }
}

void Metrics::request_answered(const std::string& method, const std::string& route, unsigned status,
                               std::chrono::microseconds took) noexcept {
  try {
    impl_->request_answered(method, route, status, took);
  } catch (const std::exception&) {
  }
}

std::string Metrics::text(Engine& engine) const {
  auto families = impl_->collect();
  impl_->add_outbox(families, engine.store());
  add_accepted(families, engine.messages().accepted());
  add_dispatcher(families, engine.dispatcher().counts(), engine.dispatcher().circuits());
  add_loader(families, engine.runtime().registry().stats());
  add_http_service(families, engine.runtime().http_stats());
  add_build(families);
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, families);
  return text.str();
}

std::vector<Route> metrics_routes(const Metrics& metrics, Engine& engine) {
  const auto handle = [&metrics, &engine](const Request&, const Reply& reply) {
    reply({200, metrics.text(engine), {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}});
  };
  return {{"GET", "/metrics", Access::anyone, {"Metrics", "What Prometheus reads"}, handle}};
}

}  // namespace messenger::host
