// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <system_error>

namespace messenger::host::cli {

namespace json = boost::json;

Runtime make_runtime(const CommonOptions& options, bool debug, const NetworkOptions& network) {
  return {options.plugin_directories,
          [debug](loader::LogLevel level, std::string_view who, std::string_view text) {
            if (debug || level >= loader::LogLevel::warning) {
              std::ostringstream line;  // one write: other threads log too
              line << who << ": " << text << '\n';
              std::cerr << line.str();
            }
          },
          network};
}

void print_json(const json::value& value) {
  std::cout << json::serialize(value) << '\n';
}

int report_issues(const CommonOptions& options, const std::string& file, const std::vector<loader::Issue>& issues) {
  if (options.json) {
    json::array problems;
    for (const loader::Issue& issue : issues) {
      problems.push_back(json::object{
          {"pointer", issue.pointer}, {"field", dotted(issue.pointer)}, {"code", issue.code}, {"message", issue.text}});
    }
    print_json(json::object{{"file", file}, {"valid", false}, {"problems", std::move(problems)}});
  } else {
    for (const loader::Issue& issue : issues) {
      const auto field = dotted(issue.pointer);
      std::cerr << file << ": " << (field.empty() ? "" : field + ": ") << "[" << issue.code << "] " << issue.text
                << '\n';
    }
  }
  return invalid;
}

int report_no_such_type(const CommonOptions& options, const std::string& type, const loader::Registry& registry) {
  json::array known;
  std::string list;
  for (const loader::TypeInfo& info : registry.types()) {
    known.emplace_back(info.type);
    list += (list.empty() ? "" : ", ") + info.type;
  }
  const std::string text = "Expected the type to be one of [" + list + "], but found [" + type + "]";
  if (options.json) {
    print_json(json::object{{"error", text}, {"type", type}, {"knownTypes", std::move(known)}});
  } else {
    std::cerr << "messenger-host: " << text << '\n';
  }
  return no_such_type;
}

int report_error(const CommonOptions& options, const std::string& text) {
  if (options.json) {
    print_json(json::object{{"error", text}});
  } else {
    std::cerr << "messenger-host: " << text << '\n';
  }
  return invalid;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // A directory opens, and fails only when it is read.
  if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(text << file.rdbuf())) || file.bad()) {
    throw std::runtime_error(path + ": " + std::system_category().message(errno));
  }
  return text.str();
}

std::string read_standard_input() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

NetworkOptions with_proxy_password(NetworkOptions network) {
  const char* const password = std::getenv("MESSENGER_PROXY_PASSWORD");
  network.proxy_password = password != nullptr ? password : "";
  return network;
}

std::chrono::milliseconds from_seconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1'000));
}

bool knows_type(const loader::Registry& registry, const std::string& type) {
  const auto types = registry.types();
  return std::any_of(types.begin(), types.end(), [&](const loader::TypeInfo& info) { return info.type == type; });
}

}  // namespace messenger::host::cli
