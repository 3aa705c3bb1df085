// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_backend.hpp"

#include <algorithm>
#include <chrono>

#include "store/sql.hpp"

namespace messenger::host {

namespace {

// For other threads of this process; for other processes there is a busy timeout.
constexpr std::chrono::seconds longest_wait{5};

class KeptNotices final : public Notices {
 public:
  void tell(Topic topic, std::string_view subject) override { told_.push_back({topic, std::string(subject)}); }
  std::vector<Notice> take() { return std::move(told_); }

 private:
  std::vector<Notice> told_;
};

// In a transaction.
template <class Work>
void unit(SqliteConnection& connection, bool writes, Work work) {
  connection.begin(writes);
  try {
    work();
    connection.commit();
  } catch (...) {
    connection.rollback();
    throw;
  }
}

}  // namespace

bool SqliteBackend::is_new() {
  std::error_code error;
  const auto size = std::filesystem::file_size(file_, error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

void SqliteBackend::open() {
  connection_.emplace(file_);
}

// The size is limited only now: what makes the tables of a newer version may copy all that is in the older ones. A log
// that a host has left whose disk failed may have a hole: nothing is written behind it.
void SqliteBackend::serve() {
  connection_->limit_size(most_bytes_);
  query<int>(*connection_, "PRAGMA busy_timeout = 0");
  connection_->empty_log();
  query<int>(*connection_, "PRAGMA busy_timeout = 5000");
  log_.open(connection_->log_file());
  connection_->leave_log_to([this](int pages) {
    log_.note_commit();
    checkpoints_.note(pages);
  });
}

void SqliteBackend::listen(NoticeFunction notice) {
  const std::lock_guard lock(listener_mutex_);
  listener_ = std::move(notice);
}

void SqliteBackend::transact(Sharing sharing, const Work& work) {
  if (sharing == Sharing::reads) {
    return read(work);
  }
  const auto told = run(work);
  if (told.empty()) {
    return;
  }
  NoticeFunction listener;
  {
    const std::lock_guard lock(listener_mutex_);
    listener = listener_;
  }
  if (listener) {
    std::for_each(told.begin(), told.end(), listener);
  }
}

void SqliteBackend::read(const Work& work) {
  const OwnTurn turn(reading_, longest_wait);
  if (!turn.taken()) {
    throw StoreBusy("The database is busy.");
  }
  if (!reader_) {
    reader_.emplace(file_);
    reader_->only_read();
  }
  log_.check();
  KeptNotices notices;  // of which there are none
  unit(*reader_, false, [&] { work(*reader_, notices); });
}

// What a unit has seen of others' is on the disk with its own, or before it.
std::vector<Notice> SqliteBackend::run(const Work& work) {
  KeptNotices notices;
  log_.sync(alone([&] { work(*connection_, notices); }));
  return notices.take();
}

// While no other process writes, too. Gives how many commits there are then.
std::uint64_t SqliteBackend::alone(const std::function<void()>& work) {
  const OwnTurn turn(turn_, longest_wait);
  if (!turn.taken()) {
    throw StoreBusy("The database is busy.");
  }
  log_.check();
  unit(*connection_, true, work);
  return log_.commits();
}

}  // namespace messenger::host
