// SPDX-License-Identifier: Apache-2.0
#include "store/store.hpp"

#include <sodium.h>

#include <chrono>

#include "store/backend.hpp"
#include "store/key_file.hpp"
#include "store/migrations.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

// The key is there before its database, so that of several processes that start at once none finds a database alone.
SecretKey key_for(Backend& backend, const std::filesystem::path& key_file) {
  try {
    return load_key(key_file, backend.is_new());
  } catch (const StoreError& error) {
    throw StoreError("The database " + backend.name() + " cannot be opened. " + error.what());
  }
}

std::filesystem::path key_file_for(const StoreOptions& options, const Backend& backend) {
  if (!options.key_file.empty()) {
    return options.key_file;
  }
  if (!options.database.starts_with("sqlite:")) {
    throw StoreError("The database " + backend.name() + " needs a key file, the same for all its hosts.");
  }
  return backend.name() + ".key";
}

}  // namespace

class Store::Impl {
 public:
  Impl(std::unique_ptr<Backend> backend, const std::filesystem::path& key_file)
      : sealing_(key_for(*backend, key_file)), backend_(std::move(backend)) {
    try {
      backend_->open();
      migrate(*backend_, sealing_.digest("key check", {}));
      backend_->serve();
    } catch (const StoreError& error) {
      throw StoreError("The database " + backend_->name() + " cannot be used with the key file " + key_file.string() +
                       ". " + error.what());
    }
  }

  void transact(const std::function<void(Transaction&)>& work, Sharing sharing) {
    backend_->transact(sharing, [&](Connection& connection, Notices& notices) {
      SqlDocuments documents(connection, sealing_);
      SqlChallenges challenges(connection, sealing_);
      SqlEventLog events(connection);
      SqlReceipts receipts(connection, sealing_);
      SqlOutbox outbox(connection, sealing_);
      Transaction transaction{documents, challenges, events, receipts, outbox, notices};
      work(transaction);
    });
  }

  void listen(NoticeFunction notice) { backend_->listen(std::move(notice)); }

  const Sealing& sealing() const noexcept { return sealing_; }

 private:
  const Sealing sealing_;
  const std::unique_ptr<Backend> backend_;
};

Store::Store(const StoreOptions& options) {
  auto backend = make_backend(options);
  const auto key_file = key_file_for(options, *backend);
  if (options.must_exist && backend->is_new()) {
    throw StoreError("There is no database " + backend->name() + ".");
  }
  impl_ = std::make_unique<Impl>(std::move(backend), key_file);
}

Store::~Store() = default;

void Store::transact(const std::function<void(Transaction&)>& work, Sharing sharing) {
  impl_->transact(work, sharing);
}

void Store::listen(NoticeFunction notice) {
  impl_->listen(std::move(notice));
}

std::string Store::digest(std::string_view purpose, std::string_view text) const {
  return impl_->sealing().digest(purpose, text);
}

SealedMessage Store::seal(const NewMessage& message) const {
  return sealed_message(message, impl_->sealing());
}

OutboxMessage Store::open(LeasedMessage leased) const {
  return opened_message(std::move(leased), impl_->sealing());
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

bool equal_digests(std::string_view left, std::string_view right) noexcept {
  return left.size() == right.size() && ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace messenger::host
