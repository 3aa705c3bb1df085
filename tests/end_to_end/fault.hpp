// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.h>

#include <memory>
#include <messenger/loader/outcome.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace messenger::test {

/// A provider on loopback that fails in one way, as long as this object lives.
struct Provider {
  std::string url;
  std::vector<std::shared_ptr<void>> parts;
};

/// One way to fail, and what has to become of it.
struct Fault {
  const char* name;
  Provider (*start)();
  std::uint32_t failure, request_sent;
  loader::Outcome twilio, generic;
  int before = 0;  ///< exchanges that go well first, on the connection that then fails
};
inline std::ostream& operator<<(std::ostream& out, const Fault& fault) {
  return out << fault.name;
}

/// Every class of failure, and answers that are none but need care. Timeouts are 300 ms.
const std::vector<Fault>& faults();

/// PEM file with the roots of all TLS providers but the one that is not to be trusted.
const std::string& roots_file();

/// Where a request can be when somebody gives it up.
struct Phase {
  const char* name;
  Provider (*start)();
  std::uint32_t request_sent;
};
inline std::ostream& operator<<(std::ostream& out, const Phase& phase) {
  return out << phase.name;
}
const std::vector<Phase>& phases();

}  // namespace messenger::test
