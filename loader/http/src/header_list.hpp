// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>
#include <messenger/plugin.h>

#include <string>
#include <string_view>
#include <vector>

namespace messenger::http {

/// Headers in the form that libcurl takes, in one block of memory that is reused. The lists built share a tail.
class HeaderList {
 public:
  HeaderList() = default;
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList();

  void clear() noexcept;
  void add(std::string_view name, std::string_view value);
  /// "Name:" alone: tells libcurl not to send a header of its own by that name.
  void suppress(std::string_view name);

  /// The list, followed by tail. Valid until the next change; tail must outlive it.
  curl_slist* link(curl_slist* tail);

 private:
  std::string text_;  // each header ends with NUL
  std::vector<std::size_t> starts_;
  std::vector<curl_slist> nodes_;
};

/// "Basic …" for an Authorization header (RFC 7617).
std::string basic_credentials(std::string_view username, std::string_view password);

}  // namespace messenger::http
