// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "store/connection.hpp"
#include "store/notices.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// An engine: its connections, its transactions and its notices. [any thread]
class Backend {
 public:
  using Work = std::function<void(Connection&, Notices&)>;

  virtual ~Backend() = default;

  /// What it is called in errors: no secret is in it.
  virtual const std::string& name() const = 0;
  /// Whether there is nothing in it yet.
  virtual bool is_new() = 0;
  /// Opens it, or makes it. Throws StoreError. To be called once, before what follows.
  virtual void open() = 0;

  /// Runs `work` in a transaction, durable when this returns, undone when `work` throws; one that only reads may see
  /// what is not on the disk yet. Throws StoreBusy when its turn does not come, or the server is away.
  virtual void transact(Sharing sharing, const Work& work) = 0;
  /// The tables are made: from now on a unit waits for others for some seconds only. Before, while tables are made, for
  /// half a minute: who starts beside a busy process must get its turn, and nobody waits for an answer yet.
  virtual void serve() = 0;

  /// As Store::listen.
  virtual void listen(NoticeFunction notice) = 0;
};

/// The engine that the options name; touches nothing yet. Throws StoreError for one that there is not.
std::unique_ptr<Backend> make_backend(const StoreOptions& options);

}  // namespace messenger::host
