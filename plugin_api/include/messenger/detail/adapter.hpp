// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_ADAPTER_HPP
#define MESSENGER_DETAIL_ADAPTER_HPP

#include <messenger/config.hpp>
#include <messenger/host.hpp>
#include <messenger/message.hpp>
#include <messenger/operations.hpp>
#include <messenger/receipts.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace messenger {

/// What a host shows of a messenger type. The texts are literals.
struct PluginInfo {
  const char* type;
  const char* name = nullptr;
  const char* vendor = nullptr;
  const char* version = nullptr;
  const char* const* needs = nullptr;  ///< services it cannot work without, ended by nullptr; see needs_http
};

namespace detail {

template <class M>
concept MessengerClass = requires(M& m, const Op& op, const Message& message) {
  { M::info } -> std::convertible_to<PluginInfo>;
  { M::fields() } -> std::convertible_to<Fields<typename M::Config>>;
  requires std::is_constructible_v<M, Host, typename M::Config>;
  m.send(op, message);
};
template <class M>
concept HasCheck = requires(const typename M::Config& config, Issues& issues) {
  M::check(config, issues);
};
template <class M>
concept HasCancel = requires(M& m) {
  m.cancel(std::uint64_t{});
};
template <class M>
concept HasStop = requires(M& m) {
  { m.stop(std::uint64_t{}) } -> std::convertible_to<bool>;
};
template <class M>
concept HasExtension = requires {
  { M::extension(std::string_view{}) } -> std::convertible_to<const void*>;
};
template <class M>
concept HasOperations = requires(M& m, const Op& op, const Call& call) {
  { M::operations() } -> std::convertible_to<Operations>;
  m.call(op, call);
};
template <class M>
concept HasReceipt = requires(const M& m, const Callback& callback, Receipts receipts) {
  { m.receipt(callback, receipts) } -> std::convertible_to<Reading>;
};
template <class M>
concept HasConstantFields = requires {
  typename std::integral_constant<std::size_t, M::fields().schema().size()>;
};
template <class M>
concept ThrowsBeforeSending = requires {
  requires M::throws_before_sending;
};

template <HasConstantFields M>
consteval auto constant_schema() {
  std::array<char, M::fields().schema().size()> text{};
  const auto schema = M::fields().schema();
  std::copy(schema.begin(), schema.end(), text.begin());
  return text;
}

/// The C functions of one messenger class, each of them a barrier that no exception passes.
template <MessengerClass M>
class Adapter {
 public:
  static const msgr_plugin* table() {
    if constexpr (HasConstantFields<M>) {
      static constexpr auto schema = constant_schema<M>();
      static constexpr msgr_plugin kept = make_table({schema.data(), schema.size()});
      return &kept;
    } else {  // as fields(), never destroyed
      static const std::string& schema = *new std::string(fields().schema());
      static const msgr_plugin kept = make_table(schema);
      return &kept;
    }
  }

 private:
  using Config = typename M::Config;

  /// What a msgr_instance is.
  struct Instance {
    Instance(Host h, Config config) : host(h), messenger(h, std::move(config)) {}
    Host host;
    M messenger;
  };

  // Never destroyed: a host may still call in while the process runs its exit handlers.
  static const Fields<Config>& fields() {
    static const Fields<Config>& kept = *new Fields<Config>(M::fields());
    return kept;
  }
  static Instance& of(msgr_instance* instance) { return *reinterpret_cast<Instance*>(instance); }

  static constexpr msgr_plugin make_table(std::string_view schema) {
    msgr_plugin plugin{};
    plugin.size = sizeof(plugin);
    plugin.abi_minor = MSGR_ABI_MINOR;
    plugin.type = M::info.type;
    plugin.name = M::info.name;
    plugin.vendor = M::info.vendor;
    plugin.version = M::info.version;
    plugin.config_schema = to_str(schema);
    plugin.needs = M::info.needs;
    plugin.validate = &validate;
    plugin.configure = &configure;
    plugin.send = &send;
    if constexpr (HasCancel<M>) {
      plugin.cancel = &cancel;
    }
    if constexpr (HasStop<M>) {
      plugin.stop = &stop;
    }
    plugin.destroy = &destroy;
    if constexpr (HasExtension<M> || HasOperations<M> || HasReceipt<M>) {
      plugin.get_extension = &extension;
    }
    return plugin;
  }

  static Config read(const msgr_config& config, Issues& issues) {
    Config out = fields().read(config, issues);
    if constexpr (HasCheck<M>) {
      Issues found;
      M::check(std::as_const(out), found);
      fields().follow_aliases(config, found);
      issues.insert(issues.end(), found.begin(), found.end());
    }
    return out;
  }

  static void report_failure(msgr_issue_fn issue, void* ctx, std::string_view text) noexcept {
    const msgr_issue raw{sizeof(raw), 0, to_str(""), to_str("failed"), to_str(text)};
    issue(ctx, &raw);
  }

  static std::uint32_t validate(const msgr_host*, const msgr_config* config, msgr_issue_fn issue, void* ctx) noexcept {
    try {
      Issues issues;
      static_cast<void>(read(*config, issues));
      report(issues, issue, ctx);
      return static_cast<std::uint32_t>(issues.size());
    } catch (...) {
      report_failure(issue, ctx, "The messenger failed while it checked its configuration.");
      return 1;
    }
  }

  static msgr_instance* configure(const msgr_host* host, const msgr_config* config, msgr_issue_fn issue,
                                  void* ctx) noexcept {
    try {
      Issues issues;
      Config typed = read(*config, issues);
      if (issues.empty()) {
        return reinterpret_cast<msgr_instance*>(new Instance(Host(host), std::move(typed)));
      }
      report(issues, issue, ctx);
    } catch (const ConfigError& error) {
      Issues issues = error.issues();
      fields().follow_aliases(*config, issues);
      report(issues, issue, ctx);
      if (issues.empty()) {
        report_failure(issue, ctx, "The messenger refused its configuration.");
      }
    } catch (...) {  // what() stays unsaid: nobody knows whether it quotes a secret
      report_failure(issue, ctx, "The messenger failed while it was set up.");
    }
    return nullptr;
  }

  // Runs what owes the op its completion, and completes it when that ends in an exception.
  template <class Start>
  static void start(Instance& self, const msgr_op* op, std::string_view failure, Start run) noexcept {
    const std::uint64_t ticket = op->ticket;  // op is gone once it is completed, and run may throw after that
    try {
      run();
    } catch (const SendError& error) {
      self.host.complete(ticket, {.outcome = error.outcome(), .detail = error.detail()});
    } catch (...) {  // a byte may have left before it was thrown, unless the class says otherwise
      constexpr Outcome outcome = ThrowsBeforeSending<M> ? Outcome::retry : Outcome::unknown;
      self.host.complete(ticket, {.outcome = outcome, .detail = failure});
    }
  }

  static void send(msgr_instance* instance, const msgr_op* op, const msgr_message* message) noexcept {
    Instance& self = of(instance);
    start(self, op, "The messenger failed while it was sending.",
          [&] { self.messenger.send(Op(*op), Message(*message)); });
  }

  static void call(msgr_instance* instance, const msgr_op* op, const msgr_call* call) noexcept {
    Instance& self = of(instance);
    start(self, op, "The messenger failed while it ran an operation.", [&] {
      if (call->index >= operations().size()) {
        throw SendError(Outcome::rejected, "There is no such operation.");
      }
      self.messenger.call(Op(*op), Call(*call));
    });
  }

  static const OperationTable& operations() {
    static const OperationTable& kept = *new OperationTable(M::operations(), &call);
    return kept;
  }

  static std::uint32_t read(msgr_instance* instance, const msgr_callback* callback, msgr_receipt_fn told,
                            void* ctx) noexcept {
    try {
      const M& messenger = of(instance).messenger;
      return static_cast<std::uint32_t>(messenger.receipt(Callback(*callback), Receipts(told, ctx)));
    } catch (...) {
      of(instance).host.log(LogLevel::error, "The messenger failed while it read a receipt.");
      return MSGR_RECEIPT_FORGED;  // nobody knows whether it had been verified by then
    }
  }

  static void cancel(msgr_instance* instance, std::uint64_t ticket) noexcept {
    try {
      of(instance).messenger.cancel(ticket);
    } catch (...) {
      of(instance).host.log(LogLevel::error, "The messenger failed while it cancelled an op.");
    }
  }

  static std::uint32_t stop(msgr_instance* instance, std::uint64_t deadline_ns) noexcept {
    try {
      return of(instance).messenger.stop(deadline_ns) ? 1 : 0;
    } catch (...) {
      of(instance).host.log(LogLevel::error, "The messenger failed while it stopped.");
      return 0;
    }
  }

  static void destroy(msgr_instance* instance) noexcept {
    const Host host = of(instance).host;
    try {
      delete &of(instance);
    } catch (...) {  // from a destructor declared noexcept(false)
      host.log(LogLevel::error, "The messenger failed while it was destroyed.");
    }
  }

  static const void* extension(const char* id) noexcept {
    try {
      const std::string_view wanted(id);
      if constexpr (HasOperations<M>) {
        if (wanted == MSGR_OPERATIONS_1) {
          return operations().table();
        }
      }
      if constexpr (HasReceipt<M>) {
        static constexpr msgr_receipts receipts{sizeof(msgr_receipts), 0, &read};
        if (wanted == MSGR_RECEIPTS_1) {
          return &receipts;
        }
      }
      if constexpr (HasExtension<M>) {
        return M::extension(wanted);
      }
      return nullptr;
    } catch (...) {
      return nullptr;
    }
  }
};

/// The table of the index-th class, or nullptr behind the last.
template <MessengerClass... Classes>
const msgr_plugin* plugin_at(std::uint32_t index) noexcept {
  constexpr std::array<const msgr_plugin* (*)(), sizeof...(Classes)> tables{&Adapter<Classes>::table...};
  try {
    return index < tables.size() ? tables[index]() : nullptr;
  } catch (...) {
    return nullptr;
  }
}

}  // namespace detail
}  // namespace messenger

#endif
