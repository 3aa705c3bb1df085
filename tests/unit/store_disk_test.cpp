// SPDX-License-Identifier: Apache-2.0
// When what a unit has written to SQLite is on the disk, and who waits for it.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;
using namespace std::chrono_literals;

namespace {

// What stands between the store and its disk.
class Disk {
 public:
  int sync(int file) {
    std::unique_lock lock(mutex_);
    ++syncs_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return !is_held_; });
    if (error_ != 0) {
      errno = error_;
      return -1;
    }
    lock.unlock();
    return static_cast<int>(::syscall(SYS_fdatasync, file));
  }

  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    is_held_ = held;
    syncs_ = held ? 0 : syncs_;
    changed_.notify_all();
  }
  void fail(int error) {
    const std::lock_guard lock(mutex_);
    error_ = error;
  }
  void wait_for_sync() {
    std::unique_lock lock(mutex_);
    BOOST_TEST_REQUIRE(changed_.wait_for(lock, 30s, [this] { return syncs_ > 0; }));
  }
  /// Since it was held.
  int syncs() {
    const std::lock_guard lock(mutex_);
    return syncs_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_held_ = false;
  int error_ = 0, syncs_ = 0;
};

Disk disk;

struct HeldDisk : OpenStore {
  HeldDisk() { disk.hold(true); }
  ~HeldDisk() { disk.hold(false); }

  std::future<void> write(const std::string& id) {
    return std::async(std::launch::async, [this, id] { put(Kind::user, {id, "{}", {}, {}}); });
  }
};

bool is_done(const std::future<void>& unit, std::chrono::milliseconds within) {
  return unit.wait_for(within) == std::future_status::ready;
}

}  // namespace

// SQLite's own descriptor of the log is one for writing.
extern "C" int fdatasync(int file) {
  return (::fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY ? disk.sync(file)
                                                          : static_cast<int>(::syscall(SYS_fdatasync, file));
}

BOOST_FIXTURE_TEST_CASE(a_unit_returns_once_it_is_on_the_disk, HeldDisk) {
  auto unit = write("1");
  disk.wait_for_sync();
  BOOST_TEST(!is_done(unit, 100ms));
  disk.hold(false);
  unit.get();
}

BOOST_FIXTURE_TEST_CASE(others_write_while_one_waits_and_one_sync_is_good_for_all_of_them, HeldDisk) {
  auto first = write("1");
  disk.wait_for_sync();
  std::vector<std::future<void>> others;
  std::atomic<int> written = 0;
  for (int number = 2; number != 10; ++number) {
    others.push_back(std::async(std::launch::async, [this, number, &written] {
      store.transact([&](Transaction& transaction) {
        transaction.documents.put(Kind::user, {std::to_string(number), "{}", {}, {}});
        ++written;
      });
    }));
  }
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (written != 8 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(1ms);
  }
  BOOST_TEST(written == 8);
  BOOST_TEST(disk.syncs() == 1);
  disk.hold(false);
  first.get();
  for (auto& other : others) {
    other.get();
  }
  BOOST_TEST(disk.syncs() <= 3);  // the last of them may still have been committing
}

BOOST_FIXTURE_TEST_CASE(who_has_seen_what_is_not_yet_on_the_disk_waits_for_it, HeldDisk) {
  auto first = write("1");
  disk.wait_for_sync();
  auto second = std::async(std::launch::async, [this] {
    store.transact(
        [](Transaction& transaction) { BOOST_TEST(transaction.documents.find(Kind::user, "1").has_value()); });
  });
  BOOST_TEST(!is_done(second, 100ms));
  disk.hold(false);
  first.get();
  second.get();
}

BOOST_FIXTURE_TEST_CASE(what_the_disk_did_not_take_ends_all_writing_until_the_store_is_opened_again, Database) {
  const auto put = [](Store& store, const char* id) {
    return refusal([&] {
      store.transact([&](Transaction& transaction) { transaction.documents.put(Kind::user, {id, "{}", {}, {}}); });
    });
  };
  {
    Store store(options());
    disk.fail(EIO);
    const std::string error = put(store, "1");
    disk.fail(0);
    BOOST_TEST(error.find("host.db-wal") != std::string::npos, error);
    BOOST_TEST(put(store, "2") == error);
  }
  Store store(options());
  BOOST_TEST(put(store, "3") == "");
}

BOOST_FIXTURE_TEST_CASE(the_log_is_taken_into_the_file_while_the_store_is_open_and_begins_anew, OpenStore) {
  const std::string body = R"({"text":")" + std::string(200'000, 'x') + R"("})";
  int users = 0;
  const auto write = [&] {
    for (const int end = users + 150; users != end; ++users) {
      put(Kind::user, {std::to_string(users), body, {}, {}});
    }
  };
  write();  // 40 MB
  const auto pages_in_file = [&] { return std::filesystem::file_size(file) / 4'096; };
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (pages_in_file() < 8'000 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(10ms);
  }
  BOOST_TEST(pages_in_file() >= 8'000U);
  const auto log = std::filesystem::file_size(file + "-wal");
  write();
  BOOST_TEST(std::filesystem::file_size(file + "-wal") < log + log / 2);
}
