// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <messenger/loader/report.hpp>
#include <string>
#include <vector>

#include "store/documents.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

/// A kind of message: which messengers carry it, how urgent it is and how long it is worth anything. Kept as
/// {"name", "priority", "lifetimeSeconds", "selection": "order"|"weight", "messengers": [{"messengerId", "weight"}]}.
struct MessageType {
  enum class Selection {
    order,  ///< the first that works
    weight  ///< by chance, in proportion to the weights; then the others
  };
  struct Carrier {
    std::string messenger_id;  ///< lower case
    std::int64_t weight = 1;   ///< 1 … 1000
  };

  std::string id, name;
  Priority priority = Priority::notice;
  std::int64_t lifetime_seconds = 86'400;  ///< of a message that does not say its own
  Selection selection = Selection::order;
  std::vector<Carrier> carriers;  ///< one at least
};

/// Every problem of a message type's document that needs no store to be seen; pointers start with /messageType.
std::vector<loader::Issue> check_message_type(const boost::json::object& message_type);

/// The JSON Schema of such a document.
boost::json::object message_type_schema();

/// Of a document that was checked.
MessageType read_message_type(const Document& document);

}  // namespace messenger::host
