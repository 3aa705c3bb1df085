// SPDX-License-Identifier: Apache-2.0
// Durable delivery in a few lines: deliver DATABASE PLUGIN_DIRECTORY MESSENGER_JSON TO TEXT, as
//   deliver sqlite:messages.db lib/messenger/plugins '{"messenger":{"name":"Sms", …}}' +15551230001 "Hello"
// End it whenever you like: what was accepted is in the database, and the next start goes on with it.
#include <future>
#include <iostream>
#include <messenger/delivery/service.hpp>

using namespace messenger::delivery;

namespace {

const std::string messenger = "11111111-1111-1111-1111-111111111111";

int run(Service& service, char** argument) {
  for (const auto& issue : service.put_messenger(messenger, argument[3])) {
    std::cerr << issue.pointer << ": " << issue.text << '\n';
    return 2;
  }
  Message message;
  message.to = argument[4];
  message.body = argument[5];
  message.messenger = messenger;
  const Accepted accepted = service.accept(message);
  if (accepted.id.empty()) {
    std::cerr << accepted.issues.front().pointer << ": " << accepted.issues.front().text << '\n';
    return 2;
  }
  std::promise<void> settled;
  service.when_settled(accepted.id, std::chrono::seconds(30), [&settled](State) { settled.set_value(); });
  settled.get_future().wait();
  const auto status = service.find(accepted.id);
  std::cout << status->json << '\n';
  service.stop(std::chrono::seconds(5));
  return status->state == State::sent ? 0 : 1;
}

}  // namespace

int main(int count, char** argument) {
  if (count != 6) {
    return 2;
  }
  Options options;
  options.database = argument[1];
  options.plugin_directories = {argument[2]};
  options.allow_ranges = options.http_ranges = {"127.0.0.0/8"};  // for the example; else public addresses, over https
  try {
    Service service(options);
    return run(service, argument);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
