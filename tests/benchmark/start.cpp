// SPDX-License-Identifier: Apache-2.0
// Start-up: 100 plugins beside bare dlopen of the same files, and the first send of a process.
#include <dlfcn.h>
#include <messenger/plugin.h>

#include <boost/json/object.hpp>
#include <memory>
#include <stdexcept>

#include "bare.hpp"
#include "figures.hpp"
#include "ours.hpp"
#include "pair.hpp"
#include "section.hpp"

namespace json = boost::json;

namespace messenger::benchmark {

namespace {

constexpr std::size_t plugins = 100;

// The name of the type, as long as the one it takes the place of.
std::string type_name(std::size_t index) {
  const std::string number = std::to_string(index);
  return "G" + std::string(std::string_view("eneric").size() - number.size(), '0') + number;
}

// The Generic plugin under other types: its file with another name in it. The loader refuses two files of one type.
void write_copies(const std::string& plugin_directory, const test::TemporaryDirectory& directory) {
  const std::string original = test::contents(plugin_directory + "/messenger_generic.so");
  const std::string name("Generic\0", 8);
  for (std::size_t i = 0; i < plugins; ++i) {
    std::string copy = original;
    for (auto at = copy.find(name); at != std::string::npos; at = copy.find(name, at + 1)) {
      if (copy[at - 1] == '\0') {
        copy.replace(at, name.size() - 1, type_name(i));
      }
    }
    directory.write(type_name(i) + ".so", copy);
  }
}

Contender::Turn dlopen_turn(const std::vector<std::string>& files) {
  return [files](const Run&) {
    const std::string entry = "msgr_plugin_v" + std::to_string(MSGR_ABI_MAJOR);
    const Http http = start_http("");
    const loader::Registry registry(registry_options(http));
    const Stopwatch watch;
    for (const std::string& file : files) {
      void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
      if (library == nullptr || dlsym(library, entry.c_str()) == nullptr) {
        throw std::runtime_error(file + " cannot be opened");
      }
    }
    return watch.cost(files.size());
  };
}

Contender::Turn loader_turn(const std::string& directory) {
  return [directory](const Run&) {
    const Http http = start_http("");
    loader::Registry registry(registry_options(http));
    const Stopwatch watch;
    const auto loaded = registry.load({directory});
    const auto cost = watch.cost(plugins);
    for (const auto& file : loaded) {
      if (!file.loaded) {
        throw std::runtime_error(file.path.string() + ": " + file.reason);
      }
    }
    return cost;
  };
}

// Who goes first changes from round to round: what one has just read is in the caches for the other.
template <class First, class Second>
void in_turns(std::size_t round, First first, Second second) {
  if (round % 2 == 0) {
    first();
    second();
  } else {
    second();
    first();
  }
}

// Each round in processes of its own.
double measure_loading(const Options& options, Report& report) {
  const test::TemporaryDirectory directory;
  write_copies(options.plugins, directory);
  std::vector<std::string> files;
  for (std::size_t i = 0; i < plugins; ++i) {
    files.push_back(directory.path(type_name(i) + ".so"));
  }
  Figure figure{"loading 100 plugins, each", "us CPU"};
  figure.at_most = 1.2;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const auto yardstick = [&] {
      figure.yardstick.push_back(Contender(client_cpu, [&] { return dlopen_turn(files); }).run({}).at(0));
    };
    const auto ours = [&] {
      figure.ours.push_back(Contender(client_cpu, [&] { return loader_turn(directory.path("")); }).run({}).at(0));
    };
    in_turns(round, yardstick, ours);
  }
  return report.add(figure);
}

template <class Send>
Contender::Turn first_send_turn(Send send) {
  return [send](const Run&) {
    const Stopwatch watch;
    send();
    return watch.cost(1);
  };
}

json::object measure_first_send(const Options& options, Report& report, const Workload& workload,
                                const char* transport) {
  const std::string what = std::string("first send, ") + transport + ", with all that is before it";
  Figure cpu{what, "us CPU"};
  Figure wall{what, "us"};
  for (std::size_t round = 0; round < options.rounds; ++round) {
    Contender::Figures theirs, own;
    const auto send_bare = [&] { Bare({workload}, 1, 1).send(1); };
    const auto send_ours = [&] { Ours(options.plugins, {workload}).send({1, 1}); };
    in_turns(
        round, [&] { theirs = Contender(client_cpu, [&] { return first_send_turn(send_bare); }).run({}); },
        [&] { own = Contender(client_cpu, [&] { return first_send_turn(send_ours); }).run({}); });
    cpu.yardstick.push_back(theirs.at(0));
    cpu.ours.push_back(own.at(0));
    wall.yardstick.push_back(theirs.at(1));
    wall.ours.push_back(own.at(1));
  }
  json::object members;
  members["cpu"] = report.add(cpu);
  members["wall"] = report.add(wall);
  return members;
}

}  // namespace

json::object run_start(const Options& options, Report& report) {
  report.begin("start, each in a fresh process", "dlopen and dlsym; bare libcurl");
  json::object members;
  members["plugins"] = measure_loading(options, report);
  for (const bool tls : {false, true}) {
    const Server server({.cpu = server_cpu, .tls = tls});
    const Workload workload = identical_workloads(options, server).front();
    members[tls ? "firstSendTls" : "firstSend"] = measure_first_send(options, report, workload, tls ? "TLS" : "plain");
  }
  return {{"ratioStart", std::move(members)}};
}

}  // namespace messenger::benchmark
