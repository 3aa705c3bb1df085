// SPDX-License-Identifier: Apache-2.0
// Throws from every function that the loader calls. What has to succeed for the next to be called does so on request:
// configure with any field, and send at the second attempt, which it then leaves open.
#include <stdexcept>

#include "minimal.h"

namespace {

std::uint32_t validate(const msgr_host*, const msgr_config*, msgr_issue_fn, void*) {
  throw std::runtime_error("validate");
}

msgr_instance* configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue, void* ctx) {
  if (config->field_count == 0) throw std::runtime_error("configure");
  return minimal_configure(host, config, issue, ctx);
}

void send(msgr_instance*, const msgr_op* op, const msgr_message*) {
  if (op->attempt == 1) throw 1;
}

void cancel(msgr_instance*, std::uint64_t) {
  throw "cancel";
}

std::uint32_t stop(msgr_instance*, std::uint64_t) {
  throw std::runtime_error("stop");
}

void destroy(msgr_instance*) {
  throw std::runtime_error("destroy");
}

// A stop that fails keeps destroy from being called, so there is a second type without one.
constexpr msgr_plugin table_of(const char* type, std::uint32_t (*stop_function)(msgr_instance*, std::uint64_t)) {
  return {sizeof(msgr_plugin), MSGR_ABI_MINOR, type,   nullptr,       nullptr, nullptr, TEXT("{}"), nullptr, validate,
          configure,           send,           cancel, stop_function, destroy, nullptr};
}

constexpr msgr_plugin tables[] = {table_of("ThrowsEverywhere", stop), table_of("ThrowsInDestroy", nullptr)};

}  // namespace

const msgr_plugin* msgr_plugin_v1(std::uint32_t index) {
  return index < 2 ? &tables[index] : nullptr;
}
