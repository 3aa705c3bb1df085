/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pins every size and offset of the ABI, on 32 and on 64 bits. It is compiled, never run, as C and as C++, under
 * -Wpadded: a change that moves a field or leaves a hole does not compile. A new field is a new line here.
 */
#include <messenger/certificates.h>
#include <messenger/http.h>
#include <messenger/operations.h>
#include <messenger/plugin.h>
#include <messenger/receipts.h>

#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
/* C99 and C++11 have no common static assertion. */
#define HOLDS(condition) typedef char JOIN(holds_, __LINE__)[(condition) ? 1 : -1]
#define BY_WIDTH(on32, on64) (sizeof(void*) == 8 ? (on64) : (on32))
#define SIZE(type, on32, on64) HOLDS(sizeof(type) == BY_WIDTH(on32, on64))
#define AT(type, field, on32, on64) HOLDS(offsetof(type, field) == BY_WIDTH(on32, on64))

SIZE(msgr_str, 8, 16);
AT(msgr_str, ptr, 0, 0);
AT(msgr_str, len, 4, 8);

SIZE(msgr_pair, 16, 32);
AT(msgr_pair, name, 0, 0);
AT(msgr_pair, value, 8, 16);

SIZE(msgr_message, 64, 112);
AT(msgr_message, size, 0, 0);
AT(msgr_message, flags, 4, 4);
AT(msgr_message, expires_ns, 8, 8);
AT(msgr_message, kind, 16, 16);
AT(msgr_message, to, 24, 32);
AT(msgr_message, from, 32, 48);
AT(msgr_message, body, 40, 64);
AT(msgr_message, locale, 48, 80);
AT(msgr_message, attributes, 56, 96);
AT(msgr_message, attribute_count, 60, 104);

SIZE(msgr_op, 40, 56);
AT(msgr_op, size, 0, 0);
AT(msgr_op, attempt, 4, 4);
AT(msgr_op, ticket, 8, 8);
AT(msgr_op, deadline_ns, 16, 16);
AT(msgr_op, idempotency_key, 24, 24);
AT(msgr_op, traceparent, 32, 40);

SIZE(msgr_result, 40, 64);
AT(msgr_result, size, 0, 0);
AT(msgr_result, http_status, 4, 4);
AT(msgr_result, retry_after_ms, 8, 8);
AT(msgr_result, provider_id, 16, 16);
AT(msgr_result, provider_code, 24, 32);
AT(msgr_result, detail, 32, 48);

SIZE(msgr_field, 24, 40);
AT(msgr_field, pointer, 0, 0);
AT(msgr_field, text, 8, 16);
AT(msgr_field, type, 16, 32);
AT(msgr_field, flags, 20, 36);

SIZE(msgr_config, 24, 40);
AT(msgr_config, size, 0, 0);
AT(msgr_config, flags, 4, 4);
AT(msgr_config, json, 8, 8);
AT(msgr_config, fields, 16, 24);
AT(msgr_config, field_count, 20, 32);

SIZE(msgr_issue, 32, 56);
AT(msgr_issue, size, 0, 0);
AT(msgr_issue, flags, 4, 4);
AT(msgr_issue, pointer, 8, 8);
AT(msgr_issue, code, 16, 24);
AT(msgr_issue, text, 24, 40);

SIZE(msgr_host, 36, 64);
AT(msgr_host, size, 0, 0);
AT(msgr_host, abi_minor, 4, 4);
AT(msgr_host, log, 8, 8);
AT(msgr_host, now_ns, 12, 16);
AT(msgr_host, complete, 16, 24);
AT(msgr_host, get_extension, 20, 32);
AT(msgr_host, enter, 24, 40);
AT(msgr_host, leave, 28, 48);
AT(msgr_host, output, 32, 56);

SIZE(msgr_plugin, 64, 120);
AT(msgr_plugin, size, 0, 0);
AT(msgr_plugin, abi_minor, 4, 4);
AT(msgr_plugin, type, 8, 8);
AT(msgr_plugin, name, 12, 16);
AT(msgr_plugin, vendor, 16, 24);
AT(msgr_plugin, version, 20, 32);
AT(msgr_plugin, config_schema, 24, 40);
AT(msgr_plugin, needs, 32, 56);
AT(msgr_plugin, validate, 36, 64);
AT(msgr_plugin, configure, 40, 72);
AT(msgr_plugin, send, 44, 80);
AT(msgr_plugin, cancel, 48, 88);
AT(msgr_plugin, stop, 52, 96);
AT(msgr_plugin, destroy, 56, 104);
AT(msgr_plugin, get_extension, 60, 112);

SIZE(msgr_http_endpoint_config, 88, 152);
AT(msgr_http_endpoint_config, size, 0, 0);
AT(msgr_http_endpoint_config, flags, 4, 4);
AT(msgr_http_endpoint_config, connect_timeout_ms, 8, 8);
AT(msgr_http_endpoint_config, read_timeout_ms, 12, 12);
AT(msgr_http_endpoint_config, max_response_bytes, 16, 16);
AT(msgr_http_endpoint_config, url, 24, 24);
AT(msgr_http_endpoint_config, username, 32, 40);
AT(msgr_http_endpoint_config, password, 40, 56);
AT(msgr_http_endpoint_config, headers, 48, 72);
AT(msgr_http_endpoint_config, header_count, 52, 80);
AT(msgr_http_endpoint_config, trusted_roots, 56, 88);
AT(msgr_http_endpoint_config, client_certificate, 64, 104);
AT(msgr_http_endpoint_config, client_key, 72, 120);
AT(msgr_http_endpoint_config, client_key_password, 80, 136);

SIZE(msgr_http_response, 40, 56);
AT(msgr_http_response, size, 0, 0);
AT(msgr_http_response, failure, 4, 4);
AT(msgr_http_response, request_sent, 8, 8);
AT(msgr_http_response, status, 12, 12);
AT(msgr_http_response, ticket, 16, 16);
AT(msgr_http_response, body, 24, 24);
AT(msgr_http_response, detail, 32, 40);

SIZE(msgr_http_request, 72, 120);
AT(msgr_http_request, size, 0, 0);
AT(msgr_http_request, flags, 4, 4);
AT(msgr_http_request, deadline_ns, 8, 8);
AT(msgr_http_request, ticket, 16, 16);
AT(msgr_http_request, method, 24, 24);
AT(msgr_http_request, target, 32, 40);
AT(msgr_http_request, content_type, 40, 56);
AT(msgr_http_request, body, 48, 72);
AT(msgr_http_request, headers, 56, 88);
AT(msgr_http_request, header_count, 60, 96);
AT(msgr_http_request, done, 64, 104);
AT(msgr_http_request, ctx, 68, 112);

SIZE(msgr_http, 28, 48);
AT(msgr_http, size, 0, 0);
AT(msgr_http, flags, 4, 4);
AT(msgr_http, open, 8, 8);
AT(msgr_http, close, 12, 16);
AT(msgr_http, request, 16, 24);
AT(msgr_http, cancel, 20, 32);
AT(msgr_http, header, 24, 40);

SIZE(msgr_certificate, 32, 56);
AT(msgr_certificate, size, 0, 0);
AT(msgr_certificate, flags, 4, 4);
AT(msgr_certificate, certificate, 8, 8);
AT(msgr_certificate, key, 16, 24);
AT(msgr_certificate, key_password, 24, 40);

SIZE(msgr_certificates, 12, 16);
AT(msgr_certificates, size, 0, 0);
AT(msgr_certificates, flags, 4, 4);
AT(msgr_certificates, find, 8, 8);

SIZE(msgr_operation, 32, 56);
AT(msgr_operation, name, 0, 0);
AT(msgr_operation, summary, 4, 8);
AT(msgr_operation, input_schema, 8, 16);
AT(msgr_operation, output_schema, 16, 32);
AT(msgr_operation, flags, 24, 48);
AT(msgr_operation, reserved, 28, 52);

SIZE(msgr_call, 24, 40);
AT(msgr_call, size, 0, 0);
AT(msgr_call, index, 4, 4);
AT(msgr_call, json, 8, 8);
AT(msgr_call, fields, 16, 24);
AT(msgr_call, field_count, 20, 32);

SIZE(msgr_operations, 20, 32);
AT(msgr_operations, size, 0, 0);
AT(msgr_operations, flags, 4, 4);
AT(msgr_operations, operations, 8, 8);
AT(msgr_operations, operation_count, 12, 16);
AT(msgr_operations, call, 16, 24);

SIZE(msgr_callback, 40, 72);
AT(msgr_callback, size, 0, 0);
AT(msgr_callback, flags, 4, 4);
AT(msgr_callback, method, 8, 8);
AT(msgr_callback, url, 16, 24);
AT(msgr_callback, body, 24, 40);
AT(msgr_callback, headers, 32, 56);
AT(msgr_callback, header_count, 36, 64);

SIZE(msgr_receipt, 32, 56);
AT(msgr_receipt, size, 0, 0);
AT(msgr_receipt, status, 4, 4);
AT(msgr_receipt, provider_id, 8, 8);
AT(msgr_receipt, provider_status, 16, 24);
AT(msgr_receipt, provider_code, 24, 40);

SIZE(msgr_receipts, 12, 16);
AT(msgr_receipts, size, 0, 0);
AT(msgr_receipts, flags, 4, 4);
AT(msgr_receipts, read, 8, 8);
