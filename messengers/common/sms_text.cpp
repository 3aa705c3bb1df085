// SPDX-License-Identifier: Apache-2.0
#include "common/sms_text.hpp"

#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>

#include "common/sms_parts.hpp"
#include "common/sms_smart_encoding.hpp"

namespace messenger::common {
namespace {

constexpr std::size_t longest_text = std::size_t{1} << 28U;
constexpr std::size_t most_outside = 16;
constexpr SmsCapacity gsm7_capacity{160, 153};
constexpr SmsCapacity ucs2_capacity{70, 67};

// The alphabet of 3GPP TS 23.038 but for the letters and digits of ASCII; what is behind its escape takes two septets.
constexpr std::u16string_view gsm7_marks =
    u"\n\r !\"#$%&'()*+,-./:;<=>?@_"
    u"\u00A1\u00A3\u00A4\u00A5\u00A7\u00BF\u00C4\u00C5\u00C6\u00C7\u00C9\u00D1\u00D6\u00D8\u00DC\u00DF\u00E0\u00E4"
    u"\u00E5"
    u"\u00E6\u00E8\u00E9\u00EC\u00F1\u00F2\u00F6\u00F8\u00F9\u00FC\u0393\u0394\u0398\u039B\u039E\u03A0\u03A3\u03A6"
    u"\u03A8"
    u"\u03A9";
constexpr std::u16string_view gsm7_escaped = u"\f[\\]^{|}~\u20AC";

// 0 = not in GSM-7.
std::size_t septets(char16_t unit) noexcept {
  const bool plain = (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9');
  if (plain || gsm7_marks.find(unit) != std::u16string_view::npos) {
    return 1;
  }
  return gsm7_escaped.find(unit) != std::u16string_view::npos ? 2 : 0;
}

std::u16string to_utf16(std::string_view utf8) {
  const std::string_view read = utf8.substr(0, longest_text);
  std::u16string text(read.size(), u'\0');  // no byte becomes more than one unit
  std::int32_t size = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8WithSub(text.data(), static_cast<std::int32_t>(text.size()), &size, read.data(),
                       static_cast<std::int32_t>(read.size()), 0xFFFD, nullptr, &error);
  text.resize(static_cast<std::size_t>(size));
  return text;
}

bool is_lead(char16_t unit) noexcept {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

std::vector<char32_t> outside_gsm7(std::u16string_view text) {
  std::vector<char32_t> found;
  for (std::size_t at = 0; at < text.size() && found.size() < most_outside; ++at) {
    char32_t code_point = text[at];
    if (is_lead(text[at])) {  // what came from UTF-8 has no half pairs
      code_point = 0x10000U + ((code_point - 0xD800U) << 10U) + (text[++at] - 0xDC00U);
    } else if (septets(text[at]) != 0) {
      continue;
    }
    if (std::find(found.begin(), found.end(), code_point) == found.end()) {
      found.push_back(code_point);
    }
  }
  return found;
}

std::vector<std::size_t> septets_of_each(std::u16string_view text) {
  std::vector<std::size_t> sizes(text.size());
  std::transform(text.begin(), text.end(), sizes.begin(), septets);
  return sizes;
}

// The sizes of the grapheme clusters (https://www.unicode.org/reports/tr29/), by the Unicode version of ICU. CRLF is
// one for Unicode and two for Twilio's calculator. Without ICU's data each unit stands alone.
std::vector<std::size_t> clusters(std::u16string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> breaks(
      ubrk_open(UBRK_CHARACTER, "", text.data(), static_cast<std::int32_t>(text.size()), &error), &ubrk_close);
  if (U_FAILURE(error)) {
    return std::vector<std::size_t>(text.size(), 1);
  }
  std::vector<std::size_t> sizes;
  std::int32_t start = 0;
  for (std::int32_t end = ubrk_next(breaks.get()); end != UBRK_DONE; end = ubrk_next(breaks.get())) {
    const auto size = static_cast<std::size_t>(end - start);
    if (text.substr(static_cast<std::size_t>(start), size) == u"\r\n") {
      sizes.insert(sizes.end(), 2, 1);
    } else {
      sizes.push_back(size);
    }
    start = end;
  }
  return sizes;
}

// No cluster matters to a text that is one part whatever they are.
std::vector<std::size_t> ucs2_sizes(std::u16string_view text) {
  return text.size() <= ucs2_capacity.alone ? std::vector<std::size_t>(text.size(), 1) : clusters(text);
}

}  // namespace

std::string_view to_string(SmsEncoding encoding) noexcept {
  switch (encoding) {
    case SmsEncoding::gsm7:
      return "GSM-7";
    case SmsEncoding::ucs2:
      return "UCS-2";
  }
  return {};
}

SmsText sms_text(std::string_view utf8, SmartEncoding smart) {
  const std::u16string text = to_utf16(smart == SmartEncoding::on ? smart_encoded(utf8) : utf8);
  SmsText counted;
  counted.outside_gsm7 = outside_gsm7(text);
  counted.encoding = counted.outside_gsm7.empty() ? SmsEncoding::gsm7 : SmsEncoding::ucs2;
  const bool gsm7 = counted.encoding == SmsEncoding::gsm7;
  const SmsCapacity capacity = gsm7 ? gsm7_capacity : ucs2_capacity;
  const std::vector<std::size_t> sizes = gsm7 ? septets_of_each(text) : ucs2_sizes(text);
  const SmsParts filled = fill_sms_parts(sizes, capacity);
  counted.parts = filled.parts;
  counted.units = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
  const std::size_t room = filled.parts == 1 ? capacity.alone : capacity.joined;
  counted.remaining = room - std::min(room, filled.units_in_last);
  return counted;
}

}  // namespace messenger::common
