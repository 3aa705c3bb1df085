// SPDX-License-Identifier: Apache-2.0
#include "delivery/known_messengers.hpp"

#include <messenger/operations.h>

#include "runtime/field_check.hpp"
#include "runtime/operation_document.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host {

namespace json = boost::json;

std::shared_ptr<const KnownMessenger> KnownMessengers::not_known(const std::string& id) {
  return std::make_shared<KnownMessenger>(KnownMessenger{TracedMessenger(id)});
}

std::shared_ptr<const KnownMessenger> KnownMessengers::find(const std::string& id) {
  const std::uint64_t revision = messengers_.revision();  // before reading: what is read then may be older, not newer
  {
    const std::lock_guard lock(mutex_);
    if (revision != revision_) {
      known_.clear();
      revision_ = revision;
    }
    if (const auto found = known_.find(id); found != known_.end()) {
      return found->second;
    }
  }
  const auto messenger = messengers_.find(id);
  if (!messenger) {
    return keep(id, not_known(id), revision);
  }
  const json::object& inner = messenger->at("messenger").as_object();
  const std::string type(text_member(inner, "type"));
  messengers_.load_type(type);  // its plugin may be there by now
  const auto info = find_type(registry_, type);
  std::shared_ptr<const KnownMessenger> known = std::make_shared<const KnownMessenger>(KnownMessenger{
      TracedMessenger(inner, registry_), info && find_operation(*info->operations, MSGR_OPERATION_RECONCILE) != nullptr,
      info && info->reads_receipts});
  return info ? keep(id, std::move(known), revision) : known;
}

// Unless messengers have changed meanwhile.
std::shared_ptr<const KnownMessenger> KnownMessengers::keep(const std::string& id,
                                                            std::shared_ptr<const KnownMessenger> known,
                                                            std::uint64_t revision) {
  const std::lock_guard lock(mutex_);
  if (revision == revision_) {
    known_.emplace(id, known);
  }
  return known;
}

}  // namespace messenger::host
