// SPDX-License-Identifier: Apache-2.0
// What a receiver of the Generic messenger answers.
#include "generic/reply.hpp"

#include "answer.hpp"

using namespace messenger;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  const bool repeatable = data.ConsumeBool();
  const test::Answer answer = fuzz::take_answer(data);
  const test::FakeResponse raw(answer, 1);
  const Response response(&test::FakeResponse::http(), raw.raw());
  fuzz::check(answer, generic::classify(response, repeatable, {}), repeatable);
  return 0;
}
