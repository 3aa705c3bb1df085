// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// The members of a messenger that are the host's, whatever its type; all others are its plugin's.
struct EnvelopeField {
  enum class Kind { text, uuid, boolean, integer, object, text_list };
  std::string_view name;
  Kind kind;
  bool required;
  bool read_only;  ///< set by the host; accepted and ignored when it is sent
  std::string_view help;
};

/// Null when the member is not the host's.
const EnvelopeField* find_envelope_field(std::string_view name) noexcept;

/// Every problem of the host's members; pointers start at the messenger.
std::vector<loader::Issue> check_envelope(const boost::json::object& messenger);

/// A plugin's schema with the host's members added: the schema of a whole messenger of that type.
boost::json::object with_envelope(boost::json::object plugin_schema, std::string_view type);

}  // namespace messenger::host
