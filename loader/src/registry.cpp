// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <messenger/loader/registry.hpp>
#include <utility>

#include "instance.hpp"
#include "registry_impl.hpp"
#include "thread_state.hpp"

namespace messenger::loader {
namespace {

constexpr std::chrono::milliseconds longest_shutdown = std::chrono::hours(24);
// For the threads to end once everything has drained.
constexpr std::chrono::milliseconds last_moment{50};

}  // namespace

Registry::Impl::Impl(Options options)
    : core(std::make_shared<Core>(std::move(options))),
      catalog(core->options.services),
      reaper_("msgr-reaper", [shared = core] { shared->reaper.run(); }),
      backstop_("msgr-deadline", [shared = core] { shared->backstop.run(shared->instances); }) {}

Instance* Registry::Impl::find_pinned(std::string_view id, std::uint64_t pins) {
  const std::shared_lock lock(mutex);
  const auto at = messengers.find(id);
  if (at == messengers.end()) return nullptr;
  at->second->pins.add(pins);
  return at->second.get();
}

void Registry::Impl::put(const std::shared_ptr<Instance>& instance) {
  core->instances.add(instance);
  std::shared_ptr<Instance> old = instance;
  std::unique_lock lock(mutex);
  const bool refused = closed;
  if (!refused) std::swap(messengers[instance->id()], old);
  lock.unlock();
  if (old != nullptr) core->reaper.retire(std::move(old));
  if (refused) throw Error(Error::Kind::closed, "the registry has been shut down");
}

std::size_t Registry::Impl::drain(Clock::time_point deadline) {
  const std::size_t ended = core->reaper.ended();
  Messengers last;
  {
    const std::unique_lock lock(mutex);
    closed = true;
    last.swap(messengers);
  }
  core->reaper.hurry(deadline);
  for (auto& [id, instance] : last) core->reaper.retire(std::move(instance));
  core->reaper.wait_idle(deadline);
  return core->reaper.ended() - ended;
}

ShutdownReport Registry::Impl::shutdown(std::chrono::milliseconds within) {
  const std::lock_guard only(shutdown_mutex_);
  if (report_) return *report_;
  within = std::clamp(within, std::chrono::milliseconds(0), longest_shutdown);
  const Clock::time_point deadline = Clock::now() + within;
  ShutdownReport report;
  report.drained = drain(deadline);
  core->reaper.stop();
  reaper_.join_until(deadline + last_moment);
  core->reaper.park_rest();
  core->backstop.stop();
  backstop_.join_until(deadline + last_moment);
  core->end(deadline + last_moment);
  report.parked = core->counters.get(Event::parked);
  report_ = report;
  return report;
}

bool Registry::Impl::is_news(const std::filesystem::path& file, const std::string& text) {
  const std::lock_guard lock(told_mutex_);
  return std::exchange(told_[file.native()], text) != text;
}

Registry::Registry(Options options) : impl_(std::make_unique<Impl>(std::move(options))) {}

Registry::~Registry() {
  impl_->shutdown(impl_->core->options.drain_timeout);
}

std::vector<PluginFile> Registry::load(const std::vector<std::filesystem::path>& directories) {
  std::vector<PluginFile> files;
  for (const auto& directory : directories) impl_->catalog.load(directory, files);
  for (const PluginFile& file : files) {
    const std::string text = file.loaded ? "loaded" : "refused: " + file.reason;
    if (!impl_->is_news(file.path, text)) continue;
    impl_->core->log.write(file.loaded ? LogLevel::info : LogLevel::error, file.path.string(), text);
  }
  return files;
}

std::vector<TypeInfo> Registry::types() const {
  return impl_->catalog.types();
}

bool Registry::remove(std::string_view id) {
  std::shared_ptr<Instance> old;
  {
    const std::unique_lock lock(impl_->mutex);
    const auto at = impl_->messengers.find(id);
    if (at == impl_->messengers.end()) return false;
    old = std::move(at->second);
    impl_->messengers.erase(at);
  }
  impl_->core->reaper.retire(std::move(old));
  return true;
}

std::vector<MessengerInfo> Registry::messengers() const {
  std::vector<MessengerInfo> infos;
  {
    const std::shared_lock lock(impl_->mutex);
    for (const auto& [id, instance] : impl_->messengers) {
      infos.push_back({id, instance->type().info.type, instance->slots.count_live()});
    }
  }
  std::sort(infos.begin(), infos.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return infos;
}

ShutdownReport Registry::shutdown(std::chrono::milliseconds within) {
  if (ThreadState::current().is_inside()) {
    throw Error(Error::Kind::would_block, "shutdown inside a completion or a call into a plugin would never return");
  }
  return impl_->shutdown(within);
}

Stats Registry::stats() const {
  return impl_->core->counters.stats();
}

}  // namespace messenger::loader
