// SPDX-License-Identifier: Apache-2.0
#include "api/patch.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <nlohmann/json.hpp>

#include "api/json_body.hpp"
#include "api/legacy_merge.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Tree = nlohmann::json;
using Pointer = Tree::json_pointer;

constexpr std::size_t most_text = 1U << 20U;
constexpr std::size_t most_depth = 32;
constexpr std::size_t most_operations = 1'000;
constexpr const char *legacy = "application/json", *json_patch = "application/json-patch+json",
                     *merge_patch = "application/merge-patch+json";

// Value by value and not through text, so that every number stays what it is.
Tree to_tree(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return nullptr;
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::int64:
      return value.get_int64();
    case json::kind::uint64:
      return value.get_uint64();
    case json::kind::double_:
      return value.get_double();
    case json::kind::string:
      return std::string(value.get_string());
    case json::kind::array: {
      Tree tree = Tree::array();
      for (const json::value& item : value.get_array()) {
        tree.push_back(to_tree(item));
      }
      return tree;
    }
    case json::kind::object:
      break;
  }
  Tree tree = Tree::object();
  for (const auto& member : value.get_object()) {
    tree[std::string(member.key())] = to_tree(member.value());
  }
  return tree;
}

json::value from_tree(const Tree& tree) {
  if (tree.is_object()) {
    json::object object;
    for (const auto& [name, value] : tree.items()) {
      object.emplace(name, from_tree(value));
    }
    return object;
  }
  if (tree.is_array()) {
    json::array array;
    for (const Tree& item : tree) {
      array.push_back(from_tree(item));
    }
    return array;
  }
  switch (tree.type()) {
    case Tree::value_t::string:
      return json::string(tree.get_ref<const std::string&>());
    case Tree::value_t::boolean:
      return tree.get<bool>();
    case Tree::value_t::number_integer:
      return tree.get<std::int64_t>();
    case Tree::value_t::number_unsigned:
      return tree.get<std::uint64_t>();
    case Tree::value_t::number_float:
      return tree.get<double>();
    default:
      return nullptr;
  }
}

// What a client did wrong, as it is told.
struct Refusal {
  std::string code, text;
};

struct Extent {
  std::size_t bytes = 0, depth = 0;
};

// Roughly the text's length, so that copies of copies end before the memory does.
Extent extent_of(const Tree& tree) {
  Extent all{tree.is_string() ? tree.get_ref<const std::string&>().size() + 2 : 8, 0};
  if (tree.is_structured()) {
    for (const auto& [name, value] : tree.items()) {
      const Extent part = extent_of(value);
      all.bytes += part.bytes + (tree.is_object() ? name.size() + 4 : 1);
      all.depth = std::max(all.depth, part.depth);
    }
    ++all.depth;
  }
  return all;
}

// "[json.exception.out_of_range.403] key 'x' not found" without the name of whose exception it is.
std::string reason_of(const Tree::exception& error) {
  const std::string_view text = error.what();
  const std::size_t end = text.find("] ");
  return std::string(end == std::string_view::npos ? text : text.substr(end + 2));
}

/// RFC 6902, an operation at a time: the library takes the impossible in a scalar's parent for granted.
class JsonPatch {
 public:
  explicit JsonPatch(Tree& document) : document_(document) {}

  void apply(Tree operation) {
    if (!operation.is_object()) {
      throw Refusal{"InvalidJSONPatch", "An operation must be an object"};
    }
    const std::string name = text_of(operation, "op");
    if (name == "move" || name == "copy") {
      operation = as_add(operation, name == "move");
    }
    if (operation.at("op") == "add" || name == "replace") {
      check_growth(operation);
    }
    if (operation.at("op") == "add") {
      check_parent(Pointer(text_of(operation, "path")));
    } else if (name == "remove") {
      document_.at(Pointer(text_of(operation, "path")));
    }
    document_.patch_inplace(Tree::array({std::move(operation)}));
  }

 private:
  static std::string text_of(const Tree& operation, const char* name) {
    const auto at = operation.find(name);
    if (at == operation.end() || !at->is_string()) {
      throw Refusal{"InvalidJSONPatch", std::string("An operation must have a string [") + name + "]"};
    }
    return at->get<std::string>();
  }

  Tree as_add(const Tree& operation, bool is_move) {
    const std::string from = text_of(operation, "from");
    const std::string path = text_of(operation, "path");
    Tree value = document_.at(Pointer(from));
    if (is_move && path.starts_with(from + "/")) {
      throw Refusal{"InvalidJSONPatch", "Nothing can be moved into itself"};
    }
    if (is_move) {
      document_.patch_inplace(Tree::array({Tree{{"op", "remove"}, {"path", from}}}));
    }
    Tree add = Tree::object();
    add["op"] = "add";
    add["path"] = path;
    add["value"] = std::move(value);
    return add;
  }

  void check_parent(const Pointer& path) const {
    if (!path.empty() && !document_.at(path.parent_pointer()).is_structured()) {
      throw Refusal{"InvalidJSONPatch", "The path's parent is neither an object nor an array"};
    }
  }

  void check_growth(const Tree& operation) {
    const auto value = operation.find("value");
    if (value == operation.end()) {
      return;  // the library's complaint
    }
    const Extent extent = extent_of(*value);
    const std::string path = text_of(operation, "path");
    const auto levels = static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
    grown_ += extent.bytes;
    if (grown_ > most_text || levels + extent.depth > most_depth) {
      throw Refusal{"InvalidJSONPatch", "The document would become too large or too deep"};
    }
  }

  Tree& document_;
  std::size_t grown_ = 0;
};

void apply_operations(Tree& document, const Tree& operations) {
  if (!operations.is_array() || operations.size() > most_operations) {
    throw Refusal{"InvalidJSONPatch",
                  "A JSON Patch must be an array of at most " + std::to_string(most_operations) + " operations."};
  }
  JsonPatch patch(document);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string where = " (operation " + std::to_string(i) + ").";
    try {
      patch.apply(operations[i]);
    } catch (const Refusal& refusal) {
      throw Refusal{refusal.code, refusal.text + where};
    } catch (const Tree::other_error&) {  // its text would repeat the operation's value
      throw Refusal{"JSONPatchTestFailed", "The value at the path is not the one that the test expects" + where};
    } catch (const Tree::exception& error) {
      throw Refusal{"InvalidJSONPatch", "The operation cannot be applied: " + reason_of(error) + where};
    }
  }
}

json::value patched(const json::object& current, const json::value& sent, std::string_view type,
                    const PatchRules& rules) {
  if (type == legacy) {
    if (!sent.is_object()) {
      throw Refusal{"invalidJSON", "The body must be a JSON object."};
    }
    json::object merged = current;
    merge_legacy(merged, sent.get_object(), rules);
    return merged;
  }
  Tree document = to_tree(current);
  if (type == merge_patch) {
    document.merge_patch(to_tree(sent));
  } else {
    apply_operations(document, to_tree(sent));
  }
  return from_tree(document);
}

}  // namespace

std::optional<json::object> apply_patch(const json::object& current, const Request& request, const PatchRules& rules,
                                        Errors& errors) {
  const auto sent = parse_body_as(request, {legacy, json_patch, merge_patch}, errors);
  if (!sent) {
    return std::nullopt;
  }
  try {
    json::value result = patched(current, *sent, media_type(request), rules);
    if (!result.is_object()) {
      throw Refusal{"invalidJSON", "What the patch leaves is not a JSON object."};
    }
    if (json::serialize(result).size() > most_text) {
      throw Refusal{"invalidJSON", "What the patch leaves is too large."};
    }
    return std::move(result.get_object());
  } catch (const Refusal& refusal) {
    errors.add_general(refusal.code, refusal.text);
    return std::nullopt;
  }
}

}  // namespace messenger::host
