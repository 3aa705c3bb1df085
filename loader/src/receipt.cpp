// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstddef>
#include <messenger/loader/receipt.hpp>

#include "instance.hpp"
#include "plugin_calls.hpp"
#include "thread_state.hpp"
#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::size_t most_receipts = 1000;
constexpr std::size_t id_limit = 256;
constexpr std::size_t word_limit = 64;

constexpr std::array<std::string_view, 12> status_names{"OTHER",       "ACCEPTED", "SCHEDULED", "QUEUED",
                                                        "SENDING",     "SENT",     "DELIVERED", "READ",
                                                        "UNDELIVERED", "FAILED",   "CANCELED",  "INBOUND"};

// The ABI's callback; ctx is a vector of receipts.
void take_receipt(void* ctx, const msgr_receipt* raw) noexcept {
  auto& receipts = *static_cast<std::vector<Receipt>*>(ctx);
  if (raw == nullptr || receipts.size() == most_receipts) return;
  if (!MSGR_HAS(raw, msgr_receipt, provider_code)) return;
  try {
    Receipt copy;
    if (raw->status < status_names.size()) copy.status = static_cast<Status>(raw->status);
    repair_utf8(copy.provider_id, view(raw->provider_id), id_limit);
    repair_utf8(copy.provider_status, view(raw->provider_status), word_limit);
    repair_utf8(copy.provider_code, view(raw->provider_code), word_limit);
    receipts.push_back(std::move(copy));
  } catch (...) {  // no memory for another event: the provider tells later ones
  }
}

std::uint32_t read(Instance& instance, const Callback& callback, std::vector<Receipt>& receipts) {
  std::vector<msgr_pair> headers;
  headers.reserve(callback.headers.size());
  for (const Attribute& header : callback.headers) headers.push_back({abi(header.name), abi(header.value)});
  const msgr_callback raw{.size = sizeof(msgr_callback),
                          .flags = 0,
                          .method = abi(callback.method),
                          .url = abi(callback.url),
                          .body = abi(callback.body),
                          .headers = headers.data(),
                          .header_count = headers.size()};
  return instance.type().receipts->read(instance.plugin, &raw, take_receipt, &receipts);
}

}  // namespace

std::string_view to_string(Status status) noexcept {
  const auto index = static_cast<std::size_t>(status);
  return index < status_names.size() ? status_names[index] : status_names[0];
}

Reading call_read(Instance& instance, const Callback& callback, std::vector<Receipt>& receipts) noexcept {
  const PluginCall inside;
  try {
    std::vector<Receipt> told;
    switch (read(instance, callback, told)) {
      case MSGR_RECEIPT_READ:
        receipts.insert(receipts.end(), told.begin(), told.end());
        return Reading::read;
      case MSGR_RECEIPT_MALFORMED:
        return Reading::malformed;
      default:
        return Reading::forged;
    }
  } catch (...) {
    instance.note(Event::plugin_exception, LogLevel::error, "the plugin threw an exception from read");
    return Reading::forged;
  }
}

}  // namespace messenger::loader
