// SPDX-License-Identifier: Apache-2.0
#include "conformance/sample_configuration.hpp"

#include <algorithm>

#include "conformance/sample_value.hpp"

namespace messenger::host::conformance {

namespace json = boost::json;

namespace {

using Issues = std::vector<loader::Issue>;

/// Grows a configuration member by member, asking the plugin after each.
class Grower {
 public:
  Grower(const json::object& schema, const Ask& ask)
      : sampler_(schema), ask_(ask), configuration_(sampler_.object(sampler_.root())), issues_(ask_(configuration_)) {}

  // A schema need not say all that is missing; the plugin does.
  void add_missing() {
    for (const loader::Issue& issue : Issues(issues_)) {
      if (issue.pointer.starts_with('/') && sampler_.property(sampler_.root(), issue.pointer.substr(1)) != nullptr) {
        keep_if_no_worse({issue.pointer.substr(1)});
      }
    }
  }

  // A secret alone, or together with one other member: a password wants a user name.
  void add_secrets() {
    const auto names = sampler_.names(sampler_.root());
    for (const std::string& name : names) {
      if (configuration_.contains(name) || !sampler_.holds_secret(*sampler_.property(sampler_.root(), name)) ||
          keep_if_no_worse({name})) {
        continue;
      }
      std::any_of(names.begin(), names.end(), [&](const std::string& other) {
        return other != name && !configuration_.contains(other) && keep_if_no_worse({name, other});
      });
    }
  }

  json::object take() { return std::move(configuration_); }

 private:
  bool keep_if_no_worse(const std::vector<std::string>& names) {
    json::object larger = configuration_;
    for (const std::string& name : names) {
      if (const auto* const schema = sampler_.property(sampler_.root(), name)) {
        larger[name] = sampler_.value(*schema, name);
      }
    }
    Issues issues = ask_(larger);
    if (issues.size() > issues_.size()) {
      return false;
    }
    configuration_ = std::move(larger);
    issues_ = std::move(issues);
    return true;
  }

  Sampler sampler_;
  const Ask& ask_;
  json::object configuration_;
  Issues issues_;
};

json::value other_type(const json::value& value) {
  constexpr std::int64_t number = 86'753'098'675'309;  // unmistakable, in case it was a secret
  return value.is_string() ? json::value(number) : json::value("sample of another type");
}

}  // namespace

json::object required_sample(const json::object& schema) {
  Sampler sampler(schema);
  return sampler.object(sampler.root());
}

json::object full_sample(const json::object& schema, const Ask& ask) {
  Grower grower(schema, ask);
  grower.add_missing();
  grower.add_secrets();
  return grower.take();
}

std::vector<json::object> spoil(const json::object& configuration) {
  std::vector<json::object> all{{}};
  const auto with = [&](std::string_view name, json::value value) {
    json::object one = configuration;
    one[name] = std::move(value);
    all.push_back(std::move(one));
  };
  for (const auto& member : configuration) {
    const std::string name(member.key());
    json::object without = configuration;
    without.erase(name);
    all.push_back(std::move(without));
    with(name, nullptr);
    with(name, other_type(member.value()));
    with(name, "");
    with(name, json::array{});
    with(name, json::object{{"x/y~z", "nested"}});
  }
  with("there is no such/member~", "sample");
  return all;
}

}  // namespace messenger::host::conformance
