// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>
#include <messenger/operations.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "common/verdict.hpp"
#include "twilio/operations/caller.hpp"
#include "twilio/operations/input.hpp"
#include "twilio/operations/page.hpp"
#include "twilio/operations/quote.hpp"
#include "twilio/operations/search.hpp"
#include "twilio/sender.hpp"

namespace messenger::twilio {

/// One run of one operation: as many requests as it takes, one after the other. Between them it belongs to the HTTP
/// service, which gives it back with the answer; it goes with the completion of its op.
class Run {
 public:
  /// Checks the call, and starts it or completes the op at once.
  static void begin(Caller& caller, const Entry& entry, const Op& op, const Call& call);

  Run(Caller& caller, const Entry& entry, const Op& op);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() { caller_.cancelled().end(ticket_); }

 private:
  /// How a run ends; its detail is a literal, or detail_. Nothing: it goes on with target_.
  using End = std::optional<common::Verdict>;

  std::optional<Refusal> check(const Call& call);
  std::optional<Refusal> supply_sender();
  std::optional<Refusal> check_way() const;
  /// Whether the run is over without a request.
  bool quoted();
  std::string form();
  End give_quote(common::Verdict verdict) const;
  static void start(std::unique_ptr<Run> run, std::string_view form) noexcept;
  static void on_answer(void* ctx, const msgr_http_response* raw) noexcept;
  void complete(const Result& result) const noexcept { caller_.host().complete(ticket_, result); }

  End take(const Response& response);
  End take_redirect(common::Verdict verdict, const Response& response) const;
  End take_page(common::Verdict verdict, std::string_view body);
  bool take_elements(std::string_view elements);
  End turn_to(std::string next, common::Verdict verdict);
  [[nodiscard]] End conclude(common::Verdict verdict);
  /// false = nobody wants more.
  [[nodiscard]] bool give_out(std::string_view object) const;

  Caller& caller_;
  const Entry& entry_;
  const Op op_;                 ///< gone once it is complete
  const std::uint64_t ticket_;  ///< of op_
  const Caller::Way& way_;
  Input input_{};
  SenderOrigin sender_origin_ = SenderOrigin::message;
  std::string target_{};
  std::string detail_{};
  std::int64_t left_ = 0;  ///< how many outputs are still wanted; 0 = any number
  std::optional<Search> search_{};
  std::optional<Quote> quote_{};
  std::unordered_set<std::size_t> visited_{};  ///< hashes of this list's targets
};

}  // namespace messenger::twilio
