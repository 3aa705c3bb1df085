// SPDX-License-Identifier: Apache-2.0
#include "common/sms_smart_encoding.hpp"

#include <algorithm>
#include <array>

namespace messenger::common {
namespace {

using std::string_view_literals::operator""sv;

struct Replacement {
  std::string_view by;      ///< ASCII
  std::u16string_view all;  ///< what it stands for
};

constexpr std::array table{
    Replacement{" ", u"\u2001\u2028\u2029"sv},
    Replacement{
        "  ",
        u"\200\215\220\233\237\u00A0\u2000\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000"sv},
    Replacement{"       ", u"\011"sv},
    Replacement{"!", u"\u01C3\uFE15\uFE57\uFF01"sv},
    Replacement{"!!", u"\u203C"sv},
    Replacement{"\"", u"\u00AB\u00BB\u02BA\u02EE\u201C\u201D\u201E\u201F\u275D\u275E\u301D\u301E\uFF02"sv},
    Replacement{"#", u"\uFE5F\uFF03"sv},
    Replacement{"$", u"\uFE69\uFF04"sv},
    Replacement{"%", u"\uFE6A\uFF05"sv},
    Replacement{"&", u"\uFE60\uFF06"sv},
    Replacement{"'",
                u"\140\u00B4\u02B9\u02BB\u02BC\u02BD\u02C8\u02CA\u02CB\u0313\u0314\u2018\u2019\u201B\u275B\u275C"
                u"\uFE10\uFE11\uFF07"sv},
    Replacement{"(", u"\u2768\u276A\u27EE\u2985\uFE59\uFF08"sv},
    Replacement{")", u"\u2769\u276B\u27EF\u2986\uFE5A\uFF09"sv},
    Replacement{"*",
                u"\u204E\u2217\u229B\u2722\u2723\u2724\u2725\u2731\u2732\u2733\u273A\u273B\u273C\u273D\u2743\u2749"
                u"\u274A\u274B\u29C6\uFE61\uFF0A"sv},
    Replacement{"+", u"\u02D6\uFE62\uFF0B"sv},
    Replacement{",", u"\u0326\u201A\u3001\uFE50\uFE51\uFF0C\uFF64"sv},
    Replacement{"-", u"\u2010\u2013\u2014\u2015\u2022\u2043\u23BC\u23BD\uFE63\uFF0D"sv},
    Replacement{".", u"\u3002\uFE52\uFF0E\uFF61"sv},
    Replacement{"...", u"\u2026"sv},
    Replacement{"/", u"\u00F7\u0337\u0338\u2044\u2215\u29F8\uFF0F"sv},
    Replacement{"0", u"\uFF10"sv},
    Replacement{"1", u"\uFF11"sv},
    Replacement{"1/2", u"\u00BD"sv},
    Replacement{"1/4", u"\u00BC"sv},
    Replacement{"2", u"\uFF12"sv},
    Replacement{"3", u"\uFF13"sv},
    Replacement{"3/4", u"\u00BE"sv},
    Replacement{"4", u"\uFF14"sv},
    Replacement{"5", u"\uFF15"sv},
    Replacement{"6", u"\uFF16"sv},
    Replacement{"7", u"\uFF17"sv},
    Replacement{"8", u"\uFF18"sv},
    Replacement{"9", u"\uFF19"sv},
    Replacement{":", u"\u02D0\u02F8\u2982\uA789\uFE13\uFF1A"sv},
    Replacement{";", u"\u204F\uFE14\uFE54\uFF1B"sv},
    Replacement{"<", u"\u2039\uFE64\uFF1C"sv},
    Replacement{"=", u"\u0347\uA78A\uFE66\uFF1D"sv},
    Replacement{">", u"\u203A\uFE65\uFF1E"sv},
    Replacement{"?", u"\uFE16\uFE56\uFF1F"sv},
    Replacement{"@", u"\uFE6B\uFF20"sv},
    Replacement{"A", u"\u1D00\uFF21"sv},
    Replacement{"B", u"\u0299\uFF22"sv},
    Replacement{"C", u"\u1D04\uFF23"sv},
    Replacement{"D", u"\u1D05\uFF24"sv},
    Replacement{"E", u"\u1D07\uFF25"sv},
    Replacement{"F", u"\uA730\uFF26"sv},
    Replacement{"G", u"\u0262\uFF27"sv},
    Replacement{"H", u"\u029C\uFF28"sv},
    Replacement{"I", u"\u026A\uFF29"sv},
    Replacement{"J", u"\u1D0A\uFF2A"sv},
    Replacement{"K", u"\u1D0B\uFF2B"sv},
    Replacement{"L", u"\u029F\uFF2C"sv},
    Replacement{"M", u"\u1D0D\uFF2D"sv},
    Replacement{"N", u"\u0274\uFF2E"sv},
    Replacement{"O", u"\u1D0F\uFF2F"sv},
    Replacement{"P", u"\u1D18\uFF30"sv},
    Replacement{"Q", u"\uFF31"sv},
    Replacement{"R", u"\u0280\uFF32"sv},
    Replacement{"S", u"\uA731\uFF33"sv},
    Replacement{"T", u"\u1D1B\uFF34"sv},
    Replacement{"U", u"\u1D1C\uFF35"sv},
    Replacement{"V", u"\u1D20\uFF36"sv},
    Replacement{"W", u"\u1D21\uFF37"sv},
    Replacement{"X", u"\uFF38"sv},
    Replacement{"Y", u"\u028F\uFF39"sv},
    Replacement{"Z", u"\u1D22\uFF3A"sv},
    Replacement{"[", u"\uFF3B"sv},
    Replacement{"\\", u"\u20E5\u29F5\u29F9\uFE68\uFF3C"sv},
    Replacement{"]", u"\uFF3D"sv},
    Replacement{"^", u"\u02C6\u0302\u1DCD\uFF3E"sv},
    Replacement{"_", u"\u0332\u2017\uFF3F"sv},
    Replacement{"{", u"\u2774\uFE5B\uFF5B"sv},
    Replacement{"|", u"\u20D2\u20D3\u2223\u239C\u239F\u23B8\u23B9\u23D0\uFF5C"sv},
    Replacement{"}", u"\u2775\uFE5C\uFF5D"sv},
    Replacement{"~", u"\u02DC\u02F7\u0303\u0330\u0334\u223C\uFF5E"sv},
    Replacement{"", u"\000\003\004\020\021\022\023\024\027\031\u200B\u200C\u2060\uFEFF"sv},
};

const Replacement* replacement_of(char16_t unit) noexcept {
  const auto at = std::find_if(table.begin(), table.end(), [unit](const Replacement& one) {
    return one.all.find(unit) != std::u16string_view::npos;
  });
  return at == table.end() ? nullptr : &*at;
}

std::size_t size_of_first(std::string_view utf8) noexcept {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t size = lead < 0xC0U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
  const auto rest = utf8.substr(1, size - 1);
  const bool whole = rest.size() == size - 1 && std::all_of(rest.begin(), rest.end(), [](char c) {
                       return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
                     });
  return whole ? size : 1;
}

// nullptr for what is no character, or one beyond U+FFFF: the table has none of those.
const Replacement* replacement_of(std::string_view character) noexcept {
  unsigned unit = static_cast<unsigned char>(character.front());
  if (character.size() > 3 || (character.size() == 1 && unit >= 0x80U)) {
    return nullptr;
  }
  unit &= character.size() == 1 ? 0x7FU : character.size() == 2 ? 0x1FU : 0x0FU;
  for (const char c : character.substr(1)) {
    unit = unit << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  }
  return replacement_of(static_cast<char16_t>(unit));
}

}  // namespace

std::string smart_encoded(std::string_view utf8) {
  std::string out;
  out.reserve(7 * utf8.size());  // a tab becomes that much: the text is never moved
  while (!utf8.empty()) {
    const std::string_view character = utf8.substr(0, size_of_first(utf8));
    const Replacement* const found = replacement_of(character);
    out += found == nullptr ? character : found->by;
    utf8.remove_prefix(character.size());
  }
  return out;
}

}  // namespace messenger::common
