// SPDX-License-Identifier: Apache-2.0
// `messenger-host queue`: what waits in the outbox. Reads the store itself, so that it also works while no host does.
#include <iostream>

#include "api/queue_report.hpp"
#include "cli/command.hpp"
#include "delivery/messages.hpp"
#include "runtime/field_check.hpp"
#include "runtime/instant_text.hpp"

namespace messenger::host::cli {

namespace json = boost::json;

namespace {

std::string instant_of(const json::value& ms) {
  return instant_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(ms.to_number<std::int64_t>())));
}

json::array dead_letters(Store& store, std::int64_t limit) {
  MessageSearch search;
  search.stages = dead_stages();
  search.number_of_results = limit;
  const Log log;
  return Messages(store, log, [](Priority) {}, {}).search(search).at("messages").as_array();
}

void print_changes(const char* when, const json::object& changes) {
  std::cout << when;
  bool any = false;
  for (const auto& change : changes) {
    if (change.value().to_number<std::int64_t>() != 0) {
      std::cout << "  " << change.value() << ' ' << std::string_view(change.key());
      any = true;
    }
  }
  std::cout << (any ? "\n" : "  nothing\n");
}

void print(const json::object& queue) {
  for (const json::value& count : queue.at("counts").as_array()) {
    const json::object& each = count.as_object();
    std::cout << each.at("messages") << ' ' << text_member(each, "state") << ' ' << text_member(each, "priority")
              << ", the oldest of " << instant_of(each.at("oldestInsertInstant")) << '\n';
  }
  std::cout << queue.at("waiting") << " waiting";
  if (const json::value* const oldest = queue.if_contains("oldestWaitingInstant")) {
    std::cout << ", the oldest of " << instant_of(*oldest);
  }
  std::cout << "; " << queue.at("dead") << " dead\n";
  print_changes("Last minute:", queue.at("lastMinute").as_object());
  print_changes("Last hour:", queue.at("lastHour").as_object());
}

// The number is masked already.
void print(const json::array& dead) {
  for (const json::value& value : dead) {
    const json::object& message = value.as_object();
    std::cout << text_member(message, "id") << "  " << instant_of(message.at("lastUpdateInstant")) << "  "
              << text_member(message, "state") << "  " << text_member(message, "to") << "  "
              << text_member(message, "reason") << '\n';
  }
}

}  // namespace

int show_queue(const QueueArguments& arguments) {
  StoreOptions options = arguments.store;
  options.must_exist = true;
  Store store(options);
  json::object queue = queue_report(store, now_ms());
  const json::array dead = arguments.dead ? dead_letters(store, arguments.limit) : json::array();
  if (arguments.json) {
    if (arguments.dead) {
      queue["deadLetters"] = dead;
    }
    print_json(json::object{{"queue", std::move(queue)}});
    return success;
  }
  arguments.dead ? print(dead) : print(queue);
  return success;
}

}  // namespace messenger::host::cli
