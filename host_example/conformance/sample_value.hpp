// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host::conformance {

/// Makes values that a JSON Schema allows: constants, defaults and examples first, else by type, format, limits and
/// name. Follows $ref within the schema, allOf, and the first of anyOf and oneOf. Secrets are unmistakable.
class Sampler {
 public:
  explicit Sampler(const boost::json::object& root) : root_(root) {}
  Sampler(const Sampler&) = delete;
  Sampler& operator=(const Sampler&) = delete;
  ~Sampler() = default;

  /// The schema of the whole; those that the functions below take are it and parts of it.
  [[nodiscard]] const boost::json::object& root() const { return root_.get_object(); }

  /// The value of a member (or element) of this name.
  boost::json::value value(const boost::json::object& schema, std::string_view name);
  /// An object with its required members.
  boost::json::object object(const boost::json::object& schema);

  /// A member's schema, wherever it is declared; null when there is none.
  const boost::json::object* property(const boost::json::object& schema, std::string_view name) const;
  /// The names of all members that are declared, and of those that are required.
  std::vector<std::string> names(const boost::json::object& schema) const;
  std::vector<std::string> required(const boost::json::object& schema) const;
  /// Whether a secret is here or below.
  bool holds_secret(const boost::json::object& schema) const;

 private:
  /// This schema and all that apply with it.
  std::vector<const boost::json::object*> parts(const boost::json::object& schema) const;
  void add_parts(const boost::json::object& schema, std::vector<const boost::json::object*>& parts) const;
  /// A keyword, wherever it is declared; null when it is not.
  const boost::json::value* keyword(const boost::json::object& schema, std::string_view name) const;
  std::string_view text_keyword(const boost::json::object& schema, std::string_view name) const;
  std::string type(const boost::json::object& schema) const;
  bool is_secret(const boost::json::object& schema) const;

  boost::json::value number(const boost::json::object& schema, bool integer) const;
  std::string text(const boost::json::object& schema, std::string_view name);
  boost::json::value array(const boost::json::object& schema, std::string_view name);

  const boost::json::value root_;
  unsigned secrets_ = 0;
  unsigned depth_ = 0;
};

}  // namespace messenger::host::conformance
