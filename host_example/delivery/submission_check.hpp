// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <messenger/loader/report.hpp>
#include <optional>
#include <string>
#include <vector>

#include "delivery/message_type.hpp"
#include "delivery/messages.hpp"

namespace messenger::host {

/// A submission with what it leaves to others filled in.
struct Planned {
  std::string route;
  Priority priority = Priority::notice;
  std::int64_t expires = 0;
  std::vector<loader::Issue> issues;  ///< any: it cannot be accepted
};

/// Looks up who carries messages and how long they live, each route once. [within one transaction]
class Planner {
 public:
  Planner(Transaction& transaction, const Messages::Options& options, std::int64_t now)
      : transaction_(transaction), options_(options), now_(now) {}

  /// Throws StoreError.
  Planned plan(const Submission& submission);

 private:
  void plan_messenger(const std::string& given, Planned& planned);
  const MessageType* plan_message_type(const std::string& given, Planned& planned);
  const MessageType* plan_route(const Submission& submission, Planned& planned);

  Transaction& transaction_;
  const Messages::Options& options_;
  const std::int64_t now_;
  std::map<std::string, bool> messengers_;                   // whether there is one, by id
  std::map<std::string, std::optional<MessageType>> types_;  // by id
};

}  // namespace messenger::host
