// SPDX-License-Identifier: Apache-2.0
// store-writer DATABASE KEY_FILE PREFIX: keeps pairs of documents until it is killed, and prints each pair's number
// once it is kept.
#include <cstdio>
#include <string>

#include "store/store.hpp"

using namespace messenger::host;

namespace {

// Another writer never rests: who is told that the store is busy comes again.
void keep(Store& store, const std::string& id) {
  for (;;) {
    try {
      return store.transact([&](Transaction& transaction) {
        transaction.documents.put(Kind::user, {id, std::string(3'000, 'u'), {id}, {{Kind::tenant, id}}});
        transaction.documents.put(Kind::tenant, {id, "of " + id, {}, {}});
      });
    } catch (const StoreBusy&) {
    }
  }
}

}  // namespace

int main(int, char** arguments) {
  Store store({arguments[1], arguments[2]});
  for (int number = 0;; ++number) {
    const std::string id = arguments[3] + std::to_string(number);
    keep(store, id);
    std::printf("%s\n", id.c_str());
    std::fflush(stdout);
  }
}
