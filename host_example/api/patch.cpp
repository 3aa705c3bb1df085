// SPDX-License-Identifier: Apache-2.0
#include "api/patch.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/json_body.hpp"
#include "api/legacy_merge.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Tree = nlohmann::json;
using Pointer = Tree::json_pointer;

constexpr std::size_t most_depth = 32;
constexpr std::size_t most_operations = 1'000, most_shifts = 10'000'000;
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

std::size_t depth_of(const Tree& tree) {
  std::size_t below = 0;
  if (tree.is_structured()) {
    for (const Tree& value : tree) {
      below = std::max(below, depth_of(value));
    }
    ++below;
  }
  return below;
}

// Digit by digit, where the library makes doubles of both and an int64 of a uint64.
bool same_number(const Tree& left, const Tree& right) {
  if (left.is_number_float() && right.is_number_float()) {
    return left.get<double>() == right.get<double>();
  }
  if (left.is_number_float()) {
    return same_number(right, left);
  }
  const auto is = [&](auto whole) {
    if (right.is_number_float()) {
      const auto other = right.get<double>();
      // Beyond the bounds the cast would be undefined; the upper one is a power of two, and so exact.
      return other >= static_cast<double>(std::numeric_limits<decltype(whole)>::min()) &&
             other < std::ldexp(1.0, std::numeric_limits<decltype(whole)>::digits) && std::trunc(other) == other &&
             static_cast<decltype(whole)>(other) == whole;
    }
    return right.is_number_unsigned() ? std::cmp_equal(whole, right.get<std::uint64_t>())
                                      : std::cmp_equal(whole, right.get<std::int64_t>());
  };
  return left.is_number_unsigned() ? is(left.get<std::uint64_t>()) : is(left.get<std::int64_t>());
}

bool same(const Tree& left, const Tree& right) {
  if (left.is_number() && right.is_number()) {
    return same_number(left, right);
  }
  if (left.is_array() && right.is_array()) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), same);
  }
  if (left.is_object() && right.is_object()) {
    const auto same_member = [](const auto& one, const auto& other) {
      return one.first == other.first && same(one.second, other.second);
    };
    const auto& ours = left.get_ref<const Tree::object_t&>();
    const auto& theirs = right.get_ref<const Tree::object_t&>();
    return std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(), same_member);
  }
  return left == right;
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
  JsonPatch(Tree& document, std::size_t most_text) : document_(document), most_text_(most_text) {}

  void apply(Tree operation) {
    if (!operation.is_object()) {
      throw Refusal{"InvalidJSONPatch", "An operation must be an object"};
    }
    const std::string name = text_of(operation, "op");
    if (name == "test" && operation.contains("value")) {
      return test(Pointer(text_of(operation, "path")), operation["value"]);
    }
    if (name == "move" || name == "copy") {
      operation = as_add(operation, name == "move");
    }
    if (operation.at("op") == "add" || name == "replace") {
      check_growth(operation);
    }
    if (operation.at("op") == "add") {
      check_parent(Pointer(text_of(operation, "path")));
    } else if (name == "remove") {
      const Pointer path(text_of(operation, "path"));
      document_.at(path);
      count_shift(path);
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
      count_shift(Pointer(from));
      document_.patch_inplace(Tree::array({Tree{{"op", "remove"}, {"path", from}}}));
    }
    Tree add = Tree::object();
    add["op"] = "add";
    add["path"] = path;
    add["value"] = std::move(value);
    return add;
  }

  // Not by the library, whose complaint repeats the value.
  void test(const Pointer& path, const Tree& expected) const {
    bool passed = false;
    try {
      passed = same(document_.at(path), expected);
    } catch (const Tree::out_of_range&) {  // nothing is there
    }
    if (!passed) {
      throw Refusal{"JSONPatchTestFailed", "The value at the path is not the one that the test expects"};
    }
  }

  void check_parent(const Pointer& path) {
    if (!path.empty() && !document_.at(path.parent_pointer()).is_structured()) {
      throw Refusal{"InvalidJSONPatch", "The path's parent is neither an object nor an array"};
    }
    count_shift(path);
  }

  // An item that comes or goes moves those behind it.
  void count_shift(const Pointer& path) {
    if (path.empty() || !document_.at(path.parent_pointer()).is_array() || path.back() == "-") {
      return;
    }
    shifted_ += document_.at(path.parent_pointer()).size();
    if (shifted_ > most_shifts) {
      throw Refusal{"InvalidJSONPatch", "The operations move too many items of arrays"};
    }
  }

  void check_growth(const Tree& operation) {
    const auto value = operation.find("value");
    if (value == operation.end()) {
      return;  // the library's complaint
    }
    const std::string path = text_of(operation, "path");
    const auto levels = static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
    grown_ += value->dump().size();
    if (grown_ > most_text_ || levels + depth_of(*value) > most_depth) {
      throw Refusal{"InvalidJSONPatch", "The document would become too large or too deep"};
    }
  }

  Tree& document_;
  const std::size_t most_text_;
  std::size_t grown_ = 0, shifted_ = 0;
};

void apply_operations(Tree& document, const Tree& operations, std::size_t most_text) {
  if (!operations.is_array() || operations.size() > most_operations) {
    throw Refusal{"InvalidJSONPatch",
                  "A JSON Patch must be an array of at most " + std::to_string(most_operations) + " operations."};
  }
  JsonPatch patch(document, most_text);
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string where = " (operation " + std::to_string(i) + ").";
    try {
      patch.apply(operations[i]);
    } catch (const Refusal& refusal) {
      throw Refusal{refusal.code, refusal.text + where};
    } catch (const Tree::exception& error) {
      throw Refusal{"InvalidJSONPatch", "The operation cannot be applied: " + reason_of(error) + where};
    }
  }
}

json::value patched(const json::object& current, const json::value& sent, std::string_view type,
                    const PatchRules& rules, std::size_t most_text) {
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
    apply_operations(document, to_tree(sent), most_text);
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
  // What could be sent as a whole; a document that is larger all the same may stay so, but not grow.
  const std::size_t most_text = std::max(request.most_body, json::serialize(current).size());
  try {
    json::value result = patched(current, *sent, media_type(request), rules, most_text);
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
