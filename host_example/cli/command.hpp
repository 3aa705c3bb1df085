// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "runtime/messenger_document.hpp"
#include "runtime/runtime.hpp"
#include "store/store.hpp"

namespace messenger::host::cli {

/// The process's exit status; a send or call that ended has 9 + its outcome's number, and 0 when it was accepted.
/// 1 is a rule that failed (`check`), or outputs that could not be written (`call`); 4 that no rule failed but not all
/// could be tried.
enum ExitStatus : int { success = 0, failed = 1, invalid = 2, no_such_type = 3, incomplete = 4, first_outcome = 9 };

/// What every subcommand takes.
struct CommonOptions {
  bool json = false;
  std::vector<std::filesystem::path> plugin_directories;
};

/// Of what runs a messenger from a file.
struct MessengerArguments : CommonOptions {
  NetworkOptions network;
  std::vector<std::string> certificates;  // id=file
  std::string file;
  double timeout = 20;  // seconds
};

struct SendArguments : MessengerArguments {
  std::string to, text;
  std::vector<std::string> attributes;  // name=value
  double lifetime = 0;                  // seconds; 0 = for ever
};

struct ValidateArguments : MessengerArguments {
  bool online = false;
};

struct CallArguments : MessengerArguments {
  std::string operation, input_file;
  std::vector<std::string> assignments;  // name=value
  std::uint64_t limit = 0;               // of outputs; 0 = none
};

struct CheckArguments : CommonOptions {
  std::string plugin, file;
  double timeout = 10;  // seconds, for each rule
  bool verbose = false;
  std::string rule;              // set = be the child that tries this rule …
  std::uint32_t type_index = 0;  // … for this type
};

struct KeyArguments : CommonOptions {
  StoreOptions store;
  std::string name, id;
  std::vector<std::string> allow;  // "GET,POST /api/messenger"
};

struct QueueArguments : CommonOptions {
  StoreOptions store;
  bool dead = false;        // list the dead letters
  std::int64_t limit = 25;  // of them
};

/// The subcommands; each gives the exit status.
int list_plugins(const CommonOptions& options);
int print_schema(const CommonOptions& options, const std::string& type);
int validate(const ValidateArguments& arguments);
int call(const CallArguments& arguments);
int send(const SendArguments& arguments);
int check(const CheckArguments& arguments);
int create_key(const KeyArguments& arguments);
int list_keys(const KeyArguments& arguments);
int revoke_key(const KeyArguments& arguments);
int show_queue(const QueueArguments& arguments);

/// A runtime whose log goes to standard error, from warnings up, or whole when `debug` is set.
Runtime make_runtime(const CommonOptions& options, bool debug = false, const NetworkOptions& network = {});

/// One line of JSON on standard output.
void print_json(const boost::json::value& value);

/// Every problem, for people on standard error or as JSON on standard output. Gives ExitStatus::invalid.
int report_issues(const CommonOptions& options, const std::string& file, const std::vector<loader::Issue>& issues);

/// The types that are known, likewise. Gives ExitStatus::no_such_type.
int report_no_such_type(const CommonOptions& options, const std::string& type, const loader::Registry& registry);

/// One error, likewise. Gives ExitStatus::invalid.
int report_error(const CommonOptions& options, const std::string& text);

/// A file's text; throws std::runtime_error that names the file and the reason.
std::string read_file(const std::string& path);

/// All of standard input.
std::string read_standard_input();

/// With the proxy's password from the environment: everybody on the machine can read a command line.
NetworkOptions with_proxy_password(NetworkOptions network);

/// Durations are said in seconds.
std::chrono::milliseconds from_seconds(double seconds);

/// Whether a loaded plugin offers this type.
bool knows_type(const loader::Registry& registry, const std::string& type);

}  // namespace messenger::host::cli
