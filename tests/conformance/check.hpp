// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <set>
#include <string>
#include <vector>

#include "process.hpp"

namespace messenger::test {

inline const std::string build = MESSENGER_BUILD_DIR;

inline Finished check(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {std::string(MESSENGER_BIN_DIR) + "/messenger-host", "check"});
  return run(arguments);
}

inline boost::json::object check_json(std::vector<std::string> arguments) {
  arguments.emplace_back("--json");
  const Finished finished = check(std::move(arguments));
  boost::json::object report = boost::json::parse(finished.out).as_object();
  report["status"] = finished.status;
  return report;
}

/// The ids of the rules that ended so, without those of which there is nothing to try.
inline std::set<std::string> rules(const boost::json::object& report, std::string_view result) {
  std::set<std::string> ids;
  for (const auto& rule : report.at("rules").as_array()) {
    if (rule.at("result").as_string() == result && !rule.as_object().contains("applicable")) {
      ids.insert(std::string(rule.at("id").as_string()));
    }
  }
  return ids;
}

}  // namespace messenger::test
