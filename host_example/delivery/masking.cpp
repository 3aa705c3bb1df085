// SPDX-License-Identifier: Apache-2.0
#include "delivery/masking.hpp"

#include <algorithm>
#include <boost/algorithm/hex.hpp>
#include <cctype>

#include "delivery/base64_traces.hpp"
#include "store/base64.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t most_bytes = 64U << 10U;  // of all secrets
constexpr std::size_t shortest_within = 3;      // a shorter one is hidden as a whole value only
constexpr std::size_t shortest_code = 4;
constexpr std::size_t shortest_told = 4;      // of what was cut off
constexpr std::size_t subscriber_digits = 7;  // of a number, whatever its country and area

bool is_digit(char character) {
  return std::isdigit(static_cast<unsigned char>(character)) != 0;
}

bool joins_digits(char character) {
  return std::string_view(" -.()/+").find(character) != std::string_view::npos;
}

bool is_base64(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 ||
         std::string_view("+/-_=").find(character) != std::string_view::npos;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

// As texts are compared: a form has a plus for a space, and whatever repeats a text may change its case or its breaks.
std::string folded(std::string text) {
  for (char& character : text) {
    const auto byte = static_cast<unsigned char>(character);
    character = byte < 0x20 || byte == 0x7F || character == '+' ? ' ' : static_cast<char>(std::tolower(byte));
  }
  return text;
}

void mark(const DecodedView& view, std::size_t begin, std::size_t end, std::vector<bool>& hidden) {
  const auto place = [&](std::size_t at) { return hidden.begin() + static_cast<std::ptrdiff_t>(view.origin[at]); };
  std::fill(place(begin), place(end), true);
}

struct Range {
  std::size_t begin, end;
};

// The group of base64 around a part of the text.
Range base64_group(std::string_view text, Range part) {
  while (part.begin > 0 && is_base64(text[part.begin - 1])) {
    --part.begin;
  }
  while (part.end < text.size() && is_base64(text[part.end])) {
    ++part.end;
  }
  return part;
}

// Whether no more base64 stands beside a part of the text but its padding.
bool is_base64_word(std::string_view text, Range part) {
  std::string_view after = text.substr(part.end);
  for (int padding = 0; padding < 2 && after.starts_with('='); ++padding) {
    after.remove_prefix(1);
  }
  return (part.begin == 0 || !is_base64(text[part.begin - 1])) && (after.empty() || !is_base64(after.front()));
}

// Of a header, of JSON, of a form, of an attribute, or the whole text.
bool is_whole_value(std::string_view text, Range part) {
  std::string_view before = text.substr(0, part.begin);
  std::string_view after = text.substr(part.end);
  before.remove_suffix(before.ends_with(' ') ? 1 : 0);
  after.remove_prefix(after.starts_with(' ') ? 1 : 0);
  return (before.empty() || std::string_view("\"'=:>[,\n").find(before.back()) != std::string_view::npos) &&
         (after.empty() || std::string_view("\"'&,;<]}\r\n").find(after.front()) != std::string_view::npos);
}

// Where the digits stand that only spaces and the like keep apart; gives the end of the group.
std::size_t read_group(std::string_view text, std::size_t at, std::vector<std::size_t>& places) {
  places.clear();
  for (; at < text.size() && (is_digit(text[at]) || (!places.empty() && joins_digits(text[at]))); ++at) {
    if (is_digit(text[at])) {
      places.push_back(at);
    }
  }
  return at;
}

}  // namespace

// A short one keeps less than half of itself.
std::string masked_number(std::string_view number) {
  const std::size_t kept = std::min<std::size_t>(4, number.size() / 3);
  return std::string(number.size() - kept, '*').append(number.substr(number.size() - kept));
}

bool Masker::is_new(std::string_view secret) {
  if (secret.empty() || hides_all_ || !secrets_.emplace(secret).second) {
    return false;
  }
  bytes_ += secret.size();
  longest_ = std::max(longest_, secret.size());
  hides_all_ = secrets_.size() > most_secrets || bytes_ > most_bytes;
  return !hides_all_;
}

void Masker::add(std::string text, Where where) {
  parts_.push_back({Pattern(folded(std::move(text))), where});
}

void Masker::hide(std::string_view secret) {
  if (!is_new(secret)) {
    return;
  }
  if (secret.size() < shortest_within) {
    return add(std::string(secret), Where::whole_value);
  }
  // What is escaped in the secret itself is undone in the text as well.
  for (DecodedView& view : decoded_views(secret, false)) {
    if (view.text.size() >= shortest_within) {
      add(std::move(view.text), Where::anywhere);
    }
  }
  add(boost::algorithm::hex_lower(std::string(secret)), Where::anywhere);
  if (secret.size() < shortest_traced) {
    add(to_base64(secret, Base64::unpadded), Where::base64_word);
    add(to_base64(secret, Base64::url), Where::base64_word);
  } else {
    for (std::string& trace : base64_traces_of(secret)) {
      add(std::move(trace), Where::base64_group);
    }
  }
  if (const std::string digits = digits_of(secret); digits.size() >= shortest_code && digits.size() == secret.size()) {
    digits_.push_back({Pattern(digits), false});
  }
}

void Masker::hide_number(std::string_view number) {
  hide(number);
  const std::string digits = digits_of(number);
  if (digits.size() >= shortest_code) {
    digits_.push_back({Pattern(digits.substr(digits.size() - std::min(digits.size(), subscriber_digits))), true});
  }
}

void Masker::hide_codes_of(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    at = read_group(text, at, places);
    if (places.size() >= shortest_code) {
      hide(digits_of(text.substr(places.front(), places.back() + 1 - places.front())));
    }
  }
}

void Masker::mark_parts(const DecodedView& view, std::vector<bool>& hidden) const {
  const std::string_view text = view.text;
  const std::string searched = folded(view.text);
  for (const auto& [pattern, where] : parts_) {
    std::size_t group_end = 0;
    const std::size_t begun =
        pattern.find_all(searched, [&, size = pattern.text().size(), where = where](std::size_t at) {
          Range range{at, at + size};
          if ((where == Where::whole_value && !is_whole_value(text, range)) ||
              (where == Where::base64_word && !is_base64_word(text, range)) || at < group_end) {
            return;
          }
          if (where == Where::base64_group) {
            range = base64_group(text, range);
            group_end = range.end;
          }
          mark(view, range.begin, range.end, hidden);
        });
    if (begun >= shortest_told) {  // what is cut off in its middle still tells its beginning
      std::fill(hidden.begin() + static_cast<std::ptrdiff_t>(view.origin[text.size() - begun]), hidden.end(), true);
    }
  }
}

void Masker::mark_digits(const DecodedView& view, std::vector<bool>& hidden) const {
  const std::string_view text = view.text;
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    at = read_group(text, at, places);
    if (places.empty()) {
      continue;
    }
    const std::string group = digits_of(text.substr(places.front(), places.back() + 1 - places.front()));
    for (const auto& [pattern, whole_group] : digits_) {
      pattern.find_all(group, [&, size = pattern.text().size(), whole = whole_group](std::size_t first) {
        mark(view, places[whole ? 0 : first], places[whole ? group.size() - 1 : first + size - 1] + 1, hidden);
      });
    }
  }
}

std::string Masker::operator()(std::string_view text, std::size_t longest) const {
  if (hides_all_) {
    return text.empty() ? "" : "***";
  }
  const std::size_t end = std::min(longest, text.size());
  text = text.substr(0, end + std::min(longest_, text.size() - end));  // with what the end would cut off
  std::vector<bool> hidden(text.size(), false);
  for (const DecodedView& view : decoded_views(text, true)) {
    mark_parts(view, hidden);
    mark_digits(view, hidden);
  }
  std::string shown;
  for (std::size_t at = 0; at < end; ++at) {
    if (!hidden[at]) {
      shown += text[at];
    } else if (at == 0 || !hidden[at - 1]) {
      shown += "***";
    }
  }
  return shown;
}

}  // namespace messenger::host
