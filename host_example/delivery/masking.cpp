// SPDX-License-Identifier: Apache-2.0
#include "delivery/masking.hpp"

#include <algorithm>
#include <cctype>

#include "delivery/encodings.hpp"

namespace messenger::host {

namespace {

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

void mark(std::vector<bool>& hidden, std::size_t begin, std::size_t end) {
  std::fill(hidden.begin() + static_cast<std::ptrdiff_t>(begin), hidden.begin() + static_cast<std::ptrdiff_t>(end),
            true);
}

template <class Found>
void find_all(std::string_view text, std::string_view part, Found found) {
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    found(at);
  }
}

// The group of base64 around [begin, end).
void mark_base64(std::string_view text, std::size_t begin, std::size_t end, std::vector<bool>& hidden) {
  while (begin > 0 && is_base64(text[begin - 1])) {
    --begin;
  }
  while (end < text.size() && is_base64(text[end])) {
    ++end;
  }
  mark(hidden, begin, end);
}

// What is cut off in its middle still tells its beginning.
void mark_cut_off(std::string_view text, std::string_view part, std::vector<bool>& hidden) {
  for (std::size_t size = std::min(part.size(), text.size() + 1) - 1; size >= shortest_told; --size) {
    if (text.ends_with(part.substr(0, size))) {
      return mark(hidden, text.size() - size, text.size());
    }
  }
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

void Masker::hide(std::string_view secret) {
  if (secret.empty()) {
    return;
  }
  for (std::string& text : encodings_of(secret)) {
    texts_.push_back(std::move(text));
  }
  for (std::string& trace : base64_traces_of(secret)) {
    base64_.push_back(std::move(trace));
  }
  if (const std::string digits = digits_of(secret); digits.size() >= shortest_code && digits.size() == secret.size()) {
    digits_.push_back({digits, false});
  }
}

void Masker::hide_number(std::string_view number) {
  hide(number);
  const std::string digits = digits_of(number);
  if (digits.size() >= shortest_code) {
    digits_.push_back({digits.substr(digits.size() - std::min(digits.size(), subscriber_digits)), true});
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

void Masker::mark_digits(std::string_view text, std::vector<bool>& hidden) const {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < text.size(); ++at) {
    at = read_group(text, at, places);
    if (places.empty()) {
      continue;
    }
    const std::string group = digits_of(text.substr(places.front(), places.back() + 1 - places.front()));
    for (const Digits& sought : digits_) {
      find_all(group, sought.digits, [&](std::size_t first) {
        const std::size_t last = first + sought.digits.size() - 1;
        mark(hidden, places[sought.whole_group ? 0 : first], places[sought.whole_group ? group.size() - 1 : last] + 1);
      });
    }
  }
}

std::string Masker::operator()(std::string_view text) const {
  std::vector<bool> hidden(text.size(), false);
  for (const std::string& part : texts_) {
    find_all(text, part, [&](std::size_t at) { mark(hidden, at, at + part.size()); });
    mark_cut_off(text, part, hidden);
  }
  for (const std::string& part : base64_) {
    find_all(text, part, [&](std::size_t at) { mark_base64(text, at, at + part.size(), hidden); });
    mark_cut_off(text, part, hidden);
  }
  mark_digits(text, hidden);
  std::string shown;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!hidden[at]) {
      shown += text[at];
    } else if (at == 0 || !hidden[at - 1]) {
      shown += "***";
    }
  }
  return shown;
}

}  // namespace messenger::host
