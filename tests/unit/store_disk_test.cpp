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
  /// False: nobody came, and nobody is held any more.
  bool wait_for_sync() {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, 30s, [this] { return syncs_ > 0; });
    is_held_ = is_held_ && came;
    return came;
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

Disk disk;       // of the log
Disk file_disk;  // of the file

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

// SQLite has descriptors of its own of the log, for writing.
extern "C" int fdatasync(int file) {
  const std::string path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file));
  if (path.ends_with(".db")) {
    return file_disk.sync(file);
  }
  const bool is_ours = path.ends_with("-wal") && (::fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY;
  return is_ours ? disk.sync(file) : static_cast<int>(::syscall(SYS_fdatasync, file));
}

BOOST_FIXTURE_TEST_CASE(a_unit_returns_once_it_is_on_the_disk, HeldDisk) {
  auto unit = write("1");
  BOOST_TEST_REQUIRE(disk.wait_for_sync());
  BOOST_TEST(!is_done(unit, 100ms));
  disk.hold(false);
  unit.get();
}

BOOST_FIXTURE_TEST_CASE(others_write_while_one_waits_and_one_sync_is_good_for_all_of_them, HeldDisk) {
  auto first = write("1");
  BOOST_TEST_REQUIRE(disk.wait_for_sync());
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
  BOOST_TEST_REQUIRE(disk.wait_for_sync());
  bool has_seen = false;
  auto second = std::async(std::launch::async, [&] {
    store.transact(
        [&](Transaction& transaction) { has_seen = transaction.documents.find(Kind::user, "1").has_value(); });
  });
  BOOST_TEST(!is_done(second, 100ms));
  disk.hold(false);
  first.get();
  second.get();
  BOOST_TEST(has_seen);
}

BOOST_FIXTURE_TEST_CASE(what_the_disk_did_not_take_ends_all_work_until_the_store_is_opened_again, Database) {
  const auto put = [](Store& store, const char* id) {
    return refusal([&] {
      store.transact([&](Transaction& transaction) { transaction.documents.put(Kind::user, {id, "{}", {}, {}}); });
    });
  };
  const auto find = [](Transaction& transaction) { return transaction.documents.find(Kind::user, "2").has_value(); };
  {
    Store store(options());
    disk.fail(EIO);
    const std::string error = put(store, "1");
    disk.fail(0);
    BOOST_TEST(error.find("host.db-wal") != std::string::npos, error);
    BOOST_TEST(put(store, "2") == error);
    BOOST_TEST(refusal([&] { store.read(find); }) == error);
  }
  Store store(options());
  BOOST_TEST(!store.read(find));
  BOOST_TEST(put(store, "3") == "");
}

namespace {

struct LongLog : OpenStore {
  ~LongLog() {  // also after an exception: the store waits for its threads
    file_disk.fail(0);
    file_disk.hold(false);
  }

  // Pages that are in the file once the log has been taken, which happens after 8,000: some are in the log many times.
  static constexpr std::uintmax_t enough = 6'000;
  const std::string body = R"({"text":")" + std::string(200'000, 'x') + R"("})";
  int users = 0;

  void write_one() { put(Kind::user, {std::to_string(users++), body, {}, {}}); }
  // More than enough.
  void write() {
    for (int i = 0; i != 150; ++i) {
      write_one();
    }
  }
  std::uintmax_t pages_in_file() const { return std::filesystem::file_size(file) / 4'096; }
};

template <class Is>
bool soon(Is is) {
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (!is() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(10ms);
  }
  return is();
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_log_is_taken_into_the_file_while_the_store_is_open_and_begins_anew, LongLog) {
  write();
  BOOST_TEST(soon([&] { return pages_in_file() >= enough; }));
  write_one();
  const auto log = std::filesystem::file_size(file + "-wal");
  write();
  BOOST_TEST(std::filesystem::file_size(file + "-wal") < log + log / 2);
}

BOOST_FIXTURE_TEST_CASE(nobody_who_writes_waits_while_the_file_is_synced, LongLog) {
  file_disk.hold(true);
  write();
  BOOST_TEST(file_disk.wait_for_sync());
  auto unit = std::async(std::launch::async, [this] { write_one(); });
  BOOST_TEST(is_done(unit, 30s));
  file_disk.hold(false);
  unit.get();
}

BOOST_FIXTURE_TEST_CASE(a_file_that_is_not_synced_ends_all_work, LongLog) {
  file_disk.fail(EIO);
  refusal([&] { write(); });  // perhaps
  BOOST_TEST(soon([&] { return !refusal([&] { write_one(); }).empty(); }));
  file_disk.fail(0);
  BOOST_TEST(refusal([&] { write_one(); }) != "");
}
