// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "cli/command.hpp"

namespace messenger::host::cli {

namespace json = boost::json;

namespace {

json::object describe(const loader::TypeInfo& info) {
  return {{"type", info.type},
          {"name", info.name},
          {"vendor", info.vendor},
          {"version", info.version},
          {"path", info.path.string()}};
}

json::object describe(const loader::PluginFile& file) {
  json::object entry{{"path", file.path.string()}, {"loaded", file.loaded}, {"types", json::array()}};
  for (const std::string& type : file.types) {
    entry["types"].get_array().emplace_back(type);
  }
  if (!file.reason.empty()) {
    entry["reason"] = file.reason;
  }
  return entry;
}

void print_as_json(Runtime& runtime) {
  json::array files;
  json::array types;
  for (const loader::PluginFile& file : runtime.plugins()) {
    files.push_back(describe(file));
  }
  for (const loader::TypeInfo& info : runtime.registry().types()) {
    types.push_back(describe(info));
  }
  print_json(json::object{{"plugins", std::move(files)}, {"types", std::move(types)}});
}

void print_as_text(Runtime& runtime) {
  for (const loader::TypeInfo& info : runtime.registry().types()) {
    std::cout << info.type << "  " << info.version << "  " << info.name
              << (info.vendor.empty() ? "" : ", " + info.vendor) << "\n    " << info.path.string() << '\n';
  }
  for (const loader::PluginFile& file : runtime.plugins()) {
    if (!file.loaded) {
      std::cout << "refused: " << file.path.string() << "\n    " << file.reason << '\n';
    }
  }
}

}  // namespace

int list_plugins(const CommonOptions& options) {
  Runtime runtime = make_runtime(options);
  options.json ? print_as_json(runtime) : print_as_text(runtime);
  return success;
}

}  // namespace messenger::host::cli
