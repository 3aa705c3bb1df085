// SPDX-License-Identifier: Apache-2.0
#include "delivery/route.hpp"

#include <utility>

namespace messenger::host {

MessageRoute read_route(Transaction& transaction, const std::string& name) {
  MessageRoute route;
  route.name = name;
  if (std::string id = messenger_of_route(name); !id.empty()) {
    route.carriers.push_back({std::move(id), 1});
    return route;
  }
  try {
    if (const auto stored = transaction.documents.find(Kind::message_type, message_type_of_route(name))) {
      MessageType type = read_message_type(*stored);
      route.selection = type.selection;
      route.carriers = std::move(type.carriers);
    }
  } catch (const StoreBusy&) {
    throw;
  } catch (const std::exception&) {  // its messages must not hold up others
    route.carriers.clear();
  }
  return route;
}

std::vector<std::string> preference(const MessageRoute& route, std::mt19937_64& chance) {
  std::vector<MessageType::Carrier> left = route.carriers;
  std::vector<std::string> order;
  while (!left.empty()) {
    std::size_t next = 0;
    if (route.selection == MessageType::Selection::weight) {
      std::vector<double> weights;
      for (const MessageType::Carrier& carrier : left) {
        weights.push_back(static_cast<double>(carrier.weight));
      }
      next = std::discrete_distribution<std::size_t>(weights.begin(), weights.end())(chance);
    }
    order.push_back(std::move(left[next].messenger_id));
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(next));
  }
  return order;
}

}  // namespace messenger::host
