// SPDX-License-Identifier: Apache-2.0
// Who sent a callback. The signatures are of Twilio's documentation and of its library for Node.js.
#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

#include "common/form_fields.hpp"
#include "twilio/signature.hpp"

using namespace messenger;

namespace {

constexpr std::string_view form =
    "Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&Caller=%2B14158675309&From=%2B14158675309";
constexpr std::string_view url = "https://mycompany.com/myapp.php?foo=1&bar=2";
constexpr std::string_view signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

bool genuine(std::string_view at, std::string_view body, std::string_view signed_by,
             std::vector<std::string_view> tokens = {"12345"}) {
  return twilio::is_genuine({at, body, signed_by}, tokens);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_form_is_genuine_when_the_token_signed_its_url_and_fields) {
  BOOST_TEST(genuine(url, form, signature));
  BOOST_TEST(!genuine(url, form, signature, {"12346"}));
  BOOST_TEST(!genuine(url, std::string(form) + "&More=1", signature));
  BOOST_TEST(!genuine(url, form.substr(12), signature));
  BOOST_TEST(!genuine("https://mycompany.com/myapp.php?bar=2&foo=1", form, signature));
}

BOOST_AUTO_TEST_CASE(each_of_several_tokens_may_have_signed) {
  BOOST_TEST(genuine(url, form, "MRMgx+lNcPbphsWBHcudGhkGNX0=", {"12345", "67890"}));
  BOOST_TEST(genuine(url, form, signature, {"67890", "12345"}));
  BOOST_TEST(!genuine(url, form, "MRMgx+lNcPbphsWBHcudGhkGNX0="));
}

BOOST_AUTO_TEST_CASE(no_token_and_an_empty_one_sign_nothing) {
  BOOST_TEST(!genuine(url, form, signature, {}));
  BOOST_TEST(!genuine("https://mycompany.com/x", "", "oloRoiMEWh2s1nFdGpzTBTGzKAk=", {""}));
}

BOOST_AUTO_TEST_CASE(a_signature_of_another_size_is_none) {
  for (std::string_view bad : {"", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "RSOYDt4T1cUTdK1PDd93/VVr8B8==", "=", "x"}) {
    BOOST_TEST(!genuine(url, form, bad));
  }
}

BOOST_AUTO_TEST_CASE(every_character_of_the_signature_counts) {
  for (std::size_t at = 0; at < signature.size(); ++at) {
    std::string other(signature);
    other[at] = other[at] == 'A' ? 'B' : 'A';
    BOOST_TEST(!genuine(url, form, other));
  }
}

BOOST_AUTO_TEST_CASE(the_url_is_genuine_with_and_without_its_port) {
  const std::string_view with_port = "https://mycompany.com:443/myapp.php?foo=1&bar=2";
  BOOST_TEST(genuine(url, form, "kvajT1Ptam85bY51eRf/AJRuM3w="));
  BOOST_TEST(genuine(with_port, form, "kvajT1Ptam85bY51eRf/AJRuM3w="));
  BOOST_TEST(genuine(with_port, form, signature));
  BOOST_TEST(genuine("http://mycompany.com/myapp.php?foo=1&bar=2", form, "0ZXoZLH/DfblKGATFgpif+LLRf4="));
  BOOST_TEST(genuine("http://mycompany.com:80/myapp.php?foo=1&bar=2", form, "OyGYPqTF6ztdbRNCvuQO/oPvqQ4="));
  BOOST_TEST(genuine("https://mycompany.com:8443/myapp.php?foo=1&bar=2", form, signature));
  BOOST_TEST(!genuine("http://mycompany.com/myapp.php?foo=1&bar=2", form, signature));
}

BOOST_AUTO_TEST_CASE(a_password_and_an_ipv6_address_are_no_port) {
  BOOST_TEST(genuine("https://user:pw@mycompany.com/x", form, "RVAjjYxMYbgx1i02D18AEqERDyY="));
  BOOST_TEST(genuine("https://user:pw@mycompany.com:443/x", form, "3SsjAyLo/v2ZkFQLgQp2ZFTNpIE="));
  BOOST_TEST(genuine("https://[2001:db8::1]/x", form, "tABzCyVIU9oFdpoXNGid1KNFDeg="));
  BOOST_TEST(genuine("https://[2001:db8::1]:443/x", form, "e75RTzPdaY3LyoUN7u+lGPWWHmw="));
}

BOOST_AUTO_TEST_CASE(values_are_decoded_sorted_and_taken_once) {
  const std::string_view text = "Body=Gr%C3%BC%C3%9Fe+%26+100%25+%2B+%F0%9F%98%80";
  BOOST_TEST(genuine("https://mycompany.com/x", std::string(text) + "&MediaUrl=b&Empty=&MediaUrl=a&MediaUrl=b",
                     "9qGZnVAqzUXVk0juVzTVWeuik+I="));
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_form_is_bound_by_the_hash_in_the_signed_url) {
  const std::string_view json = R"({"property": "value", "boolean": true})";
  const std::string_view at =
      "https://mycompany.com/x?a=b&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  BOOST_TEST(genuine(at, json, "lrcc2hk86yECI/KC/jB5QtupPcI="));
  BOOST_TEST(!genuine(at, "{}", "lrcc2hk86yECI/KC/jB5QtupPcI="));
  BOOST_TEST(!genuine(at, "", "lrcc2hk86yECI/KC/jB5QtupPcI="));
}

BOOST_AUTO_TEST_CASE(more_fields_than_twilio_ever_sends_are_not_read) {
  const auto fields = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += (i == 0 ? "f" : "&f") + std::to_string(i) + "=1";
    }
    return text;
  };
  BOOST_TEST(genuine("https://mycompany.com/x", fields(256), "h8HhMJHtCvnDpMu8b5aI77FMZtk="));
  BOOST_TEST(!genuine("https://mycompany.com/x", fields(257), "FJtxhUGYd70jOG4ggJrFW13qkFs="));
  BOOST_TEST(genuine("https://mycompany.com/x?" + fields(256), "", "UbMnKu3gLBMLZNBV3SDIhnLZeCA="));
  BOOST_TEST(!genuine("https://mycompany.com/x?" + fields(257), "", "5nmPWn4myuHfMsTsxtF2i2mpGoE="));
}

BOOST_AUTO_TEST_CASE(the_signature_of_a_url_alone_does_not_cover_a_body) {
  BOOST_TEST(genuine("https://mycompany.com/x", "", "JBdRms30VeGWdwrFlqv1KCn20yU="));
  BOOST_TEST(!genuine("https://mycompany.com/x", "{}", "JBdRms30VeGWdwrFlqv1KCn20yU="));
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_and_none_are_genuine) {
  std::mt19937 random(20230824);  // NOLINT(cert-msc51-cpp): the same bytes in every run
  constexpr std::string_view pieces[] = {"%", "%4", "%zz", "&", "=", "+", "?",
                                         "#", ":",  "//",  "[", "]", "@", "bodySHA256"};
  for (int run = 0; run < 5000; ++run) {
    std::string text;
    for (std::size_t length = random() % 40; length != 0; --length) {
      text += random() % 2 == 0 ? std::string(pieces[random() % std::size(pieces)])
                                : std::string(1, static_cast<char>(random() % 256));
    }
    const std::size_t middle = text.empty() ? 0 : random() % text.size();
    BOOST_TEST(!genuine(text.substr(0, middle), text.substr(middle), signature));
  }
}

BOOST_AUTO_TEST_CASE(a_form_is_read_as_browsers_write_it) {
  using common::read_form;
  const common::FormFields expected{{"a", "1 2"}, {"b", "%"}, {"c", ""}, {"d", ""}, {"", "e"}, {"f", "=%4%zzA"}};
  BOOST_TEST((read_form("a=1+2&&b=%25&c=&d&=e&f==%4%zz%41") == expected));
  BOOST_TEST(read_form("").empty());
  BOOST_TEST((read_form("a=%4") == common::FormFields{{"a", "%4"}}));
}
