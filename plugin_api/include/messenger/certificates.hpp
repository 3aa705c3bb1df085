// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_CERTIFICATES_HPP
#define MESSENGER_CERTIFICATES_HPP

#include <messenger/certificates.h>
#include <messenger/host.hpp>
#include <messenger/secret.hpp>

#include <exception>
#include <optional>
#include <string_view>

namespace messenger {

/// A client certificate that the host keeps, copied for as long as an endpoint is being opened. All PEM text.
struct ClientCertificate {
  Secret certificate{}, key{}, key_password{};
};

namespace detail {

struct CertificateSearch {
  std::optional<ClientCertificate> found{};
  std::exception_ptr thrown{};

  static void take(void* ctx, const msgr_certificate* given) noexcept {
    auto& self = *static_cast<CertificateSearch*>(ctx);
    try {
      self.found = ClientCertificate{Secret(to_view(given->certificate)), Secret(to_view(given->key)),
                                     Secret(to_view(given->key_password))};
    } catch (...) {  // no memory: nothing may be thrown through the host
      self.thrown = std::current_exception();
    }
  }
};

}  // namespace detail

/// The host's client certificate of this id; nothing when it has none, or keeps none at all.
inline std::optional<ClientCertificate> find_certificate(Host host, std::string_view id) {
  const auto* const kept = host.extension<msgr_certificates>(MSGR_CERTIFICATES_1);
  detail::CertificateSearch search;
  if (kept != nullptr) {
    kept->find(kept, to_str(id), &detail::CertificateSearch::take, &search);
  }
  if (search.thrown) {
    std::rethrow_exception(search.thrown);
  }
  return std::move(search.found);
}

}  // namespace messenger

#endif
