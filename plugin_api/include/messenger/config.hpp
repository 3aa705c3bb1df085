// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_CONFIG_HPP
#define MESSENGER_CONFIG_HPP

#include <messenger/detail/config_reader.hpp>
#include <messenger/detail/schema.hpp>
#include <messenger/issue.hpp>
#include <messenger/secret.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace messenger {

/// A JSON object of strings.
using StringMap = std::vector<std::pair<std::string, std::string>>;
/// A JSON object of strings that are secrets.
using SecretMap = std::vector<std::pair<std::string, Secret>>;

namespace detail {

template <class T, class... Each>
concept OneOf = (std::same_as<T, Each> || ...);

/// The integers whose every value a configuration can hold; no characters.
template <class T>
concept WholeNumber = OneOf<T, signed char, short, int, long, long long, unsigned char, unsigned short, unsigned> ||
    (std::same_as<T, unsigned long> && sizeof(T) < sizeof(std::int64_t));

template <class T>
concept TextMap = OneOf<T, StringMap, SecretMap>;

}  // namespace detail

/// The fields of a configuration struct, declared once: its schema, its check and its reading come from here.
/// Defaults are the struct's own member initializers. Names and help must be literals.
/// A constexpr function may give them: the schema is then a constant of the library.
template <class Config>
class Fields {
 public:
  /// A string.
  MESSENGER_CONSTEXPR_TEXT Fields text(std::string_view name, std::string Config::*member,
                                       FieldOptions options = {}) && {
    return string(detail::FieldKind::text, name, member, options);
  }
  /// An http or https URL without user name and fragment.
  MESSENGER_CONSTEXPR_TEXT Fields url(std::string_view name, std::string Config::*member,
                                      FieldOptions options = {}) && {
    return string(detail::FieldKind::url, name, member, options);
  }
  /// A string that is never shown, logged or put into an issue.
  MESSENGER_CONSTEXPR_TEXT Fields secret(std::string_view name, Secret Config::*member, FieldOptions options = {}) && {
    return add({name, detail::FieldKind::secret, true, options, ""}, member);
  }
  /// A whole number; the member's type narrows the bounds.
  template <detail::WholeNumber T>
  MESSENGER_CONSTEXPR_TEXT Fields integer(std::string_view name, T Config::*member, FieldOptions options = {}) && {
    options.min = std::max(options.min, std::int64_t{std::numeric_limits<T>::min()});
    options.max = std::min(options.max, std::int64_t{std::numeric_limits<T>::max()});
    std::string initial;
    if (!options.required) {
      detail::append_number(initial, std::int64_t{Config{}.*member});
    }
    return add({name, detail::FieldKind::integer, false, options, std::move(initial)}, member);
  }
  /// true or false.
  MESSENGER_CONSTEXPR_TEXT Fields boolean(std::string_view name, bool Config::*member, FieldOptions options = {}) && {
    const char* initial = Config{}.*member ? "true" : "false";
    return add({name, detail::FieldKind::boolean, false, options, options.required ? "" : initial}, member);
  }
  /// An object of strings: a StringMap, or a SecretMap when the values are secrets.
  template <detail::TextMap Map>
  MESSENGER_CONSTEXPR_TEXT Fields string_map(std::string_view name, Map Config::*member, FieldOptions options = {}) && {
    return map(detail::FieldKind::string_map, name, member, options);
  }
  /// HTTP headers: names are tokens and differ in more than case, values have no control characters.
  template <detail::TextMap Map>
  MESSENGER_CONSTEXPR_TEXT Fields headers(std::string_view name, Map Config::*member, FieldOptions options = {}) && {
    return map(detail::FieldKind::headers, name, member, options);
  }
  /// Known, but neither checked nor kept.
  MESSENGER_CONSTEXPR_TEXT Fields any(std::string_view name, FieldOptions options = {}) && {
    return add({name, detail::FieldKind::any, false, options, ""}, std::monostate{});
  }

  /// JSON Schema 2020-12; secrets are marked writeOnly.
  [[nodiscard]] MESSENGER_CONSTEXPR_TEXT std::string schema() const { return detail::schema_of(specs_); }

  /// Appends every problem of config to issues and gives what could be read; use it only when there was none.
  [[nodiscard]] Config read(const msgr_config& config, Issues& issues) const {
    Config out;
    const std::vector<Value> values = detail::ConfigReader(specs_, issues).read(config);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].given) {
        std::visit(Setter{out, values[i]}, members_[i]);
      }
    }
    return out;
  }

  /// Lets issues that name a field point to its alias where the configuration has it under that.
  void follow_aliases(const msgr_config& config, Issues& issues) const {
    for (const detail::FieldSpec& spec : specs_) {
      const std::string name = detail::pointer_to(spec.name);
      const std::string alias = detail::pointer_to(spec.options.alias);
      const bool is_used = std::any_of(config.fields, config.fields + config.field_count, [&](const msgr_field& field) {
        return to_view(field.pointer) == alias && field.type != MSGR_NULL;
      });
      for (Issue& issue : issues) {
        if (is_used && !spec.options.alias.empty() && issue.pointer == name) {
          issue.pointer = alias;
        }
      }
    }
  }

 private:
  using Value = detail::FieldValue;
  // The member that a field is kept in.
  using Member = std::variant<std::monostate, std::string Config::*, Secret Config::*, bool Config::*,
                              signed char Config::*, short Config::*, int Config::*, long Config::*,
                              long long Config::*, unsigned char Config::*, unsigned short Config::*,
                              unsigned Config::*, unsigned long Config::*, StringMap Config::*, SecretMap Config::*>;

  struct Setter {
    Config& out;
    const Value& value;

    void operator()(std::monostate) const {}
    void operator()(std::string Config::*member) const { out.*member = value.text; }
    void operator()(Secret Config::*member) const { out.*member = Secret(value.text); }
    void operator()(bool Config::*member) const { out.*member = value.boolean; }
    template <std::integral T>
    void operator()(T Config::*member) const {
      out.*member = static_cast<T>(value.integer);
    }
    template <class Text>
    void operator()(std::vector<std::pair<std::string, Text>> Config::*member) const {
      for (const auto& [key, text] : value.members) {
        (out.*member).emplace_back(key, Text(text));
      }
    }
  };

  MESSENGER_CONSTEXPR_TEXT Fields add(detail::FieldSpec&& spec, Member member) {
    specs_.push_back(std::move(spec));
    members_.push_back(member);
    return std::move(*this);
  }

  MESSENGER_CONSTEXPR_TEXT Fields string(detail::FieldKind kind, std::string_view name, std::string Config::*member,
                                         const FieldOptions& options) {
    std::string initial;
    if (Config config{}; !(config.*member).empty()) {
      detail::append_json_string(initial, config.*member);
    }
    return add({name, kind, false, options, std::move(initial)}, member);
  }

  template <class Map>
  MESSENGER_CONSTEXPR_TEXT Fields map(detail::FieldKind kind, std::string_view name, Map Config::*member,
                                      const FieldOptions& options) {
    return add({name, kind, std::same_as<Map, SecretMap>, options, ""}, member);
  }

  std::vector<detail::FieldSpec> specs_;
  std::vector<Member> members_;
};

}  // namespace messenger

#endif
