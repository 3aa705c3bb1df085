// SPDX-License-Identifier: Apache-2.0
#include "host_process.hpp"

#include <signal.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "figures.hpp"

namespace messenger::benchmark {

namespace json = boost::json;

namespace {

// The URL at the end of what it says.
std::string read_url(test::Process& process, const std::string& log) {
  const std::string line = process.read_line();
  const auto at = line.rfind(' ');
  if (at == std::string::npos) {
    throw std::runtime_error("messenger-host does not start; see " + log);
  }
  return line.substr(at + 1);
}

}  // namespace

HostProcess::HostProcess(const std::string& database, const std::string& directory,
                         const std::vector<std::string>& more) {
  const std::string log = directory + "/host.log";
  std::vector<std::string> arguments{"/bin/sh",
                                     "-c",
                                     R"(log=$1; shift; exec "$@" 2>>"$log")",
                                     "sh",
                                     log,
                                     std::string(MESSENGER_BIN_DIR) + "/messenger-host",
                                     "serve",
                                     "--database",
                                     database,
                                     "--key-file",
                                     directory + "/key",
                                     "--listen",
                                     "127.0.0.1:0",
                                     "--metrics-listen",
                                     "127.0.0.1:0",
                                     "--allow-ranges",
                                     "127.0.0.0/8",
                                     "--http-ranges",
                                     "127.0.0.0/8"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  process_ = std::make_unique<test::Process>(arguments, std::vector{std::string("MESSENGER_HOST_API_KEY=") + api_key});
  url_ = read_url(*process_, log);
  metrics_ = read_url(*process_, log);
  metrics_.resize(metrics_.size() - std::string_view("/metrics").size());
}

std::size_t HostProcess::attempts_ok() const {
  std::istringstream lines(test::ApiClient(metrics_).get("/metrics").body);
  std::size_t ok = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("messenger_attempts_total{") && line.find("outcome=\"OK\"") != std::string::npos) {
      ok += std::stoul(line.substr(line.rfind(' ') + 1));
    }
  }
  return ok;
}

std::size_t HostProcess::messages(const std::string& state) const {
  const auto answer = client().get("/api/message/search?numberOfResults=1&state=" + state).json();
  return answer.at("total").to_number<std::size_t>();
}

std::size_t HostProcess::peak_kib() const {
  const std::string process = "/proc/" + std::to_string(process_->pid());
  std::ifstream lines(process + "/status");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("VmHWM:")) {
      std::ofstream(process + "/clear_refs") << "5";  // it begins anew
      return std::stoul(line.substr(6));
    }
  }
  throw std::runtime_error("messenger-host is gone");
}

double HostProcess::answer_time(const std::string& path) const {
  const Stopwatch watch;
  if (const auto answer = client().get(path); answer.status != 200) {
    throw std::runtime_error(path + ": " + answer.body);
  }
  return watch.cost(1).at(1) / 1'000;
}

void HostProcess::stop() {
  process_->signal(SIGTERM);
  if (process_->wait().status != 0) {
    throw std::runtime_error("messenger-host did not end well");
  }
}

std::string make_messenger(const HostProcess& host, const Workload& workload, const std::string& name) {
  json::object messenger = json::parse(workload.config).as_object();
  messenger["type"] = workload.type;
  messenger["name"] = name;
  const auto answer = host.client().post("/api/messenger", json::serialize(json::object{{"messenger", messenger}}));
  if (answer.status != 200) {
    throw std::runtime_error("the messenger was refused: " + answer.body);
  }
  return std::string(answer.json().at("messenger").at("id").as_string());
}

}  // namespace messenger::benchmark
