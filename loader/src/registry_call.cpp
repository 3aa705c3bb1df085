// SPDX-License-Identifier: Apache-2.0
// The ways into an operation and into the reading of a receipt.
#include <algorithm>
#include <messenger/loader/registry.hpp>
#include <utility>

#include "call_copy.hpp"
#include "instance.hpp"
#include "plugin_calls.hpp"
#include "registry_impl.hpp"
#include "sending.hpp"
#include "waiter.hpp"

namespace messenger::loader {
namespace {

// The input for the plugin, or null with what is wrong.
std::unique_ptr<CallCopy> read_call(const PluginType& type, std::string_view operation, std::string_view input_json,
                                    const Output& output, std::string& problem) {
  const Operations& catalogue = *type.info.operations;
  const auto at =
      std::find_if(catalogue.begin(), catalogue.end(), [&](const Operation& one) { return one.name == operation; });
  if (at == catalogue.end()) {
    problem = "the type " + type.info.type + " has no operation \"" + std::string(operation) + "\"";
    return nullptr;
  }
  const auto index = static_cast<std::size_t>(at - catalogue.begin());
  std::vector<Issue> issues;
  Config input = Config::read(input_json, *type.inputs[index], issues);
  if (!issues.empty()) {
    problem = "the input cannot be read: " + issues.front().pointer + (issues.front().pointer.empty() ? "" : " ") +
              issues.front().text;
    return nullptr;
  }
  return std::make_unique<CallCopy>(static_cast<std::uint32_t>(index), std::move(input), &output);
}

// The pins of an attempt until start_send or refuse takes them over.
class SendPins {
 public:
  explicit SendPins(Instance& instance) : instance_(&instance) {}
  SendPins(const SendPins&) = delete;
  SendPins& operator=(const SendPins&) = delete;
  ~SendPins() {
    if (instance_ != nullptr) instance_->unpin(send_pins);
  }
  Instance& hand_on() noexcept { return *std::exchange(instance_, nullptr); }

 private:
  Instance* instance_;
};

}  // namespace

std::uint64_t Registry::call(std::string_view id, std::string_view operation, std::string_view input_json,
                             const SendOptions& options, Output output, Completion done) {
  Instance* const instance = impl_->find_pinned(id, send_pins);
  if (instance == nullptr) return impl_->refuse_unknown(id, std::move(done));
  SendPins pins(*instance);
  std::string problem;
  const auto kept = std::make_shared<const Output>(output ? std::move(output) : [](std::string_view) { return true; });
  auto call = read_call(instance->type(), operation, input_json, *kept, problem);
  if (call == nullptr) return refuse(pins.hand_on(), Outcome::rejected, problem, std::move(done));
  Completion with_output = [kept, done = std::move(done)](const Result& result) {
    if (done) done(result);
  };
  return start_send(pins.hand_on(), Message{.kind = ""}, options, std::move(with_output), std::move(call));
}

Result Registry::call(std::string_view id, std::string_view operation, std::string_view input_json,
                      const SendOptions& options, Output output) {
  return wait_for(
      [&](Completion done) { call(id, operation, input_json, options, std::move(output), std::move(done)); });
}

Reading Registry::read_receipt(std::string_view id, const Callback& callback, std::vector<Receipt>& receipts) {
  Instance* const instance = impl_->find_pinned(id, 1);
  if (instance == nullptr) return Reading::forged;
  const Reading reading =
      instance->type().receipts == nullptr ? Reading::forged : call_read(*instance, callback, receipts);
  instance->unpin(1);
  return reading;
}

}  // namespace messenger::loader
