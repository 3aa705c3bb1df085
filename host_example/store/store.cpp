// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <sodium.h>

#include <algorithm>
#include <chrono>

#include "store/backend.hpp"
#include "store/key_file.hpp"
#include "store/migrations.hpp"
#include "store/tables.hpp"
#include "store/turn.hpp"

namespace messenger::host {

namespace {

// For other threads of this process; for other processes Backend has a limit of its own.
constexpr std::chrono::seconds longest_wait{5};

// The key is there before its database, so that of several processes that start at once none finds a database alone.
SecretKey key_for(const std::filesystem::path& file, const std::filesystem::path& key_file) {
  try {
    return load_key(key_file, is_new_database(file));
  } catch (const StoreError& error) {
    throw StoreError("The database " + file.string() + " cannot be opened. " + error.what());
  }
}

}  // namespace

class Store::Impl {
 public:
  Impl(const std::filesystem::path& file, const std::filesystem::path& key_file)
      : sealing_(key_for(file, key_file)), backend_(file) {
    try {
      migrate(backend_, sealing_.digest("key check", {}));
      backend_.be_impatient();
    } catch (const StoreError& error) {
      throw StoreError("The database " + file.string() + " cannot be used with the key file " + key_file.string() +
                       ". " + error.what());
    }
  }

  void transact(const std::function<void(Transaction&)>& work) {
    KeptNotices notices;
    run(work, notices);
    if (listener_) {
      std::for_each(notices.told().begin(), notices.told().end(), listener_);
    }
  }

  void listen(NoticeFunction notice) { listener_ = std::move(notice); }

  const Sealing& sealing() const noexcept { return sealing_; }

 private:
  void run(const std::function<void(Transaction&)>& work, Notices& notices) {
    const OwnTurn turn(turn_, longest_wait);
    if (!turn.taken()) {
      throw StoreBusy("The database is busy.");
    }
    backend_.transact([&] {
      SqlDocuments documents(backend_.session(), sealing_);
      SqlChallenges challenges(backend_.session(), sealing_);
      SqlEventLog events(backend_.session());
      SqlReceipts receipts(backend_.session(), sealing_);
      SqlOutbox outbox(backend_.session(), sealing_);
      Transaction transaction{documents, challenges, events, receipts, outbox, notices};
      work(transaction);
    });
  }

  const Sealing sealing_;
  Turn turn_;
  Backend backend_;  // guarded by turn_
  NoticeFunction listener_;
};

Store::Store(const StoreOptions& options) {
  const auto file = database_file(options.database);
  if (options.must_exist && is_new_database(file)) {
    throw StoreError("There is no database " + file.string() + ".");
  }
  const std::filesystem::path beside = file.string() + ".key";
  impl_ = std::make_unique<Impl>(file, options.key_file.empty() ? beside : options.key_file);
}

Store::~Store() = default;

// One connection: every unit is alone.
void Store::transact(const std::function<void(Transaction&)>& work, Sharing /*sharing*/) {
  impl_->transact(work);
}

void Store::listen(NoticeFunction notice) {
  impl_->listen(std::move(notice));
}

std::string Store::digest(std::string_view purpose, std::string_view text) const {
  return impl_->sealing().digest(purpose, text);
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

bool equal_digests(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() && ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace messenger::host
