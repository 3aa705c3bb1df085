// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/run.hpp"

#include <messenger/detail/json_text.hpp>
#include <messenger/secret.hpp>

#include <functional>
#include <utility>

#include "common/instant.hpp"
#include "common/json_slice.hpp"
#include "twilio/operations/input_checks.hpp"
#include "twilio/operations/outcome.hpp"
#include "twilio/operations/target.hpp"

namespace messenger::twilio {
namespace {

using common::Verdict;

Verdict ended(Verdict verdict, Outcome outcome, std::string_view detail) {
  verdict.outcome = outcome;
  verdict.detail = detail;
  return verdict;
}

// The object without what is secret in it.
std::string masked(std::string object, std::string_view hidden) {
  const std::string_view value = common::json_member(object, hidden);
  if (value.data() != nullptr) {
    object.replace(static_cast<std::size_t>(value.data() - object.data()), value.size(), R"("***")");
  }
  return object;
}

}  // namespace

Run::Run(Caller& caller, const Entry& entry, const Op& op)
    : caller_(caller), entry_(entry), op_(op), ticket_(op.ticket()), way_(caller.way(entry.product)) {
  caller_.cancelled().begin(ticket_);
}

void Run::begin(Caller& caller, const Entry& entry, const Op& op, const Call& call) {
  auto run = std::make_unique<Run>(caller, entry, op);
  if (const auto refusal = run->check(call)) {
    return run->complete({.outcome = refusal->outcome, .detail = refusal->detail});
  }
  if (run->quoted()) {
    return;
  }
  if (const auto refusal = run->check_way()) {
    return run->complete({.outcome = refusal->outcome, .detail = refusal->detail});
  }
  std::string form = run->form();
  run->target_ = path_of(entry, run->input_, caller.config().account_sid);
  if (entry.method != "POST" && !form.empty()) {
    run->target_.append("?").append(std::exchange(form, {}));
  }
  start(std::move(run), form);
  wipe(form);
}

std::optional<Refusal> Run::check(const Call& call) {
  if (auto refusal = input_.read(entry_, call.fields())) {
    return refusal;
  }
  if (entry_.check == check_new_message) {
    if (auto refusal = supply_sender()) {
      return refusal;
    }
  }
  const auto now = common::wall_clock();
  if (entry_.check != nullptr) {
    if (auto refusal = entry_.check(input_, now)) {
      return refusal;
    }
  }
  left_ = to_integer(input_.find("Limit"));
  if (entry_.answer == Answer::search) {
    search_.emplace(input_, now);
  }
  if (entry_.answer == Answer::quote) {
    quote_.emplace(input_);
  }
  return std::nullopt;
}

std::optional<Refusal> Run::supply_sender() {
  const Config& config = caller_.config();
  const bool configured = !config.service_sid.empty() || !config.from.empty();
  if (!configured || input_.has("From") || input_.has("MessagingServiceSid")) {
    return std::nullopt;
  }
  Sender sender;
  if (auto refusal = configured_sender(config, sender)) {
    return refusal;
  }
  sender_origin_ = sender.origin;
  if (sender.service_sid.empty()) {
    input_.supply(*find_parameter(entry_, "From"), sender.from);
  } else {
    input_.supply(*find_parameter(entry_, "MessagingServiceSid"), sender.service_sid);
  }
  return std::nullopt;
}

std::optional<Refusal> Run::check_way() const {
  const std::string_view problem = caller_.problem();
  if (problem.empty() && way_.line) {
    return std::nullopt;
  }
  return Refusal{Outcome::config, problem.empty() ? way_.problem : std::string(problem)};
}

bool Run::quoted() {
  if (!quote_) {
    return false;
  }
  if (!quote_->country().empty()) {
    if (!input_.has("country")) {
      input_.supply(*find_parameter(entry_, "country"), quote_->country());
    }
    return false;
  }
  Verdict verdict;
  verdict.outcome = Outcome::ok;
  complete(*give_quote(verdict));
  return true;
}

std::string Run::form() {
  if (quote_) {
    return {};  // the text stays here
  }
  return search_ ? search_->query() : form_of(entry_, input_);
}

// Once the request is started the answer may be there on another thread: nothing of the run is touched after that.
void Run::start(std::unique_ptr<Run> run, std::string_view form) noexcept {
  HttpRequest request{.method = run->entry_.method, .target = run->target_};
  if (request.method == "POST") {
    request.content_type = "application/x-www-form-urlencoded";
    request.body = form;
  }
  const std::uint32_t answer = run->way_.line->start(run->op_, request, &on_answer, run.get());
  if (answer == MSGR_HTTP_STARTED) {
    static_cast<void>(run.release());
    return;
  }
  const bool invalid = answer == MSGR_HTTP_INVALID;
  run->complete(
      {.outcome = invalid ? Outcome::rejected : Outcome::retry,
       .detail = invalid ? "The call makes no valid HTTP request." : "The HTTP service takes no requests now."});
}

void Run::on_answer(void* ctx, const msgr_http_response* raw) noexcept {
  std::unique_ptr<Run> run(static_cast<Run*>(ctx));
  const Response response = run->way_.line->read(*raw);
  End end;
  try {
    end = run->take(response);
  } catch (...) {
    const bool safe = run->entry_.safe() || !response.request_sent();
    end = ended({}, safe ? Outcome::retry : Outcome::unknown, "The messenger failed at the answer.");
  }
  if (end) {
    return run->complete(*end);
  }
  start(std::move(run), {});
}

Run::End Run::take(const Response& response) {
  const Verdict verdict = judge(entry_, response, caller_.config().account_sid, sender_origin_, common::wall_clock());
  if (quote_ && verdict.http_status == 404 && verdict.outcome == Outcome::rejected) {
    quote_->add_no_prices();
    return give_quote(ended(verdict, Outcome::ok, {}));
  }
  if (verdict.outcome != Outcome::ok) {
    return verdict;
  }
  switch (entry_.answer) {
    case Answer::object:
      if (!response.body().empty()) {
        static_cast<void>(give_out(response.body()));
      }
      break;
    case Answer::redirect:
      return take_redirect(verdict, response);
    case Answer::list:
    case Answer::search:
      return take_page(verdict, response.body());
    case Answer::quote:
      quote_->add_prices(response.body());
      return give_quote(verdict);
    case Answer::nothing:
    case Answer::account:
      break;
  }
  return verdict;
}

Run::End Run::give_quote(Verdict verdict) const {
  static_cast<void>(caller_.host().output(ticket_, quote_->json()));
  return verdict;
}

Run::End Run::take_redirect(Verdict verdict, const Response& response) const {
  std::string url = common::json_text(common::json_member(response.body(), "redirect_to"));
  if (url.empty()) {
    return ended(verdict, Outcome::retry, "The answer has no redirect_to: it may not come from Twilio.");
  }
  std::string json = R"({"redirectTo":)";
  detail::append_json_string(json, url);
  static_cast<void>(caller_.host().output(ticket_, json + "}"));
  return verdict;
}

Run::End Run::take_page(Verdict verdict, std::string_view body) {
  Page page;
  if (auto refusal = read_page(entry_, body, way_.url, page)) {
    detail_ = std::move(refusal->detail);
    return ended(verdict, refusal->outcome, detail_);
  }
  if (!take_elements(page.elements) || page.next.empty()) {
    return conclude(verdict);
  }
  return turn_to(std::move(page.next), verdict);
}

bool Run::take_elements(std::string_view elements) {
  for (auto one = common::take_json_element(elements); !one.empty(); one = common::take_json_element(elements)) {
    if (search_ ? !search_->look(one) : !give_out(one)) {
      return false;
    }
    if (left_ != 0 && --left_ == 0) {
      return false;
    }
  }
  return true;
}

Run::End Run::turn_to(std::string next, Verdict verdict) {
  const std::hash<std::string> hash;
  visited_.insert(hash(target_));
  if (!visited_.insert(hash(next)).second) {
    return ended(verdict, Outcome::retry, "Twilio's pages lead in a circle.");
  }
  if (caller_.cancelled().is_marked(ticket_)) {
    return ended(verdict, Outcome::cancelled, "Cancelled between two pages.");
  }
  if (caller_.host().now_ns() >= op_.deadline_ns()) {
    return ended(verdict, Outcome::deadline, "The deadline passed between two pages.");
  }
  target_ = std::move(next);
  return std::nullopt;
}

Run::End Run::conclude(Verdict verdict) {
  if (!search_) {
    return verdict;
  }
  const Search::Found* found = search_->found();
  if (found != nullptr) {
    static_cast<void>(caller_.host().output(ticket_, found->evidence));
  }
  if (const std::string_view doubt = search_->doubt(); !doubt.empty()) {
    return ended(verdict, Outcome::unknown, doubt);
  }
  verdict.provider_id.append(found->sid);
  return verdict;
}

bool Run::give_out(std::string_view object) const {
  const std::string_view hidden = entry_.resource->hidden;
  std::string json = common::compact_json(object);
  if (!hidden.empty()) {
    json = masked(std::move(json), hidden);
  }
  const bool more = caller_.host().output(ticket_, json);
  wipe(json);  // a message may carry a code
  return more;
}

}  // namespace messenger::twilio
