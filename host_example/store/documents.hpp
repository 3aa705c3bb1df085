// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// What kinds of document there are; ids and names are unique within a kind.
enum class Kind { messenger, message_template, user, tenant, key, api_key, message_type };

/// "messenger", "messageTemplate", … ; static storage.
std::string_view to_string(Kind kind) noexcept;

/// A document as it is kept.
struct Document {
  std::string id;    ///< UUID, lower case
  std::string body;  ///< JSON, sealed in the database
  std::int64_t insert_instant = 0, last_update_instant = 0;
};

/// One document that another cannot do without.
struct Use {
  Kind kind;
  std::string id;
};

/// A document to be kept.
struct NewDocument {
  std::string id, body;
  std::vector<std::string> names;  ///< none is another's; kept as digests, so the body has them too
  std::vector<Use> uses;           ///< of others, which then are in use; they need not exist
};

/// The documents, within a transaction.
class Documents {
 public:
  virtual std::optional<Document> find(Kind kind, std::string_view id) = 0;
  /// Names are compared exactly; the digests in constant time.
  virtual std::optional<Document> find_by_name(Kind kind, std::string_view name) = 0;
  /// In order of insertion.
  virtual std::vector<Document> list(Kind kind) = 0;
  /// Creates or replaces; sets the instants and gives the document as kept. Throws StoreError when a name is another's.
  virtual Document put(Kind kind, const NewDocument& document) = 0;
  /// Replaces the body alone; names and uses stay. False when there is none.
  virtual bool set_body(Kind kind, std::string_view id, std::string_view body) = 0;
  /// False when there is none.
  virtual bool erase(Kind kind, std::string_view id) = 0;
  /// The documents that use this one.
  virtual std::vector<Use> users_of(Kind kind, std::string_view id) = 0;

 protected:
  ~Documents() = default;
};

}  // namespace messenger::host
