// SPDX-License-Identifier: Apache-2.0
// The command line: what may be said, and which command it means.
#include <messenger/plugin.h>
#include <sys/prctl.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <functional>
#include <iostream>

#include "cli/command.hpp"
#include "cli/options.hpp"
#include "cli/serve.hpp"
#include "store/sqlite_process.hpp"

namespace cli = messenger::host::cli;

namespace {

/// What was said, for the subcommand that was named.
struct Arguments {
  cli::SendArguments send;  // its common part is every subcommand's
  std::string type;
  cli::ValidateArguments validate;
  cli::CallArguments call;
  cli::CheckArguments check;
  cli::ServeArguments serve;
  cli::KeyArguments key;
  cli::QueueArguments queue;
};

void add_common(CLI::App& command, cli::CommonOptions& options) {
  command.add_flag("--json", options.json, "Print JSON, one line, on standard output");
  command
      .add_option("--plugin-dir", options.plugin_directories,
                  "A directory of plugins, before the installed ones; repeatable")
      ->allow_extra_args(false);
}

std::string check_assignment(const std::string& argument) {
  const auto equals = argument.find('=');
  return equals == std::string::npos || equals == 0 ? "expected name=value, but found " + argument : std::string();
}

void add_messenger_options(CLI::App& command, cli::MessengerArguments& arguments) {
  command.add_option("--timeout", arguments.timeout, "Seconds until the attempt is given up")
      ->check(CLI::Range(0.001, 86'400.0))
      ->capture_default_str();
  cli::add_network_options(command, arguments.network);
  command
      .add_option("--certificate", arguments.certificates,
                  "ID=FILE: a client certificate with its key, PEM; repeatable")
      ->group("Network")
      ->allow_extra_args(false)
      ->check(CLI::Validator(check_assignment, "ID=FILE"));
}

void add_validate_options(CLI::App& command, cli::ValidateArguments& arguments) {
  command.add_option("FILE", arguments.file, R"(A file with {"messenger":{…}})")->required();
  command.add_flag("--online", arguments.online, "Ask the provider whether it accepts the credentials; sends nothing");
  add_messenger_options(command, arguments);
}

void add_call_options(CLI::App& command, cli::CallArguments& arguments) {
  command.add_option("MESSENGER", arguments.file, R"(A file with {"messenger":{…}})")->required();
  command.add_option("OPERATION", arguments.operation, "As messages.list; without one they are listed");
  command.add_option("INPUT", arguments.assignments, "name=value, as the operation's input schema has it; repeatable")
      ->check(CLI::Validator(check_assignment, "name=value"));
  command.add_option("--input", arguments.input_file,
                     "A file with the input as JSON, - for standard input: what is secret stays off the command line");
  command.add_option("--limit", arguments.limit, "Elements of a list after which it ends; else all");
  add_messenger_options(command, arguments);
}

void add_send_options(CLI::App& command, cli::SendArguments& arguments) {
  command.add_option("--messenger", arguments.file, R"(A file with {"messenger":{…}})")->required();
  command.add_option("--to", arguments.to, "The destination, as +15551230001")->required();
  command.add_option("--text", arguments.text, "The message's text")->required();
  command.add_option("--attribute", arguments.attributes, "name=value for the messenger; repeatable")
      ->allow_extra_args(false)
      ->check(CLI::Validator(check_assignment, "name=value"));
  command.add_option("--lifetime", arguments.lifetime, "Seconds until the message is worthless; else for ever")
      ->check(CLI::Range(0.001, 31'536'000.0));
  add_messenger_options(command, arguments);
}

void add_check_options(CLI::App& command, cli::CheckArguments& arguments) {
  command.add_flag("--json", arguments.json, "Print JSON, one line, on standard output");
  command.add_flag("-v,--verbose", arguments.verbose, "List passed rules too, and show what the plugin writes");
  command.add_option("PLUGIN", arguments.plugin, "A plugin's file, NAME.so")->required();
  command.add_option("--messenger", arguments.file,
                     R"(A file with {"messenger":{…}} to configure its type with; else one is made from the schema)");
  command.add_option("--timeout", arguments.timeout, "Seconds until a rule that does not end has failed")
      ->check(CLI::Range(0.1, 3'600.0))
      ->capture_default_str();
  // How this program runs itself as the child that tries one rule.
  command.add_option("--try-rule", arguments.rule)->group("");
  command.add_option("--type-index", arguments.type_index)->group("");
}

void add_key_commands(CLI::App& app, cli::KeyArguments& arguments, int& status) {
  CLI::App* const group = app.add_subcommand("key", "API keys: create, list, revoke");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*run)(const cli::KeyArguments&)) {
    CLI::App* const command = group->add_subcommand(name, help);
    command->add_flag("--json", arguments.json, "Print JSON, one line, on standard output");
    cli::add_store_options(*command, arguments.store);
    command->callback([&arguments, &status, run] { status = run(arguments); });
    return command;
  };
  CLI::App* const create = add("create", "Make a key and print it, this once", cli::create_key);
  create->add_option("--name", arguments.name, "What the key is for");
  create
      ->add_option("--allow", arguments.allow,
                   "Methods and a path with all below it, as 'GET,POST /api/messenger'; repeatable. None = everything")
      ->allow_extra_args(false);
  add("list", "List the keys; what they are is kept nowhere", cli::list_keys);
  add("revoke", "Nobody gets in with this key from now on", cli::revoke_key)
      ->add_option("ID", arguments.id, "The key's id, as `messenger-host key list` prints it")
      ->required();
}

void add_queue_command(CLI::App& app, cli::QueueArguments& arguments, int& status) {
  CLI::App* const command = app.add_subcommand("queue", "What waits, what became of the rest, and dead letters");
  command->add_flag("--json", arguments.json, "Print JSON, one line, on standard output");
  cli::add_store_options(*command, arguments.store);
  command->add_flag("--dead", arguments.dead,
                    "List what failed, was not delivered, expired or is in doubt, newest first");
  command->add_option("--limit", arguments.limit, "Dead letters that are listed")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->callback([&arguments, &status] { status = cli::show_queue(arguments); });
}

void add_commands(CLI::App& app, Arguments& said, const std::function<cli::ServeArguments()>& read_again, int& status) {
  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* const command = app.add_subcommand(name, help);
    add_common(*command, said.send);
    command->callback([&status, run] { status = run(); });
    return command;
  };
  add("plugins", "List the plugins found, loaded or refused with the reason",
      [&said] { return cli::list_plugins(said.send); });
  add("schema", "Print the JSON Schema of a type's configuration",
      [&said] { return cli::print_schema(said.send, said.type); })
      ->add_option("TYPE", said.type, "A messenger type, as `messenger-host plugins` lists them")
      ->required();
  const auto with_common = [&said](cli::MessengerArguments& own) { static_cast<cli::CommonOptions&>(own) = said.send; };
  add_validate_options(*add("validate", "Check a messenger's configuration and list every problem",
                            [&said, with_common] {
                              with_common(said.validate);
                              return cli::validate(said.validate);
                            }),
                       said.validate);
  add_call_options(*add("call", "Run one of a messenger's operations, or list them",
                        [&said, with_common] {
                          with_common(said.call);
                          return cli::call(said.call);
                        }),
                   said.call);
  add_send_options(*add("send", "Send one message and say what became of it", [&said] { return cli::send(said.send); }),
                   said.send);
  CLI::App* const check = app.add_subcommand("check", "Try every rule of the ABI against a plugin, each in a process");
  add_check_options(*check, said.check);
  check->callback([&status, &said] { status = cli::check(said.check); });
  CLI::App* const serve = app.add_subcommand("serve", "Serve FusionAuth's messenger API");
  cli::add_serve_options(*serve, said.serve);
  serve->callback([&status, &said, serve, read_again] {
    cli::check_serve_options(said.serve);
    said.serve.said = cli::settings_of(*serve);
    status = cli::serve(said.serve, read_again);
  });
  add_key_commands(app, said.key, status);
  add_queue_command(app, said.queue, status);
}

const cli::CommonOptions& spoken(const CLI::App& app, const Arguments& said) {
  if (app.got_subcommand("key")) {
    return said.key;
  }
  if (app.got_subcommand("queue")) {
    return said.queue;
  }
  return app.got_subcommand("check") ? said.check : static_cast<const cli::CommonOptions&>(said.send);
}

void add_settings_file(CLI::App& app) {
  app.set_config("--settings", "", "A TOML file: [serve] and the options of serve, without their dashes");
  app.allow_config_extras(CLI::config_extras_mode::error);
}

std::string problem_of(const CLI::ConfigError& error) {
  const std::string text = error.what();  // ends with the option's name
  return "The settings file has an option that does not exist: " + text.substr(text.rfind(' ') + 1);
}

// What a host that runs is told by its command line and by its settings file, which may be another by now.
cli::ServeArguments read_again(int argc, char** argv) {
  CLI::App app;
  add_settings_file(app);
  cli::ServeArguments arguments;
  CLI::App* const serve = app.add_subcommand("serve");
  cli::add_serve_options(*serve, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ConfigError& error) {
    throw std::runtime_error(problem_of(error));
  }
  cli::check_serve_options(arguments);
  arguments.said = cli::settings_of(*serve);
  return arguments;
}

int run(int argc, char** argv) {
  CLI::App app("Delivers messages through messenger plugins.", "messenger-host");
  app.set_version_flag("--version", "messenger-host " MSGR_VERSION);
  add_settings_file(app);
  app.require_subcommand(0, 1);  // or a word that is no subcommand would be called a missing one
  Arguments said;
  int status = cli::success;
  add_commands(
      app, said, [argc, argv] { return read_again(argc, argv); }, status);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) {
      throw CLI::RequiredError("A subcommand");
    }
  } catch (const CLI::ConfigError& error) {
    return cli::report_error(said.send, problem_of(error));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::success : cli::invalid;
  } catch (const std::runtime_error& error) {
    return cli::report_error(spoken(app, said), error.what());
  } catch (const std::invalid_argument& error) {  // a network option
    return cli::report_error(spoken(app, said), error.what());
  }
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  // No core file and no debugger of the same user: this process holds tokens and codes.
  prctl(PR_SET_DUMPABLE, 0);
  try {
    messenger::host::claim_sqlite();
    return run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "messenger-host: " << error.what() << '\n';
    return 1;
  }
}
