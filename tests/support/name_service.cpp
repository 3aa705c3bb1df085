// SPDX-License-Identifier: Apache-2.0
#include "name_service.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>

namespace messenger::test {

namespace {

struct Names {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, std::vector<std::uint32_t>> addresses;
  std::map<std::string, int> held;  // how many lookups wait
};

// Never destroyed: a lookup that was given up may still be waiting at the process's end.
Names& names() {
  static auto* const all = new Names;
  return *all;
}

// One block of memory each, for freeaddrinfo below.
addrinfo* make(std::uint32_t address, addrinfo* next, const char* service) {
  struct Block {
    addrinfo info;
    sockaddr_in address;
  };
  auto* const block = static_cast<Block*>(std::calloc(1, sizeof(Block)));
  block->address.sin_family = AF_INET;
  block->address.sin_addr.s_addr = htonl(address);
  block->address.sin_port = htons(static_cast<std::uint16_t>(service != nullptr ? std::atoi(service) : 0));
  block->info.ai_family = AF_INET;
  block->info.ai_socktype = SOCK_STREAM;
  block->info.ai_protocol = IPPROTO_TCP;
  block->info.ai_addrlen = sizeof block->address;
  block->info.ai_addr = reinterpret_cast<sockaddr*>(&block->address);
  block->info.ai_next = next;
  return &block->info;
}

}  // namespace

void resolve(const std::string& name, std::vector<std::uint32_t> addresses) {
  const std::lock_guard lock(names().mutex);
  names().addresses[name] = std::move(addresses);
}

HeldName::HeldName(std::string name) : name_(std::move(name)) {
  const std::lock_guard lock(names().mutex);
  names().held[name_] = 0;
}

HeldName::~HeldName() {
  const std::lock_guard lock(names().mutex);
  names().held.erase(name_);
  names().changed.notify_all();
}

void HeldName::wait_for_lookups(int count) const {
  std::unique_lock lock(names().mutex);
  names().changed.wait(lock, [&] { return names().held.at(name_) >= count; });
}

}  // namespace messenger::test

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo*, addrinfo** result) {
  auto& names = messenger::test::names();
  const std::string name(node != nullptr ? node : "");
  std::unique_lock lock(names.mutex);
  if (const auto held = names.held.find(name); held != names.held.end()) {
    ++held->second;
    names.changed.notify_all();
    names.changed.wait(lock, [&] { return !names.held.contains(name); });
  }
  const auto at = names.addresses.find(name);
  if (at == names.addresses.end()) {
    return EAI_NONAME;
  }
  *result = nullptr;
  for (auto address = at->second.rbegin(); address != at->second.rend(); ++address) {
    *result = messenger::test::make(*address, *result, service);
  }
  return 0;
}

extern "C" void freeaddrinfo(addrinfo* info) {
  while (info != nullptr) {
    addrinfo* const next = info->ai_next;
    std::free(info);
    info = next;
  }
}
