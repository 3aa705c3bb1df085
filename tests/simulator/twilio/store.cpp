#include "simulator/twilio/store.hpp"

#include <utility>
#include <vector>

namespace messenger::simulator::twilio {
namespace {

std::string key_of(std::string_view account, std::string_view collection) {
  return std::string{account} + std::string{collection};
}

bool is_list(std::string_view key, std::string_view list) {
  return key.substr(key.rfind('/') + 1) == list;
}

}  // namespace

Record& Store::add(Record record) {
  Collection& collection = collections_[key_of(record.account, record.collection)];
  record.number = ++last_;
  collection.numbers[record.sid] = record.number;
  return collection.records.emplace(record.number, std::move(record)).first->second;
}

Record* Store::find(std::string_view account, std::string_view collection, std::string_view sid) {
  const auto found = collections_.find(key_of(account, collection));
  if (found == collections_.end()) return nullptr;
  const auto number = found->second.numbers.find(std::string{sid});
  return number == found->second.numbers.end() ? nullptr : &found->second.records.at(number->second);
}

const Store::Records& Store::all(std::string_view account, std::string_view collection) const {
  static const Records none;
  const auto found = collections_.find(key_of(account, collection));
  return found == collections_.end() ? none : found->second.records;
}

void Store::remove(const Record& record) {
  const std::string below = key_of(record.account, record.path()) + "/";
  auto child = collections_.lower_bound(below);
  while (child != collections_.end() && child->first.starts_with(below)) child = collections_.erase(child);
  Collection& collection = collections_.at(key_of(record.account, record.collection));
  const std::uint64_t number = record.number;
  collection.numbers.erase(record.sid);
  collection.records.erase(number);
}

void Store::visit(std::string_view list, const std::function<void(Record&)>& call) {
  std::map<std::uint64_t, Record*> found;
  for (auto& [key, collection] : collections_) {
    if (!is_list(key, list)) continue;
    for (auto& [number, record] : collection.records) found.emplace(number, &record);
  }
  for (const auto& [number, record] : found) call(*record);
}

void Store::clear(std::string_view list) {
  std::vector<const Record*> doomed;
  visit(list, [&](const Record& record) { doomed.push_back(&record); });
  for (const Record* record : doomed) remove(*record);
}

}  // namespace messenger::simulator::twilio
