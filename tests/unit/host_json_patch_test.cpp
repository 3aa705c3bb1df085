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
