// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "twilio/operations/entry.hpp"

namespace messenger::twilio {

/// One page of a list.
struct Page {
  std::string_view elements{};  ///< a JSON array; a view into the body
  std::string next{};           ///< the target of the next page at the same endpoint; empty = this is the last one
};

/// Reads a page, whose body is a JSON object. Refuses a next page that lies elsewhere, because credentials would go
/// there, and what is no list.
std::optional<Refusal> read_page(const Entry& entry, std::string_view body, std::string_view base_url, Page& out);

}  // namespace messenger::twilio
