// SPDX-License-Identifier: Apache-2.0
#include "header_list.hpp"

#include "wiped_text.hpp"

#include <algorithm>
#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <cstring>
#include <iterator>

namespace messenger::http {

HeaderList::~HeaderList() {
  clear();
}

void HeaderList::clear() noexcept {
  explicit_bzero(text_.data(), text_.size());  // Authorization stands here
  text_.clear();
  starts_.clear();
}

void HeaderList::add(std::string_view name, std::string_view value) {
  reserve_wiped(text_, name.size() + value.size() + 3);
  starts_.push_back(text_.size());
  text_.append(name);
  if (value.find_first_not_of(" \t") == std::string_view::npos) {
    text_.push_back(';');  // libcurl's way to say: send it, with an empty value
  } else {
    text_.append(": ").append(value);
  }
  text_.push_back('\0');
}

void HeaderList::suppress(std::string_view name) {
  reserve_wiped(text_, name.size() + 2);
  starts_.push_back(text_.size());
  text_.append(name).append(":").push_back('\0');
}

curl_slist* HeaderList::link(curl_slist* tail) {
  nodes_.resize(starts_.size());
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    nodes_[i] = {text_.data() + starts_[i], tail};
    tail = &nodes_[i];
  }
  return tail;
}

std::string basic_credentials(std::string_view username, std::string_view password) {
  using namespace boost::archive::iterators;
  using Encode = base64_from_binary<transform_width<std::string::const_iterator, 6, 8>>;
  std::string plain;
  plain.reserve(username.size() + 1 + password.size() + 2);
  plain.append(username).append(":").append(password);
  const std::size_t padding = (3 - plain.size() % 3) % 3;
  // Filled up by hand: transform_width reads on into the next byte to complete a group.
  plain.append(padding, '\0');
  const std::string& bytes = plain;
  std::string text;
  text.reserve(6 + plain.size() / 3 * 4);  // grown, or appended to by iterators, it would leave a copy behind
  text.append("Basic ");
  std::copy(Encode(bytes.begin()), Encode(bytes.end()), std::back_inserter(text));
  std::fill_n(text.end() - static_cast<std::ptrdiff_t>(padding), padding, '=');
  explicit_bzero(plain.data(), plain.size());
  return text;
}

}  // namespace messenger::http
