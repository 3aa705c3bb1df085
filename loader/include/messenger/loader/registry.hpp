// SPDX-License-Identifier: Apache-2.0
// The loader's whole contract: plugins, types, configured messengers and sends.
#ifndef MESSENGER_LOADER_REGISTRY_HPP
#define MESSENGER_LOADER_REGISTRY_HPP

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <messenger/loader/error.hpp>
#include <messenger/loader/export.hpp>
#include <messenger/loader/message.hpp>
#include <messenger/loader/operation.hpp>
#include <messenger/loader/options.hpp>
#include <messenger/loader/plugin_file.hpp>
#include <messenger/loader/receipt.hpp>
#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

/// Plugins, the types they offer, and messengers configured from them. Every function may be called from any thread,
/// concurrently; none but the blocking send, the blocking call and shutdown waits for a plugin's network.
class MESSENGER_LOADER_API Registry {
 public:
  using Options = RegistryOptions;

  /// Starts the threads `msgr-deadline` and `msgr-reaper`.
  explicit Registry(Options options = {});
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;
  /// shutdown(Options::drain_timeout).
  ~Registry();

  /// Loads every `*.so` of these directories in order of name. Each candidate ends as loaded or refused with the
  /// reason; so does a directory that cannot be read. The same file twice is loaded once. Libraries stay mapped.
  /// Called again, it logs only what has changed.
  std::vector<PluginFile> load(const std::vector<std::filesystem::path>& directories);

  /// The types known, ordered by name.
  std::vector<TypeInfo> types() const;

  /// Every problem of this configuration; empty = it would do. Throws Error (unknown_type, closed).
  std::vector<Issue> validate(std::string_view type, std::string_view config_json);

  /// Creates or replaces the messenger `id`. Empty = in force, and what it replaces drains; else nothing has changed.
  /// Sends that began before go on with the old configuration. Throws Error (unknown_type, closed).
  std::vector<Issue> configure(std::string_view id, std::string_view type, std::string_view config_json);

  /// Ends a messenger: no new sends, those in flight go on to their own end. False when there is none of this id.
  bool remove(std::string_view id);

  /// The messengers in force, ordered by id.
  std::vector<MessengerInfo> messengers() const;

  /// Starts an attempt; `done` (which may be empty) is called exactly once, perhaps before this returns. Gives the
  /// ticket for cancel(), or 0 when the attempt was refused before the plugin saw it; `done` says why.
  std::uint64_t send(std::string_view id, const Message& message, const SendOptions& options, Completion done);

  /// The same, waiting for the result. Throws Error (would_block) inside a completion or a call into a plugin.
  Result send(std::string_view id, const Message& message, const SendOptions& options = {});

  /// Runs an operation of the messenger's type; its input is a JSON object. Otherwise as send: `done` is called exactly
  /// once, after the last output. Of the options, timeout, idempotency key and traceparent count. REJECTED when there
  /// is no such operation, or the input is not a JSON object of at most 1 MiB.
  std::uint64_t call(std::string_view id, std::string_view operation, std::string_view input_json,
                     const SendOptions& options, Output output, Completion done);
  /// The same, waiting for the result. Throws Error (would_block) inside a completion or a call into a plugin.
  Result call(std::string_view id, std::string_view operation, std::string_view input_json, const SendOptions& options,
              Output output);
  /// Lets the messenger verify and read a callback of its provider, and appends what it tells. Forged when there is no
  /// such messenger or its type reads no receipts. The plugin does no I/O in it, so it is legal in a completion. Throws
  /// std::bad_alloc.
  Reading read_receipt(std::string_view id, const Callback& callback, std::vector<Receipt>& receipts);
  /// A hint to end this send or call soon. True when it was open and its plugin was told; it still completes by itself.
  bool cancel(std::uint64_t ticket);

  /// Refuses new sends, drains, cancels what is still open half-way, parks what does not end, answers every caller.
  /// Returns after `within` at the latest unless the host's own callbacks block. A second call gives the first's
  /// report. Throws Error (would_block) inside a completion or a call into a plugin.
  ShutdownReport shutdown(std::chrono::milliseconds within);

  /// Counters since construction.
  Stats stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::loader

#endif
