// SPDX-License-Identifier: Apache-2.0
#include "delivery/template_syntax.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/trim.hpp>
#include <cctype>

namespace messenger::host {

namespace {

// What FreeMarker would not take as text. "<#" and the like begin directives, "#{" an old kind of placeholder.
constexpr std::array<std::string_view, 5> foreign{"<#", "</#", "<@", "</@", "#{"};

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char character) {
    return std::isalnum(character) != 0 || character == '_' || character == '.';
  });
}

// "'you'" or "\"you\"" or nothing; no escapes, so that no default needs a second look.
std::optional<std::string> read_fallback(std::string_view text) {
  if (text.empty()) {
    return std::string();
  }
  const char quote = text.front();
  if (text.size() < 2 || (quote != '\'' && quote != '"') || text.back() != quote) {
    return std::nullopt;
  }
  const std::string_view inside = text.substr(1, text.size() - 2);
  const bool plain = inside.find(quote) == std::string_view::npos && inside.find('\\') == std::string_view::npos;
  return plain ? std::optional<std::string>(inside) : std::nullopt;
}

// The end of a placeholder's inside: its "}", but none within quotes.
std::size_t find_end(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    if (quote != 0) {
      quote = text[at] == quote ? '\0' : quote;
    } else if (text[at] == '\'' || text[at] == '"') {
      quote = text[at];
    } else if (text[at] == '}') {
      return at;
    }
  }
  return std::string_view::npos;
}

// user.firstName, user.firstName!'you', (user.firstName)!'you'
std::optional<TemplatePart> read_placeholder(std::string_view inside) {
  TemplatePart part;
  const std::size_t mark = std::min(inside.find('!'), inside.size());
  std::string name = boost::trim_copy(std::string(inside.substr(0, mark)));
  if (name.size() > 2 && name.front() == '(' && name.back() == ')') {
    name = boost::trim_copy(name.substr(1, name.size() - 2));
  }
  if (mark != inside.size()) {
    part.fallback = read_fallback(boost::trim_copy(std::string(inside.substr(mark + 1))));
    if (!part.fallback) {
      return std::nullopt;
    }
  }
  if (!is_name(name)) {
    return std::nullopt;
  }
  part.variable = name;
  return part;
}

// At most this many bytes, and no character cut in two.
std::string_view beginning(std::string_view text, std::size_t bytes) {
  std::size_t end = std::min(bytes, text.size());
  while (end < text.size() && (text[end] & 0xc0) == 0x80) {
    --end;
  }
  return text.substr(0, end);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ParsedTemplate parse() {
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with("${")) {
        read();
      } else {
        check_foreign();
        literal_ += text_[at_++];
      }
    }
    flush();
    return std::move(parsed_);
  }

 private:
  void flush() {
    if (!literal_.empty()) {
      parsed_.parts.push_back({std::exchange(literal_, {}), {}, {}, at_});
    }
  }

  void report(const std::string& text) { parsed_.problems.push_back({at_, text}); }

  void check_foreign() {
    for (const std::string_view mark : foreign) {
      if (text_.substr(at_).starts_with(mark)) {
        report("[" + std::string(mark) + "] begins something of FreeMarker that is not known here");
      }
    }
  }

  void read() {
    flush();
    const std::size_t end = find_end(text_, at_ + 2);
    if (end == std::string_view::npos) {
      report("[" + std::string(beginning(text_.substr(at_), 40)) + "] is not closed");
      at_ = text_.size();
      return;
    }
    auto part = read_placeholder(text_.substr(at_ + 2, end - at_ - 2));
    if (part) {
      part->offset = at_;
      parsed_.parts.push_back(std::move(*part));
    } else {
      report("[" + std::string(text_.substr(at_, end + 1 - at_)) + "] is not a placeholder that is known here");
    }
    at_ = end + 1;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string literal_;
  ParsedTemplate parsed_;
};

}  // namespace

ParsedTemplate parse_template(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace messenger::host
