// SPDX-License-Identifier: Apache-2.0
// Which values of a configuration its schema marks as secret.
#ifndef MESSENGER_LOADER_SRC_SCHEMA_SECRETS_HPP
#define MESSENGER_LOADER_SRC_SCHEMA_SECRETS_HPP

#include <boost/json/fwd.hpp>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

class Schema;

/// A place in a configuration, as its schema sees it.
class SchemaPlace {
 public:
  /// Below a member of an object.
  SchemaPlace member(std::string_view name) const;
  /// Below any element of an array.
  SchemaPlace element() const;
  /// Whether values here are secret: marked writeOnly, here or above, by any schema that may apply; or not described by
  /// a schema that names its members, as a secret under a mistyped name would be.
  bool is_secret() const noexcept { return secret_; }

 private:
  friend class Schema;
  explicit SchemaPlace(const Schema& schema) : schema_(&schema) {}
  void add(const void* at, unsigned depth);
  void add_referred(const boost::json::value& reference, unsigned depth);
  bool add_member_of(const void* at, std::string_view name);

  const Schema* schema_;
  std::vector<const void*> nodes_;  // JSON objects, all of which may apply
  bool secret_ = false;
};

/// A JSON Schema, checked when it is made and read at its first use. Understands properties, patternProperties (any
/// pattern may apply), additionalProperties, unevaluatedProperties, items and the like, $ref by JSON Pointer within the
/// schema, allOf, anyOf, oneOf, if, then and else. Behind any other reference, and beside dependentSchemas, everything
/// is secret.
class Schema {
 public:
  /// Null when the text is not a JSON object. The text outlives the schema.
  static std::shared_ptr<const Schema> parse(std::string_view text);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  ~Schema();

  SchemaPlace root() const;

 private:
  friend class SchemaPlace;
  struct Document;
  explicit Schema(std::string_view text);
  const boost::json::value& document() const;

  const std::string_view text_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<const Document> document_;
};

}  // namespace messenger::loader

#endif
