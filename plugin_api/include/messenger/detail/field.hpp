// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_FIELD_HPP
#define MESSENGER_DETAIL_FIELD_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger {

/// What may be said about a configuration field; name what is needed: {.required = true, .min = 1, .help = "…"}.
struct FieldOptions {
  bool required = false;
  std::int64_t min = std::numeric_limits<std::int64_t>::min();  ///< of an integer
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::size_t max_length = 0;  ///< of a text, in characters; 0 = no limit
  std::string_view alias{};    ///< a second name under which the same field may stand; of optional fields only
  std::string_view title{};    ///< what a form shows beside the field
  std::string_view help{};     ///< one sentence
  std::string_view example{};  ///< of a text: what one looks like; of a secret never a real one
};

namespace detail {

enum class FieldKind { text, url, secret, integer, boolean, string_map, headers, any };

/// One declared field, without its C++ member.
struct FieldSpec {
  std::string_view name;
  FieldKind kind;
  bool secret;  // of a map: its values are
  FieldOptions options;
  std::string default_json;  // "" = none

  [[nodiscard]] bool is_map() const noexcept { return kind == FieldKind::string_map || kind == FieldKind::headers; }
};

/// What a configuration says about one field; views into the configuration that was read.
struct FieldValue {
  bool given = false;         // present, not null, and good
  bool bad = false;           // present and already reported
  bool is_no_object = false;  // of a map
  std::string_view name{};    // the declared name or the alias that was used
  std::string_view text{};
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<std::pair<std::string, std::string_view>> members{};
};

}  // namespace detail
}  // namespace messenger

#endif
