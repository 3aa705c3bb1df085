// SPDX-License-Identifier: Apache-2.0
// What messengers can do beside sending.
#ifndef MESSENGER_LOADER_OPERATION_HPP
#define MESSENGER_LOADER_OPERATION_HPP

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

/// One entry of a type's catalogue; `messenger/operations.h` names those with a fixed meaning.
struct Operation {
  std::string name;                ///< unique in the catalogue: "messages.list"
  std::string summary;             ///< one line for people; may be empty
  std::string_view input_schema;   ///< JSON Schema text of the input, an object; the plugin's own, for ever
  std::string_view output_schema;  ///< the same of each output; empty = there is none
  bool safe = false;               ///< changes nothing at the provider: after any outcome it may be run again
  bool list = false;               ///< any number of outputs, one an element; otherwise at most one
};
using Operations = std::vector<Operation>;

/// Takes one output of a call, JSON text that lives for the call; false = no more are wanted. Called on any thread,
/// also before call() returns, one at a time and never after the call's completion. While it runs, its plugin waits:
/// what is slow here slows a service's I/O thread. What it throws is caught, counted and logged, and reads as false.
using Output = std::function<bool(std::string_view json)>;

}  // namespace messenger::loader

#endif
