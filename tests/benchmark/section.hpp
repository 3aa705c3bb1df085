// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "options.hpp"
#include "report.hpp"

namespace messenger::benchmark {

/// A part of the benchmark. It adds its figures to the table and gives the members it has in the line of JSON. It runs
/// while the process has one thread only, and leaves it so: whatever starts threads runs in a Contender.
/// Throws std::exception when something does not work; what is missing on this machine is a note in the table.
using SectionFunction = boost::json::object (*)(const Options& options, Report& report);

struct Section {
  const char* name;
  const char* what;
  SectionFunction run;
  bool is_default = true;  // else it runs only when it is named
};

boost::json::object run_send(const Options& options, Report& report);
boost::json::object run_clients(const Options& options, Report& report);
boost::json::object run_latency(const Options& options, Report& report);
boost::json::object run_slow(const Options& options, Report& report);
boost::json::object run_crowd(const Options& options, Report& report);
boost::json::object run_memory(const Options& options, Report& report);
boost::json::object run_scale(const Options& options, Report& report);
boost::json::object run_start(const Options& options, Report& report);
boost::json::object run_durable(const Options& options, Report& report);
boost::json::object run_waiting(const Options& options, Report& report);
boost::json::object run_callgrind(const Options& options, Report& report);

}  // namespace messenger::benchmark
