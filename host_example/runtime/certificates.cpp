// SPDX-License-Identifier: Apache-2.0
#include "runtime/certificates.hpp"

#include <messenger/text.hpp>
#include <utility>

#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace {

// A UUID is the same in either case.
std::string key_of(std::string_view id) {
  return is_uuid(id) ? to_lower_uuid(id) : std::string(id);
}

}  // namespace

Certificates::Certificates() : table_{{sizeof(msgr_certificates), 0, &Certificates::find}, this} {}

void Certificates::put(const std::string& id, Secret pem) {
  const std::lock_guard lock(mutex_);
  pem_by_id_.insert_or_assign(key_of(id), std::move(pem));
}

void Certificates::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  pem_by_id_.erase(key_of(id));
}

std::uint32_t Certificates::find(const msgr_certificates* table, msgr_str id, msgr_certificate_fn found, void* ctx) {
  const Certificates& self = *reinterpret_cast<const Table*>(table)->owner;
  Secret pem;
  {
    const std::lock_guard lock(self.mutex_);
    const auto at = self.pem_by_id_.find(key_of(to_view(id)));
    if (at == self.pem_by_id_.end()) {
      return 0;
    }
    pem = at->second;  // a copy: no lock is held while a messenger is called
  }
  const msgr_str text = to_str(pem.reveal());
  const msgr_certificate certificate{sizeof(msgr_certificate), 0, text, text, {nullptr, 0}};
  found(ctx, &certificate);
  return 1;
}

}  // namespace messenger::host
