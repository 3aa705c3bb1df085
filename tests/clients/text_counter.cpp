// SPDX-License-Identifier: Apache-2.0
// Counts the texts on standard input, a JSON string a line, and writes what each takes, a JSON object a line.
#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "common/sms_text.hpp"

using namespace messenger::common;

namespace {

boost::json::object counts(const std::string& text, SmartEncoding smart) {
  const SmsText counted = sms_text(text, smart);
  boost::json::array outside(counted.outside_gsm7.begin(), counted.outside_gsm7.end());
  return {{"encoding", to_string(counted.encoding)},
          {"parts", counted.parts},
          {"units", counted.units},
          {"remaining", counted.remaining},
          {"outside", std::move(outside)}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const std::string text(boost::json::parse(line).as_string());
    boost::json::object answer = counts(text, SmartEncoding::off);
    answer["smart"] = counts(text, SmartEncoding::on);
    std::cout << boost::json::serialize(answer) << '\n';
  }
}
