// SPDX-License-Identifier: Apache-2.0
// FusionAuth's merge, RFC 7396 with the examples of its appendix A, and what all three kinds of patch share.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "patch_support.hpp"

using messenger::host::PatchRules;
using messenger::test::patched;
using messenger::test::sorted;

namespace {

struct Example {
  const char *document, *patch, *result;
};
std::ostream& operator<<(std::ostream& out, const Example& example) {
  return out << example.document << " " << example.patch;
}

// Of appendix A, those whose document is an object: {"messenger":…} always is one.
const std::array merge_examples{
    Example{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
    Example{R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
    Example{R"({"a":"b"})", R"({"a":null})", "{}"},
    Example{R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
    Example{R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
    Example{R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
    Example{R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
    Example{R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
    Example{R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
    Example{"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
    Example{R"({"title":"Goodbye!","author":{"givenName":"John","familyName":"Doe"},"tags":["example","sample"]})",
            R"({"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},"tags":["example"]})",
            R"({"title":"Hello!","author":{"givenName":"John"},"tags":["example"],"phoneNumber":"+01-123-456-7890"})"}};

const std::array legacy_examples{
    Example{R"({"m":{"a":"b"}})", R"({"m":{"a":"c","d":1}})", R"({"m":{"a":"c","d":1}})"},
    Example{R"({"m":{"a":"b","c":1}})", R"({"m":{"a":null}})", R"({"m":{"c":1}})"},
    Example{R"({"m":{"data":{"a":{"b":1,"c":2}}}})", R"({"m":{"data":{"a":{"c":null,"d":3}}}})",
            R"({"m":{"data":{"a":{"b":1,"d":3}}}})"},
    Example{R"({"m":{"data":{"l":[1]}}})", R"({"m":{"data":{"l":[2,3]}}})", R"({"m":{"data":{"l":[1,2,3]}}})"},
    Example{R"({"m":{"l":"x"}})", R"({"m":{"l":[2,null]}})", R"({"m":{"l":[2,null]}})"},
    Example{R"({"m":{"l":[1]}})", R"({"m":{"l":{"a":null,"b":1}}})", R"({"m":{"l":{"b":1}}})"},
    Example{R"({"m":{"types":["SMS"]}})", R"({"m":{"types":["Voice"]}})", R"({"m":{"types":["Voice"]}})"},
    Example{R"({"m":{"type":"A","id":1}})", R"({"m":{"type":null,"id":2}})", R"({"m":{"type":"A","id":1}})"},
    Example{R"({"m":{"a":"b"}})", "{}", R"({"m":{"a":"b"}})"}};

const std::array types{"application/json", "application/json-patch+json", "application/merge-patch+json"};

}  // namespace

BOOST_DATA_TEST_CASE(the_examples_of_rfc_7396_hold, boost::unit_test::data::make(merge_examples), example) {
  BOOST_TEST(patched("application/merge-patch+json", example.document, example.patch) == sorted(example.result));
}

BOOST_DATA_TEST_CASE(the_merge_of_old_appends_and_removes, boost::unit_test::data::make(legacy_examples), example) {
  const PatchRules rules{.replaced = {"/m/types"}, .ignored = {"/m/type", "/m/id"}};
  BOOST_TEST(patched("application/json", example.document, example.patch, rules) == sorted(example.result));
}

BOOST_DATA_TEST_CASE(every_integer_and_double_survives, boost::unit_test::data::make(types), type) {
  const std::string numbers =
      R"([9007199254740993,-9223372036854775808,9223372036854775807,18446744073709551615,0.1,-1.5,1e300,5e-324,1.0])";
  const bool is_json_patch = std::string(type) == "application/json-patch+json";
  const std::string patch =
      is_json_patch ? R"([{"op":"add","path":"/sent","value":)" + numbers + "}]" : R"({"sent":)" + numbers + "}";
  BOOST_TEST(patched(type, R"({"kept":)" + numbers + "}", patch) ==
             sorted(R"({"kept":)" + numbers + R"(,"sent":)" + numbers + "}"));
}

BOOST_AUTO_TEST_CASE(the_content_type_must_say_which_kind_it_is) {
  BOOST_TEST(patched("", "{}", "{}").find("[MissingContentType]") != std::string::npos);
  BOOST_TEST(patched("text/plain", "{}", "{}").find("[InvalidContentType]") != std::string::npos);
  BOOST_TEST(patched("Application/JSON; charset=UTF-8", "{}", "{}") == "{}");
  BOOST_TEST(patched("application/merge-patch+json;charset=UTF-8", "{}", "{}") == "{}");
}

BOOST_DATA_TEST_CASE(what_is_no_json_is_refused, boost::unit_test::data::make(types), type) {
  BOOST_TEST(patched(type, "{}", "").find("[invalidJSON]") != std::string::npos);
  BOOST_TEST(patched(type, "{}", "{").find("[invalidJSON]") != std::string::npos);
  BOOST_TEST(patched(type, "{}", std::string(1U << 20U, '[')).find("[invalidJSON]") != std::string::npos);
  BOOST_TEST(patched(type, "{}", R"({"a":1,"a":2})").find("[duplicate]a") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_left_must_be_an_object) {
  BOOST_TEST(patched("application/json", "{}", "[]").find("[invalidJSON]") != std::string::npos);
  BOOST_TEST(patched("application/merge-patch+json", "{}", "[]").find("[invalidJSON]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(appending_again_and_again_ends_at_the_size_of_a_body) {
  const std::string half = R"({"l":[")" + std::string(600'000, 'x') + R"("]})";
  BOOST_TEST(patched("application/json", half, half).find("too large") != std::string::npos);
}
