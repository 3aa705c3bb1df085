/* SPDX-License-Identifier: Apache-2.0 */
/*
 * msgr.certificates/1: client certificates that the host keeps and a configuration names by id, got by
 * host->get_extension(host, MSGR_CERTIFICATES_1). The rules at the top of messenger/plugin.h hold.
 */
#ifndef MESSENGER_CERTIFICATES_H
#define MESSENGER_CERTIFICATES_H

#include <messenger/plugin.h>

#define MSGR_CERTIFICATES_1 "msgr.certificates/1"

/* All PEM text, as msgr_http_endpoint_config takes it. The key is a secret: never log it,
 * and wipe what copy of it an endpoint needed. */
typedef struct msgr_certificate {
  uint32_t size, flags;  /* flags: 0 */
  msgr_str certificate;  /* the certificate, then its chain */
  msgr_str key;          /* its private key */
  msgr_str key_password; /* absent = the key is not encrypted */
} msgr_certificate;
typedef void (*msgr_certificate_fn)(void* ctx, const msgr_certificate* certificate); /* called within find only */

typedef struct msgr_certificates {
  uint32_t size, flags; /* flags: 0 */
  /* [any] [inline] 1 = found was called once with the certificate of this id, which lives for that call; 0 = there is
   * none, and found was not called. */
  uint32_t (*find)(const struct msgr_certificates* certificates, msgr_str id, msgr_certificate_fn found, void* ctx);
} msgr_certificates;

#endif
