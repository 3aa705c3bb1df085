// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/certificates.h>

#include <functional>
#include <map>
#include <messenger/secret.hpp>
#include <mutex>
#include <string>
#include <string_view>

namespace messenger::host {

/// The client certificates that configurations name by id, lent to messengers as msgr.certificates/1. [any thread]
class Certificates {
 public:
  Certificates();
  Certificates(const Certificates&) = delete;
  Certificates& operator=(const Certificates&) = delete;
  ~Certificates() = default;

  /// Keeps, or replaces, a certificate and its key, both PEM, perhaps in one text. Who has it already keeps the old
  /// one.
  void put(const std::string& id, Secret pem);
  /// Likewise; nothing when there is none.
  void remove(const std::string& id);

  const msgr_certificates* table() const noexcept { return &table_.table; }

 private:
  struct Table {
    msgr_certificates table;
    const Certificates* owner;
  };

  static std::uint32_t find(const msgr_certificates* table, msgr_str id, msgr_certificate_fn found, void* ctx);

  const Table table_;
  mutable std::mutex mutex_;
  std::map<std::string, Secret, std::less<>> pem_by_id_;
};

}  // namespace messenger::host
