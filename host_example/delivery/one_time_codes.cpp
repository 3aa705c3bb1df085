// SPDX-License-Identifier: Apache-2.0
#include "delivery/one_time_codes.hpp"

#include <algorithm>
#include <atomic>

#include "delivery/active_user.hpp"
#include "delivery/code_generator.hpp"
#include "delivery/document_body.hpp"
#include "delivery/message_template.hpp"
#include "delivery/send.hpp"
#include "delivery/tenant.hpp"
#include "delivery/user_document.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Status = TwoFactorSent::Status;

std::optional<SmsMethod> find_method(const json::object& user, const std::string& id) {
  const auto methods = sms_methods(user);
  const auto found =
      std::find_if(methods.begin(), methods.end(), [&](const SmsMethod& each) { return id.empty() || each.id == id; });
  return found == methods.end() ? std::nullopt : std::optional(*found);
}

// The name of the setting that is missing, or "".
std::string missing_setting(const TenantSettings& settings, const std::optional<Document>& message_template) {
  const std::string sms = "tenant.multiFactorConfiguration.sms.";
  return !settings.sms_enabled                                               ? sms + "enabled"
         : settings.messenger_id.empty() && settings.message_type_id.empty() ? sms + "messengerId"
         : !message_template                                                 ? sms + "templateId"
                                                                             : std::string();
}

Status status_of(const Settled& settled) {
  switch (settled.stage) {
    case MessageStage::failed:
    case MessageStage::undelivered:
      return Status::rejected;
    case MessageStage::expired:
    case MessageStage::cancelled:
      return Status::not_sent;
    case MessageStage::queued:  // who may mend the messenger is not who waits
      return settled.misconfigured ? Status::not_sent : Status::sent;
    default:
      return Status::sent;
  }
}

// What the outbox would not take; it undoes the transaction.
struct Refused {
  TwoFactorSent why;
};

// Unless another send has replaced it meanwhile.
void void_code(Store& store, const std::string& two_factor_id, const std::string& code_digest) {
  store.transact([&](Transaction& transaction) {
    const auto challenge = transaction.challenges.find(two_factor_id);
    if (challenge && equal_digests(challenge->code_digest, code_digest)) {
      transaction.challenges.set_code(two_factor_id, {}, 0);
    }
  });
}

}  // namespace

// What a message is made of, and the message.
struct OneTimeCodes::Plan {
  Plan() = default;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan() { wipe_message(submission.message); }

  TenantSettings settings;
  Challenge challenge;
  Document message_template;
  json::object user;
  SmsMethod method;
  Submission submission;
};

// Who waits to hear what becomes of a message.
struct OneTimeCodes::Waiting {
  explicit Waiting(std::function<void(TwoFactorSent)> then) : done(std::move(then)) {}

  std::string two_factor_id, code_digest, message_id;
  std::function<void(TwoFactorSent)> done;
  std::atomic<bool> answered{false};
};

OneTimeCodes::OneTimeCodes(Store& store, CodeOutlet outlet, Clock clock)
    : store_(store), outlet_(std::move(outlet)), clock_(std::move(clock)) {}

void OneTimeCodes::send(const std::string& two_factor_id, const std::string& method_id, const Cause& cause,
                        std::function<void(TwoFactorSent)> done) {
  send(Target{two_factor_id, method_id}, cause, std::move(done));
}

void OneTimeCodes::send_to_number(const std::string& id, const std::string& user_id, const std::string& mobile_phone,
                                  const Cause& cause, std::function<void(TwoFactorSent)> done) {
  send(Target{id, {}, user_id, mobile_phone}, cause, std::move(done));
}

void OneTimeCodes::send(const Target& target, const Cause& cause, std::function<void(TwoFactorSent)> done) {
  const auto waiting = std::make_shared<Waiting>(done);
  const auto plan_and_hand_over = [&](Transaction& transaction) {
    Plan made;
    const TwoFactorSent planned = plan(transaction, target, made);
    if (planned.status == Status::sent) {
      renew_code(transaction, made);
      made.submission.message.request_id = cause.request_id;
      made.submission.traceparent = cause.traceparent;
      hand_over(transaction, made, waiting);
    }
    return planned;
  };
  TwoFactorSent planned{};
  try {
    planned = store_.with(plan_and_hand_over);
  } catch (const Refused& refused) {
    planned = refused.why;
  } catch (...) {
    if (waiting->answered.exchange(true)) {
      return;  // it was committed all the same, and the message has its end already
    }
    throw;
  }
  if (planned.status == Status::sent) {
    return outlet_.wake();
  }
  done(planned);
}

// In the code's own transaction: no code is good without a message on its way, and no message brings a dead code.
void OneTimeCodes::hand_over(Transaction& transaction, const Plan& plan,
                             const std::shared_ptr<Waiting>& waiting) const {
  waiting->two_factor_id = plan.challenge.id;
  waiting->code_digest = plan.challenge.code_digest;
  waiting->message_id = plan.submission.message.id;
  if (!outlet_.add(transaction, plan.submission).issues.empty()) {
    throw Refused{{Status::not_configured, "tenant.multiFactorConfiguration.sms.messengerId"}};
  }
  outlet_.watch(waiting->message_id, [this, waiting](const Settled& settled) { answer(*waiting, settled); });
}

// The caller is answered whether or not the store works: a code that could not be made void is one that nobody has.
void OneTimeCodes::answer(Waiting& waiting, const Settled& settled) const {
  if (waiting.answered.exchange(true)) {
    return;
  }
  const Status status = status_of(settled);
  std::exception_ptr failure;
  try {
    if (status != Status::sent) {
      void_code(store_, waiting.two_factor_id, waiting.code_digest);
    }
    if (status != Status::sent && settled.stage == MessageStage::queued) {
      outlet_.cancel(waiting.message_id);
    }
  } catch (...) {
    failure = std::current_exception();
  }
  waiting.done({status});
  if (failure) {
    std::rethrow_exception(failure);
  }
}

Challenge OneTimeCodes::open_challenge(Transaction& transaction, const Target& target,
                                       const TenantSettings& settings) const {
  transaction.challenges.sweep();
  Challenge challenge{target.id, target.user_id, "{}", {}, 0, clock_() + settings.challenge_ms()};
  transaction.challenges.add(challenge);
  return challenge;
}

// Whether there is all that a message needs, and what that is.
TwoFactorSent OneTimeCodes::plan(Transaction& transaction, const Target& target, Plan& plan) const {
  plan.settings = current_settings(transaction);
  auto challenge = find_challenge(transaction, target.id);
  const std::string user_id = challenge ? challenge->user_id : target.user_id;
  const auto user = find_active_user(transaction, user_id);
  if (!user) {
    return {Status::gone};
  }
  const auto message_template = transaction.documents.find(Kind::message_template, plan.settings.template_id);
  if (const std::string setting = missing_setting(plan.settings, message_template); !setting.empty()) {
    return {Status::not_configured, setting};
  }
  plan.user = body_of(*user);
  plan.user["id"] = user->id;
  const auto method = target.mobile_phone.empty() ? find_method(plan.user, target.method_id)
                                                  : std::optional(SmsMethod{{}, target.mobile_phone});
  if (!method) {
    return {Status::no_method};
  }
  if (!challenge) {
    challenge = open_challenge(transaction, target, plan.settings);
  }
  if (challenge->attempts >= plan.settings.too_many_attempts) {
    return {target.user_id.empty() ? Status::gone : Status::too_many};
  }
  // While no code would be looked at, none is paid for.
  if (transaction.challenges.user_attempts(user_id, clock_()) >= plan.settings.too_many_attempts ||
      !transaction.challenges.count_send(target.id, most_sends)) {
    return {Status::too_many};
  }
  // A number's challenge has no life of its own that a caller knows of: cut short by it, a code could be dead on
  // arrival.
  if (!target.user_id.empty()) {
    challenge->expires = clock_() + plan.settings.challenge_ms();
    transaction.challenges.set_expires(target.id, challenge->expires);
  }
  plan.challenge = std::move(*challenge);
  plan.message_template = *message_template;
  plan.method = *method;
  return {Status::sent};
}

// The attempts stay: a resend is no way to guess on.
void OneTimeCodes::renew_code(Transaction& transaction, Plan& plan) const {
  const Secret code = new_secret_code(plan.settings.code_form());
  const std::int64_t now = clock_();
  Challenge& challenge = plan.challenge;
  challenge.code_digest = code_digest(challenge.id, code);
  challenge.code_expires = plan.settings.code_expiry(now, challenge.expires);
  transaction.challenges.set_code(challenge.id, challenge.code_digest, challenge.code_expires);

  const auto text = choose_text(body_of(plan.message_template), preferred_languages(plan.user));
  TemplateValues values = template_values(code.reveal(), plan.user);
  Submission& submission = plan.submission;
  submission.message_type_id = plan.settings.message_type_id;
  submission.messenger_id = submission.message_type_id.empty() ? plan.settings.messenger_id : std::string();
  submission.priority = Priority::code;
  submission.expires = challenge.code_expires;
  OutgoingMessage& message = submission.message;
  message.id = new_uuid();
  message.to = plan.method.mobile_phone;
  message.body = render_template(text.text, values);
  message.locale = text.locale;
  message.attributes.emplace_back("code", code.reveal());
  message.attributes.emplace_back("userId", challenge.user_id);
  message.secret = true;
  wipe(values.at("code"));
}

}  // namespace messenger::host
