// SPDX-License-Identifier: Apache-2.0
// From JSON events to fields.
#ifndef MESSENGER_LOADER_SRC_CONFIG_READER_HPP
#define MESSENGER_LOADER_SRC_CONFIG_READER_HPP

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"

namespace messenger::loader {

/// Takes a document's events in their order, so that fields keep the document's order and numbers their spelling, which
/// a parsed value would lose. Used once.
class ConfigReader {
 public:
  explicit ConfigReader(const Schema& schema) : schema_(schema) {}

  /// False with at least one issue.
  bool read(std::string_view document, std::vector<Issue>& issues);

  SecretText text;
  std::vector<FieldSpan> fields;
  std::string json;  ///< the document again, secrets replaced

  // Events, called by the parser.
  void begin(bool array);
  void end();
  void key_part(std::string_view part) { key_.append(part); }
  void key(std::string_view part);
  void text_part(std::string_view part) { text.insert(text.end(), part.begin(), part.end()); }
  void scalar(std::uint32_t type, std::string_view last_part);

 private:
  struct Level {
    bool array;
    std::size_t count;      // of values so far
    std::size_t path_size;  // of the pointer to this level
    SchemaPlace place;
    std::set<std::string, std::less<>> names;
  };

  void before_value();
  void after_value();
  SchemaPlace place() const;
  void add_field(std::uint32_t type, std::size_t text_at, bool secret);
  void check_name();

  const Schema& schema_;
  std::vector<Level> levels_;
  std::string path_, key_;
  std::size_t text_at_ = 0;  // where the value's text began
  bool is_object_ = false;
  std::vector<Issue> issues_;
};

}  // namespace messenger::loader

#endif
