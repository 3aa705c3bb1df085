// SPDX-License-Identifier: Apache-2.0
#include "delivery/decoded_view.hpp"

#include "delivery/escape.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t deepest = 4;  // JSON in JSON in a form, and one more

DecodedView undone(const DecodedView& view, bool cut_off) {
  DecodedView next;
  std::size_t at = 0;
  while (at < view.text.size()) {
    const Escape escape = escape_at(std::string_view(view.text).substr(at));
    if (escape.is_cut_off && cut_off) {
      break;
    }
    next.text += escape.length == 0 ? std::string(1, view.text[at]) : escape.meaning;
    next.origin.resize(next.text.size(), view.origin[at]);
    at += escape.length == 0 ? 1 : escape.length;
  }
  next.origin.push_back(view.origin[at]);
  return next;
}

}  // namespace

std::vector<DecodedView> decoded_views(std::string_view text, bool cut_off) {
  std::vector<DecodedView> views(1);
  views[0].text = text;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    views[0].origin.push_back(at);
  }
  while (views.size() <= deepest) {
    DecodedView next = undone(views.back(), cut_off);
    if (next.text == views.back().text) {
      break;
    }
    views.push_back(std::move(next));
  }
  return views;
}

}  // namespace messenger::host
