// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace messenger::host {

/// What hosts on one database tell each other.
enum class Topic {
  outbox,     ///< messages are due; no subject
  cancel,     ///< a leased message is to be called off; its id
  messenger,  ///< a messenger was changed or deleted; its id
  key,        ///< a client certificate, likewise
  all         ///< notices may have been missed: look at everything
};

struct Notice {
  Topic topic = Topic::all;
  std::string subject = {};
};

/// Tells every host on this database, this process included, once the transaction is committed. [within a transaction]
class Notices {
 public:
  virtual void tell(Topic topic, std::string_view subject) = 0;

 protected:
  ~Notices() = default;
};

/// Takes notices, on a thread of the store's; it must not block for the store and throws nothing.
using NoticeFunction = std::function<void(const Notice&)>;

}  // namespace messenger::host
