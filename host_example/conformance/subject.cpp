// SPDX-License-Identifier: Apache-2.0
#include "conformance/subject.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "conformance/sample_configuration.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace json = boost::json;

namespace {

// "/a/0/b~1c": each ~ is followed by 0 or 1.
bool is_pointer(std::string_view text) {
  for (std::size_t at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1)) {
    if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) {
      return false;
    }
  }
  return text.empty() || text.front() == '/';
}

}  // namespace

void Said::take(void* ctx, const msgr_issue* issue) {
  auto& self = *static_cast<Said*>(ctx);
  if (issue == nullptr || !MSGR_HAS(issue, msgr_issue, text)) {
    self.flaws.emplace_back("an issue is NULL or smaller than the first version's");
    self.issues.emplace_back();
    return;
  }
  const auto pointer = loader::view(issue->pointer);
  const auto code = loader::view(issue->code);
  const auto text = loader::view(issue->text);
  if (!loader::is_utf8(pointer) || !loader::is_utf8(code) || !loader::is_utf8(text)) {
    self.flaws.emplace_back("an issue is not UTF-8");
  } else if (!is_pointer(pointer)) {
    self.flaws.push_back("[" + std::string(pointer) + "] is no JSON Pointer");
  } else if (code.empty() || text.empty()) {
    self.flaws.push_back("the issue of [" + std::string(pointer) + "] has no code or no text");
  }
  self.issues.push_back({std::string(pointer), std::string(code), std::string(text)});
}

loader::PluginEntry Subject::entry() {
  if (entry_ == nullptr) {
    loader::LibraryProblem problem;
    entry_ = loader::open_library(path(), problem);
    if (entry_ == nullptr) {
      throw NotTried(problem.text);
    }
  }
  return entry_;
}

const msgr_plugin& Subject::table() {
  if (table_ == nullptr) {
    table_ = entry()(index());
    if (table_ == nullptr) {
      throw NotTried("its entry gave the type no more");
    }
  }
  return *table_;
}

const GivenConfiguration* Subject::given() {
  return assignment_.given && assignment_.given->type == table().type ? &*assignment_.given : nullptr;
}

bool Subject::was_given() {
  return given() != nullptr;
}

std::string_view Subject::schema_text() {
  return loader::view(table().config_schema);
}

const loader::Schema& Subject::schema() {
  if (schema_ == nullptr) {
    schema_ = loader::Schema::parse(schema_text());
    if (schema_ == nullptr) {
      throw NotTried("its schema is not a JSON object");
    }
  }
  return *schema_;
}

const msgr_operations* Subject::operations() {
  const auto get = table().get_extension;
  return get == nullptr ? nullptr : static_cast<const msgr_operations*>(get(MSGR_OPERATIONS_1));
}

const msgr_receipts* Subject::receipts() {
  const auto get = table().get_extension;
  return get == nullptr ? nullptr : static_cast<const msgr_receipts*>(get(MSGR_RECEIPTS_1));
}

loader::Config Subject::read(const std::string& json) {
  std::vector<loader::Issue> issues;
  auto config = loader::Config::read(json, schema(), issues);
  if (!issues.empty()) {
    throw NotTried("the configuration cannot be read: " + issues.front().text);
  }
  return config;
}

std::string Subject::draft() {
  if (const auto* const one = given()) {
    return one->json;
  }
  return json::serialize(required_sample(json::parse(schema_text()).as_object()));
}

const std::string& Subject::configuration() {
  if (!configuration_.empty()) {
    return configuration_;
  }
  if (const auto* const one = given()) {
    return configuration_ = one->json;
  }
  const auto ask = [this](const json::object& object) {
    Said said{.issues = {loader::Issue{}}};
    throws([&] { said = validate(*this, json::serialize(object)); });
    return said.issues;
  };
  return configuration_ = json::serialize(full_sample(json::parse(schema_text()).as_object(), ask));
}

std::vector<std::string> Subject::spoilt(const std::string& configuration) {
  std::vector<std::string> texts;
  for (const json::object& one : spoil(json::parse(configuration).as_object())) {
    texts.push_back(json::serialize(one));
  }
  return texts;
}

Said validate(Subject& subject, const std::string& json) {
  static Lender& lender = *new Lender;
  const loader::Config config = subject.read(json);
  const msgr_config raw = config.view();
  Said said;
  said.count = subject.table().validate(lender.host.raw(), &raw, &Said::take, &said);
  return said;
}

}  // namespace messenger::host::conformance
