// SPDX-License-Identifier: Apache-2.0
/// A class becomes a messenger plugin: MESSENGER_PLUGIN(Class) in one source file. The class supplies
///   using Config = …;                               its configuration struct
///   static constexpr messenger::PluginInfo info;    its type and names
///   static messenger::Fields<Config> fields();      its configuration, declared once; constexpr where the compiler
///   can,
///                                                   so that the schema is a constant
///   Class(messenger::Host, Config);                 throws messenger::ConfigError to refuse a configuration
///   void send(const Op&, const Message&);           completes each op exactly once; called on any thread
/// and, if it needs them,
///   static void check(const Config&, Issues&);      what concerns several fields at once; pure
///   void cancel(std::uint64_t ticket);              a hint to end an op soon; called on any thread
///   bool stop(std::uint64_t deadline_ns);           ends threads of its own; true when they have ended
///   static Operations operations();                 what it can do beside sending (msgr.operations/1), with
///   void call(const Op&, const Call&);              which runs one and completes the op exactly once; any thread
///   Reading receipt(const Callback&, Receipts) const;   reads a provider's callback (msgr.receipts/1); any thread
///   static const void* extension(std::string_view id);
///   static constexpr bool throws_before_sending = true;   promise: what send throws, it throws before anything left,
///                                                   so that such an op ends as RETRY and not as UNKNOWN
/// Nothing thrown by any of them reaches the host.
#ifndef MESSENGER_PLUGIN_HPP
#define MESSENGER_PLUGIN_HPP

#include <messenger/detail/adapter.hpp>

/// Makes the library a plugin that offers these messenger classes. A type's namespace may be anonymous.
#define MESSENGER_PLUGIN(...)                                          \
  MSGR_EXPORT const msgr_plugin* msgr_plugin_v1(std::uint32_t index) { \
    return ::messenger::detail::plugin_at<__VA_ARGS__>(index);         \
  }

#endif
