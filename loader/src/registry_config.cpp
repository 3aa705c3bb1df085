// SPDX-License-Identifier: Apache-2.0
// Configurations on their way into a plugin, and what it has to say about them.
#include <messenger/loader/registry.hpp>
#include <utility>

#include "config.hpp"
#include "instance.hpp"
#include "registry_impl.hpp"
#include "thread_state.hpp"
#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::size_t most_issues = 256;
constexpr std::size_t pointer_limit = 1024;
constexpr std::size_t code_limit = 64;
constexpr std::size_t text_limit = 1024;

// The ABI's callback; ctx is a vector of issues.
void take_issue(void* ctx, const msgr_issue* issue) noexcept {
  auto& issues = *static_cast<std::vector<Issue>*>(ctx);
  if (issue == nullptr || issues.size() == most_issues) return;
  try {
    Issue copy;
    if (MSGR_HAS(issue, msgr_issue, pointer)) repair_utf8(copy.pointer, view(issue->pointer), pointer_limit);
    if (MSGR_HAS(issue, msgr_issue, code)) repair_utf8(copy.code, view(issue->code), code_limit);
    if (MSGR_HAS(issue, msgr_issue, text)) repair_utf8(copy.text, view(issue->text), text_limit);
    issues.push_back(std::move(copy));
  } catch (...) {  // no memory for another problem
  }
}

// Calls a function of the plugin; what it throws is an issue.
template <class Call>
void ask(Instance& instance, std::vector<Issue>& issues, const char* function, Call call) {
  const PluginCall inside;
  try {
    call();
  } catch (...) {
    const std::string text = std::string("the plugin threw an exception from ") + function;
    instance.note(Event::plugin_exception, LogLevel::error, text);
    issues.push_back({"", "invalid", text});
  }
}

void ask_validate(Instance& instance, const Config& config, std::vector<Issue>& issues) {
  const msgr_config given = config.view();
  std::uint32_t count = 0;
  ask(instance, issues, "validate",
      [&] { count = instance.table().validate(instance.host(), &given, take_issue, &issues); });
  if (count != 0 && issues.empty()) issues.push_back({"", "invalid", "the plugin refused it without a reason"});
}

void ask_configure(Instance& instance, const Config& config, std::vector<Issue>& issues) {
  const msgr_config given = config.view();
  ask(instance, issues, "configure",
      [&] { instance.plugin = instance.table().configure(instance.host(), &given, take_issue, &issues); });
  if (instance.plugin == nullptr && issues.empty()) {
    issues.push_back({"", "invalid", "the plugin gave neither an instance nor a reason"});
  }
}

std::string known_types(const Catalog& catalog) {
  std::string list;
  for (const TypeInfo& info : catalog.types()) list += (list.empty() ? "" : ", ") + info.type;
  return list.empty() ? "none" : list;
}

}  // namespace

std::shared_ptr<const PluginType> Registry::Impl::type_or_throw(std::string_view type) const {
  {
    const std::shared_lock lock(mutex);
    if (closed) throw Error(Error::Kind::closed, "the registry has been shut down");
  }
  if (auto known = catalog.find(type)) return known;
  throw Error(Error::Kind::unknown_type,
              "no plugin for the type \"" + std::string(type) + "\"; known types: " + known_types(catalog));
}

std::vector<Issue> Registry::validate(std::string_view type, std::string_view config_json) {
  const auto known = impl_->type_or_throw(type);
  std::vector<Issue> issues;
  const Config config = Config::read(config_json, *known->schema, issues);
  if (!issues.empty()) return issues;
  auto asked = std::make_shared<Instance>(impl_->core, known, std::string(type));
  ask_validate(*asked, config, issues);
  impl_->core->reaper.retire(std::move(asked));  // a service may still be inside the plugin on its behalf
  return issues;
}

std::vector<Issue> Registry::configure(std::string_view id, std::string_view type, std::string_view config_json) {
  const auto known = impl_->type_or_throw(type);
  std::vector<Issue> issues;
  const Config config = Config::read(config_json, *known->schema, issues);
  if (!issues.empty()) return issues;
  auto instance = std::make_shared<Instance>(impl_->core, known, std::string(id));
  ask_configure(*instance, config, issues);
  if (instance->plugin == nullptr) {
    impl_->core->reaper.retire(std::move(instance));
    return issues;
  }
  for (const Issue& issue : issues) {  // it is in force all the same: the plugin said so by giving an instance
    impl_->core->log.write(LogLevel::warning, id, "configured, but: " + issue.pointer + " " + issue.text);
  }
  impl_->put(instance);
  return {};
}

}  // namespace messenger::loader
