// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/system_error.hpp>
#include <chrono>
#include <stdexcept>

#include "api_client.hpp"

namespace messenger::crash {

namespace json = boost::json;

Load::Load(const Plan& plan, const Fleet& fleet, Routes routes)
    : plan_(plan), fleet_(fleet), routes_(std::move(routes)), ids_(plan.messages) {
  for (std::size_t part = 0; part < parts; ++part) {
    threads_.emplace_back([this, part] { run(part); });
  }
}

Load::~Load() {
  ending_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) {
      thread.join();
    }
  }
}

// Every fourth one, alone or several in one request, at the pace that fills the plan's time.
void Load::run(std::size_t part) {
  Dice dice(plan_.seed, 100 + part);
  const auto began = std::chrono::steady_clock::now();
  std::size_t number = part;
  while (number < plan_.messages && !ending_) {
    std::vector<std::size_t> numbers;
    for (std::size_t left = 1 + dice.below(20); left > 0 && number < plan_.messages; --left, number += parts) {
      numbers.push_back(number);
    }
    while (!hand_in(dice.below(fleet_.size()), numbers) && !ending_) {
      std::this_thread::sleep_for(dice.between(10, 100));
    }
    std::this_thread::sleep_until(began + plan_.load * static_cast<long>(number) / static_cast<long>(plan_.messages));
  }
}

json::object Load::message(std::size_t number) const {
  static const char* const priorities[] = {"code", "notice", "bulk"};
  json::object message{{"to", "+1555123" + std::to_string(1000 + number % 9000)},
                       {"body", text_of(number)},
                       {"priority", priorities[number % 3]},
                       {"secret", number % 3 == 0},
                       {"idempotencyKey", "crash-" + std::to_string(number)}};
  if (number % 2 == 0) {
    message["messageTypeId"] = routes_.message_type_id;
  } else {
    message["messengerId"] = routes_.messenger_id;
  }
  return message;
}

bool Load::hand_in(std::size_t host, const std::vector<std::size_t>& numbers) {
  json::array messages;
  for (const std::size_t number : numbers) {
    messages.push_back(message(number));
  }
  try {
    test::ApiClient client(fleet_.url(host), api_key);
    const auto answer =
        client.post("/api/message/send", json::serialize(json::object{{"messages", std::move(messages)}}));
    if (answer.status == 202) {
      keep(numbers, answer.json());
      return true;
    }
    if (answer.status != 503) {
      const std::lock_guard lock(mutex_);
      wrongs_.push_back(std::to_string(answer.status) + " " + answer.body);
      ending_ = true;
    }
  } catch (const boost::system::system_error&) {
    // No answer: it may have been accepted, and the key says so next time.
  }
  return false;
}

void Load::keep(const std::vector<std::size_t>& numbers, const json::object& answer) {
  const json::array& messages = answer.at("messages").as_array();
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const json::object& one = messages.at(i).as_object();
    const json::value* const id = one.if_contains("id");
    if (id == nullptr) {
      wrongs_.push_back(json::serialize(one));
      ending_ = true;
      continue;
    }
    ids_.at(numbers[i]) = std::string(id->as_string());
    ++accepted_;
    repeated_ += one.at("isNew").as_bool() ? 0 : 1;
  }
}

std::vector<std::string> Load::finish() {
  for (std::thread& thread : threads_) {
    thread.join();
  }
  const std::lock_guard lock(mutex_);
  if (!wrongs_.empty()) {
    throw std::runtime_error("A host answered " + wrongs_.front());
  }
  return ids_;
}

}  // namespace messenger::crash
