#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "simulator/twilio/record.hpp"

namespace messenger::simulator::twilio {

/// Every resource of every account. A reference to a record lives until the record is removed.
class Store {
 public:
  /// The records of one list, oldest first.
  using Records = std::map<std::uint64_t, Record>;

  /// Gives the record its number; its account, collection and SID must be set.
  Record& add(Record record);

  /// Null when the account has no such resource in that list.
  Record* find(std::string_view account, std::string_view collection, std::string_view sid);

  const Records& all(std::string_view account, std::string_view collection) const;

  /// Removes a resource and everything below its path.
  void remove(const Record& record);

  /// Calls for each record, of any account, whose list's name (the last part of its path) is this one; oldest first.
  void visit(std::string_view list, const std::function<void(Record&)>& call);

  /// Removes all of those.
  void clear(std::string_view list);

 private:
  struct Collection {
    Records records;
    std::unordered_map<std::string, std::uint64_t> numbers;
  };

  std::uint64_t last_ = 0;
  /// By account and path, so that what is below a resource stands together.
  std::map<std::string, Collection, std::less<>> collections_;
};

}  // namespace messenger::simulator::twilio
