// SPDX-License-Identifier: Apache-2.0
// What Twilio answers.
#include "twilio/reply.hpp"

#include "answer.hpp"

using namespace messenger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  const auto origin = data.PickValueInArray({twilio::SenderOrigin::configuration, twilio::SenderOrigin::message});
  const test::Answer answer = fuzz::take_answer(data);
  const test::FakeResponse raw(answer, 1);
  const Response response(&test::FakeResponse::http(), raw.raw());
  const auto verdict = twilio::classify(response, "AC0123456789abcdef0123456789abcdef", origin, {});
  fuzz::check(answer, verdict, false);
  const Result result = verdict;
  fuzz::require(result.outcome != Outcome::ok || !result.provider_id.empty(), "OK names the message");
  return 0;
}
