// SPDX-License-Identifier: Apache-2.0
#include <messenger/plugin.hpp>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <limits>
#include <string>

namespace json = boost::json;

namespace {

struct Config {
  std::string url;
  std::string name = "no\"body";
  messenger::Secret token;
  std::uint16_t port = 80;
  std::int64_t wide = 0;
  bool debug = true;
  messenger::SecretMap headers;
  messenger::StringMap labels;
};

struct Described {
  static constexpr messenger::Fields<Config> fields() {
    return messenger::Fields<Config>{}
        .url("url", &Config::url, {.required = true, .title = "URL", .help = "Says \"where\".\n"})
        .text("name", &Config::name, {.max_length = 9, .alias = "naam", .example = "some\"body"})
        .secret("token", &Config::token)
        .integer("port", &Config::port, {.min = 1})
        .integer("wide", &Config::wide, {.required = true})
        .boolean("debug", &Config::debug)
        .headers("headers", &Config::headers)
        .string_map("labels", &Config::labels)
        .any("data");
  }
};

// What the compiler makes of it, where it can.
template <class M>
std::string constant_schema() {
  if constexpr (messenger::detail::HasConstantFields<M>) {
    static constexpr auto text = messenger::detail::constant_schema<M>();
    return {text.data(), text.size()};
  }
  return {};
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_schema_as_a_whole) {
  const json::value expected = json::parse(R"({
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
      "url": {"type":"string","minLength":1,"format":"uri","title":"URL","description":"Says \"where\".\n"},
      "name": {"type":"string","maxLength":9,"examples":["some\"body"],"default":"no\"body"},
      "naam": {"type":"string","maxLength":9,"description":"Another name of name.","examples":["some\"body"],
               "default":"no\"body"},
      "token": {"type":"string","writeOnly":true,"format":"password"},
      "port": {"type":"integer","minimum":1,"maximum":65535,"default":80},
      "wide": {"type":"integer","minimum":-9223372036854775808,"maximum":9223372036854775807},
      "debug": {"type":"boolean","default":true},
      "headers": {"type":"object",
                  "additionalProperties":{"type":"string","writeOnly":true,"format":"password"},
                  "propertyNames":{"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}},
      "labels": {"type":"object","additionalProperties":{"type":"string"}},
      "data": {}
    },
    "required": ["url","wide"],
    "additionalProperties": false})");
  const std::string schema = Described::fields().schema();
  BOOST_TEST(json::parse(schema) == expected, schema);
}

#if !defined(__clang__)  // clang 14 takes no std::string of libstdc++ 12 for a constant
BOOST_AUTO_TEST_CASE(the_compiler_writes_the_same_schema) {
  BOOST_TEST(constant_schema<Described>() == Described::fields().schema());
}
#endif

BOOST_AUTO_TEST_CASE(numbers_up_to_the_last) {
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-10}, std::int64_t{-1},
                                    std::int64_t{0}, std::int64_t{9}, std::numeric_limits<std::int64_t>::max()}) {
    std::string text = "n=";
    messenger::detail::append_number(text, number);
    BOOST_TEST(text == "n=" + std::to_string(number));
  }
  std::string text;
  messenger::detail::append_number(text, std::numeric_limits<std::uint64_t>::max());
  BOOST_TEST(text == "18446744073709551615");
}

BOOST_AUTO_TEST_CASE(a_field_of_a_whole_number_holds_no_character_and_nothing_beyond_64_signed_bits) {
  using messenger::detail::WholeNumber;
  BOOST_TEST((WholeNumber<signed char> && WholeNumber<std::uint32_t> && WholeNumber<long long>));
  BOOST_TEST(!(WholeNumber<char> || WholeNumber<wchar_t> || WholeNumber<bool> || WholeNumber<std::uint64_t>));
}

BOOST_AUTO_TEST_CASE(json_text_escapes_what_must_be) {
  std::string out;
  std::string all;
  for (int c = 0; c < 0x80; ++c) {
    all += static_cast<char>(c);
  }
  all += "äß€😀";
  messenger::detail::append_json_string(out, all);
  const json::value parsed = json::parse(out);
  BOOST_TEST(std::string_view(parsed.as_string().data(), parsed.as_string().size()) == all);
  for (const char c : out) {
    BOOST_TEST(static_cast<unsigned char>(c) >= 0x20U);
  }
}
