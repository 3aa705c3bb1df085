// SPDX-License-Identifier: Apache-2.0
// RFC 6902, with the examples of its appendix A and what would trip an implementation.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "patch_support.hpp"

using messenger::test::sorted;

namespace {

std::string patched(const std::string& document, const std::string& patch) {
  return messenger::test::patched("application/json-patch+json", document, patch);
}

struct Example {
  const char *name, *document, *patch, *result;  // a result "" = refused
};
std::ostream& operator<<(std::ostream& out, const Example& example) {
  return out << example.name;
}

const std::array examples{
    Example{"A.1", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux"}])", R"({"baz":"qux","foo":"bar"})"},
    Example{"A.2", R"({"foo":["bar","baz"]})", R"([{"op":"add","path":"/foo/1","value":"qux"}])",
            R"({"foo":["bar","qux","baz"]})"},
    Example{"A.3", R"({"baz":"qux","foo":"bar"})", R"([{"op":"remove","path":"/baz"}])", R"({"foo":"bar"})"},
    Example{"A.4", R"({"foo":["bar","qux","baz"]})", R"([{"op":"remove","path":"/foo/1"}])",
            R"({"foo":["bar","baz"]})"},
    Example{"A.5", R"({"baz":"qux","foo":"bar"})", R"([{"op":"replace","path":"/baz","value":"boo"}])",
            R"({"baz":"boo","foo":"bar"})"},
    Example{"A.6", R"({"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}})",
            R"([{"op":"move","from":"/foo/waldo","path":"/qux/thud"}])",
            R"({"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}})"},
    Example{"A.7", R"({"foo":["all","grass","cows","eat"]})", R"([{"op":"move","from":"/foo/1","path":"/foo/3"}])",
            R"({"foo":["all","cows","eat","grass"]})"},
    Example{"A.8", R"({"baz":"qux","foo":["a",2,"c"]})",
            R"([{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}])",
            R"({"baz":"qux","foo":["a",2,"c"]})"},
    Example{"A.9", R"({"baz":"qux"})", R"([{"op":"test","path":"/baz","value":"bar"}])", ""},
    Example{"A.10", R"({"foo":"bar"})", R"([{"op":"add","path":"/child","value":{"grandchild":{}}}])",
            R"({"foo":"bar","child":{"grandchild":{}}})"},
    Example{"A.11", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","xyz":123}])",
            R"({"foo":"bar","baz":"qux"})"},
    Example{"A.12", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz/bat","value":"qux"}])", ""},
    Example{"A.13", R"({"foo":"bar"})", R"([{"op":"add","path":"/baz","value":"qux","op":"remove"}])", ""},
    Example{"A.14", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":10}])", R"({"/":9,"~1":10})"},
    Example{"A.15", R"({"/":9,"~1":10})", R"([{"op":"test","path":"/~01","value":"10"}])", ""},
    Example{"A.16", R"({"foo":["bar"]})", R"([{"op":"add","path":"/foo/-","value":["abc","def"]}])",
            R"({"foo":["bar",["abc","def"]]})"},
    Example{"copy", R"({"a":{"b":1}})", R"([{"op":"copy","from":"/a","path":"/a/c"}])", R"({"a":{"b":1,"c":{"b":1}}})"},
    Example{"onto itself", R"({"a":1})", R"([{"op":"move","from":"/a","path":"/a"}])", R"({"a":1})"},
    Example{"the whole", R"({"a":1})", R"([{"op":"replace","path":"","value":{"b":2}}])", R"({"b":2})"}};

struct Refused {
  const char *patch, *message;
};
std::ostream& operator<<(std::ostream& out, const Refused& row) {
  return out << row.patch;
}

// Each is tried as operation 1 of {"name":"n","list":[0,{}],"data":null}.
const std::array refused{
    Refused{R"(1)", "An operation must be an object (operation 1)."},
    Refused{R"({"path":"/name"})", "An operation must have a string [op] (operation 1)."},
    Refused{R"({"op":"add","value":1})", "An operation must have a string [path] (operation 1)."},
    Refused{R"({"op":"copy","path":"/x"})", "An operation must have a string [from] (operation 1)."},
    Refused{R"({"op":"add","path":"/x"})", "must have member 'value' (operation 1)."},
    Refused{R"({"op":"spam","path":"/x"})", "operation value 'spam' is invalid (operation 1)."},
    Refused{R"({"op":"remove","path":"name"})", "(operation 1)."},
    Refused{R"({"op":"remove","path":""})", "(operation 1)."},
    Refused{R"({"op":"remove","path":"/x"})", "key 'x' not found (operation 1)."},
    Refused{R"({"op":"remove","path":"/name/x"})", "(operation 1)."},
    Refused{R"({"op":"remove","path":"/list/2"})", "(operation 1)."},
    Refused{R"({"op":"remove","path":"/list/-"})", "(operation 1)."},
    Refused{R"({"op":"replace","path":"/x","value":1})", "key 'x' not found (operation 1)."},
    Refused{R"({"op":"add","path":"/name/x","value":1})", "neither an object nor an array (operation 1)."},
    Refused{R"({"op":"add","path":"/data/x","value":1})", "neither an object nor an array (operation 1)."},
    Refused{R"({"op":"add","path":"/list/3","value":1})", "(operation 1)."},
    Refused{R"({"op":"add","path":"/list/01","value":1})", "(operation 1)."},
    Refused{R"({"op":"add","path":"/list/-1","value":1})", "(operation 1)."},
    Refused{R"({"op":"add","path":"/list/99999999999999999999","value":1})", "(operation 1)."},
    Refused{R"({"op":"move","from":"/list","path":"/list/0"})", "Nothing can be moved into itself (operation 1)."},
    Refused{R"({"op":"move","from":"/list/0","path":"/list/1/x"})", "(operation 1)."},
    Refused{R"({"op":"copy","from":"/x","path":"/y"})", "key 'x' not found (operation 1)."}};

}  // namespace

BOOST_DATA_TEST_CASE(the_rfcs_examples_hold, boost::unit_test::data::make(examples), example) {
  const std::string result = patched(example.document, example.patch);
  if (*example.result == '\0') {
    BOOST_TEST(result.starts_with("refused: "), result);
  } else {
    BOOST_TEST(result == sorted(example.result));
  }
}

BOOST_DATA_TEST_CASE(a_refusal_names_the_operation, boost::unit_test::data::make(refused), row) {
  const std::string patch = R"([{"op":"test","path":"/name","value":"n"},)" + std::string(row.patch) + "]";
  const std::string result = patched(R"({"name":"n","list":[0,{}],"data":null})", patch);
  BOOST_TEST(result.starts_with(R"(refused: {"generalErrors":[{"code":"[InvalidJSONPatch]")"), result);
  BOOST_TEST(result.find(row.message) != std::string::npos, result);
}

BOOST_AUTO_TEST_CASE(a_failed_test_says_so_without_the_value) {
  for (const char* path : {"/name", "/nothing"}) {
    const std::string result =
        patched(R"({"name":"n"})", R"([{"op":"test","path":")" + std::string(path) + R"(","value":"canary"}])");
    BOOST_TEST(result.find("[JSONPatchTestFailed]") != std::string::npos, result);
    BOOST_TEST(result.find("(operation 0)") != std::string::npos, result);
    BOOST_TEST(result.find("canary") == std::string::npos, result);
  }
}

BOOST_AUTO_TEST_CASE(a_patch_is_an_array_and_leaves_an_object) {
  BOOST_TEST(patched("{}", "{}").find("[InvalidJSONPatch]") != std::string::npos);
  BOOST_TEST(patched("{}", R"([{"op":"add","path":"","value":1}])").find("[invalidJSON]") != std::string::npos);
  BOOST_TEST(patched("{}", "[]") == "{}");
}

BOOST_AUTO_TEST_CASE(copies_of_copies_end_before_the_memory_does) {
  std::string patch = "[";
  for (int i = 0; i < 60; ++i) {
    patch += R"({"op":"copy","from":"/a","path":"/a/-"},)";
  }
  patch.back() = ']';
  BOOST_TEST(patched(R"({"a":[1]})", patch).find("too large or too deep (operation ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_document_does_not_grow_deeper_than_it_can_be_read) {
  std::string patch = "[", path;
  for (int i = 0; i < 40; ++i) {
    path += "/a";
    patch += R"({"op":"add","path":")" + path + R"(","value":{}},)";
  }
  patch.back() = ']';
  BOOST_TEST(patched("{}", patch).find("too large or too deep (operation 31)") != std::string::npos,
             patched("{}", patch));
}

BOOST_AUTO_TEST_CASE(no_more_operations_than_allowed_are_tried) {
  std::string patch = "[";
  for (int i = 0; i < 1'001; ++i) {
    patch += R"({"op":"add","path":"/a","value":1},)";
  }
  patch.back() = ']';
  BOOST_TEST(patched("{}", patch).find("at most 1000 operations") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(operations_that_move_too_many_items_are_refused) {
  std::string document = R"({"a":[0)", remove = "[", move = "[";
  for (int i = 1; i < 240'000; ++i) {
    document += ",0";
  }
  for (int i = 0; i < 1'000; ++i) {
    remove += R"({"op":"remove","path":"/a/0"},)";
    move += R"({"op":"move","from":"/a/0","path":"/a/1"},)";
  }
  for (std::string* patch : {&remove, &move}) {
    patch->back() = ']';
    BOOST_TEST(patched(document + "]}", *patch).find("move too many items") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_value_counts_as_many_bytes_as_its_text_has) {
  std::string zeros = "[0";
  for (int i = 1; i < 130'000; ++i) {
    zeros += ",0";
  }
  zeros += "]";
  BOOST_TEST(patched("{}", R"([{"op":"add","path":"/a","value":)" + zeros + "}]") == R"({"a":)" + zeros + "}");
}

BOOST_AUTO_TEST_CASE(a_document_may_grow_to_the_size_that_a_body_may_have) {
  using namespace messenger::host;
  const std::string large(3U << 20U, 'x');
  const boost::json::object document{{"a", large}, {"b", 1}};
  const auto is_refused = [&](std::size_t most_body, const std::string& patch) {
    Request request;
    request.content_type = "application/json-patch+json";
    request.body = patch;
    request.most_body = most_body;
    Errors errors;
    apply_patch(document, request, {}, errors);
    return !errors.empty();
  };
  const std::string grow = R"([{"op":"add","path":"/c","value":")" + std::string(100, 'y') + R"("}])";
  const std::string copy = R"([{"op":"copy","from":"/a","path":"/c"}])";
  const std::string shrink = R"([{"op":"remove","path":"/b"}])";
  BOOST_TEST(!is_refused(4U << 20U, grow));
  BOOST_TEST(is_refused(4U << 20U, copy));
  BOOST_TEST(!is_refused(7U << 20U, copy));
  BOOST_TEST(is_refused(1U << 20U, grow));
  BOOST_TEST(!is_refused(1U << 20U, shrink));
}

BOOST_AUTO_TEST_CASE(numbers_are_compared_exactly) {
  const std::string document =
      R"({"a":[9007199254740993,{"b":18446744073709551615}],"one":1,"max":9223372036854775807,"big":9007199254740992,"neg":-1})";
  const auto passes = [&](const std::string& path, const std::string& value) {
    const std::string result = patched(document, R"([{"op":"test","path":")" + path + R"(","value":)" + value + "}]");
    return result.find("[JSONPatchTestFailed]") == std::string::npos;
  };
  BOOST_TEST(passes("/one", "1.0"));
  BOOST_TEST(passes("/one", "1e0"));
  BOOST_TEST(passes("/big", "9007199254740992.0"));
  BOOST_TEST(passes("/a", R"([9007199254740993,{"b":18446744073709551615}])"));
  BOOST_TEST(!passes("/a/0", "9007199254740992.0"));
  BOOST_TEST(!passes("/a/0", "9007199254740992"));
  BOOST_TEST(!passes("/a", R"([9007199254740992.0,{"b":18446744073709551615}])"));
  BOOST_TEST(!passes("/a/1/b", "-1"));
  BOOST_TEST(!passes("/neg", "18446744073709551615"));
  BOOST_TEST(!passes("/a/1/b", "18446744073709551616.0"));
  BOOST_TEST(!passes("/max", "9223372036854775808.0"));
  BOOST_TEST(!passes("/one", "1.5"));
  BOOST_TEST(!passes("/one", R"("1")"));
}
