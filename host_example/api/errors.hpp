// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <string_view>
#include <vector>

#include "api/exchange.hpp"

namespace messenger::host {

/// FusionAuth's Errors object: every problem of a request. https://fusionauth.io/docs/apis/errors
class Errors {
 public:
  /// A field by its dotted path; the code becomes "[kind]path".
  void add_field(std::string_view path, std::string_view kind, std::string_view message);
  /// A problem of no field; the code becomes "[code]".
  void add_general(std::string_view code, std::string_view message);
  /// Issues whose pointers start at the document: "/messenger/url" is "messenger.url"; a pointer "" is general.
  void add(const std::vector<loader::Issue>& issues);

  bool empty() const noexcept { return fields_.empty() && general_.empty(); }
  boost::json::object to_json() const;
  Response response(unsigned status = 400) const;

 private:
  boost::json::object fields_;
  boost::json::array general_;
};

}  // namespace messenger::host
