// SPDX-License-Identifier: Apache-2.0
// Everything public, for libabigail to describe: compiled, never run. C++ only because there an unnamed enum is a type
// that a field can have. lock.cmake complains of what is in a header and not reached from here.
#include <messenger/certificates.h>
#include <messenger/http_service.h>
#include <messenger/operations.h>
#include <messenger/receipts.h>

struct Enums {
  decltype(MSGR_OK) outcome;
  decltype(MSGR_LOG_DEBUG) log_level;
  decltype(MSGR_NULL) field_type;
  decltype(MSGR_HTTP_RESPONSE) http_failure;
  decltype(MSGR_HTTP_UNAVAILABLE) http_answer;
  decltype(MSGR_STATUS_OTHER) status;
  decltype(MSGR_RECEIPT_READ) reading;
};

enum class MessageFlags : uint32_t { secret = MSGR_SECRET };
enum class FieldFlags : uint32_t { secret = MSGR_FIELD_SECRET };
enum class OperationFlags : uint32_t { safe = MSGR_OPERATION_SAFE, list = MSGR_OPERATION_LIST };

extern "C" void msgr_abi_types(const msgr_http*, const msgr_certificates*, const msgr_operations*, const msgr_receipts*,
                               const Enums*, MessageFlags, FieldFlags, OperationFlags) {}

// The functions as their headers declare them.
const msgr_plugin* msgr_plugin_v1(uint32_t) {
  return nullptr;
}
msgr_http_service* msgr_http_service_create(const msgr_http_service_options*, msgr_issue_fn, void*) {
  return nullptr;
}
const msgr_http* msgr_http_service_table(const msgr_http_service*) {
  return nullptr;
}
void msgr_http_service_get_stats(const msgr_http_service*, msgr_http_service_stats*) {}
uint32_t msgr_http_service_destroy(msgr_http_service*) {
  return 0;
}
