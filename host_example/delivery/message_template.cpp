// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_template.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/case_conv.hpp>
#include <cctype>

#include "delivery/template_syntax.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

struct Variable {
  std::string_view name, sample;
};

constexpr std::string_view user_prefix = "user.";
constexpr std::array<Variable, 9> variables{{
    {"code", "123456"},
    {"user.email", "jared@example.com"},
    {"user.firstName", "Jared"},
    {"user.fullName", "Jared Dunn"},
    {"user.id", "00000000-0000-0000-0000-000000000001"},
    {"user.lastName", "Dunn"},
    {"user.mobilePhone", "+15551230001"},
    {"user.phoneNumber", "+15551230001"},
    {"user.username", "jared"},
}};

constexpr std::array<std::string_view, 1> types{"SMS"};
constexpr std::size_t longest_text = 16'384;
constexpr std::array<Field, 8> members{{
    {"data", Field::Kind::object},
    {.path = "defaultTemplate", .kind = Field::Kind::text, .required = true, .longest = longest_text},
    {"id", Field::Kind::uuid},
    {"insertInstant", Field::Kind::integer},
    {"lastUpdateInstant", Field::Kind::integer},
    {.path = "localizedTemplates", .kind = Field::Kind::text_map, .longest = longest_text},
    {.path = "type", .kind = Field::Kind::text, .required = true, .choices = types},
    {"name", Field::Kind::text, true},  // the last: a preview does without
}};

bool is_known(std::string_view name) {
  return std::any_of(variables.begin(), variables.end(), [&](const Variable& known) { return known.name == name; });
}

// Columns count characters, not bytes.
std::string place(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::string_view last = before.substr(before.rfind('\n') + 1);  // npos + 1 = 0
  const auto column = 1 + std::count_if(last.begin(), last.end(), [](char byte) { return (byte & 0xc0) != 0x80; });
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

bool is_locale(std::string_view text) {
  constexpr std::size_t longest = 35;  // what RFC 5646 asks of those who keep one
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [](unsigned char character) {
    return std::isalnum(character) != 0 || character == '_' || character == '-';
  });
}

// "de-DE" and "de_de" are one.
std::string folded(std::string_view locale) {
  std::string text = boost::to_lower_copy(std::string(locale));
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

const json::key_value_pair* find_language(const json::object& texts, std::string_view language) {
  const auto* const found = std::find_if(texts.begin(), texts.end(),
                                         [&](const auto& member) { return folded(member.key()) == folded(language); });
  return found == texts.end() || !found->value().is_string() ? nullptr : found;
}

const json::object* localized_texts(const json::object& document) {
  const json::value* const texts = find_member(document, "localizedTemplates");
  return texts != nullptr ? texts->if_object() : nullptr;
}

void add_text_issues(std::vector<loader::Issue>& issues, const std::string& pointer, std::string_view text) {
  if (text.empty()) {
    issues.push_back({pointer, "blank", "A message needs a text."});
  }
  for (std::string& problem : find_template_problems(text)) {
    issues.push_back({pointer, "invalid", std::move(problem)});
  }
}

}  // namespace

std::vector<std::string> find_template_problems(std::string_view text) {
  ParsedTemplate parsed = parse_template(text);
  for (const TemplatePart& part : parsed.parts) {
    if (!part.variable.empty() && !is_known(part.variable)) {
      parsed.problems.push_back({part.offset, "[${" + part.variable + "}] is not a variable that is known here"});
    }
  }
  std::sort(parsed.problems.begin(), parsed.problems.end(),
            [](const TemplateProblem& left, const TemplateProblem& right) { return left.offset < right.offset; });
  std::vector<std::string> sentences;
  for (const TemplateProblem& problem : parsed.problems) {
    sentences.push_back("At " + place(text, problem.offset) + ": " + problem.text + ".");
  }
  return sentences;
}

std::string render_template(std::string_view text, const TemplateValues& values) {
  std::string rendered;
  for (const TemplatePart& part : parse_template(text).parts) {
    const auto value = values.find(part.variable);
    rendered += part.variable.empty()   ? part.literal
                : value != values.end() ? value->second
                                        : part.fallback.value_or(std::string());
  }
  return rendered;
}

TemplateValues template_values(std::string_view code, const json::object& user) {
  TemplateValues values{{"code", std::string(code)}};
  for (const Variable& variable : variables) {
    if (!variable.name.starts_with(user_prefix)) {
      continue;
    }
    const std::string_view text = text_member(user, variable.name.substr(user_prefix.size()));
    if (!text.empty()) {
      values.emplace(variable.name, text);
    }
  }
  return values;
}

TemplateValues sample_template_values() {
  TemplateValues values;
  for (const Variable& variable : variables) {
    values.emplace(variable.name, variable.sample);
  }
  return values;
}

json::object message_template_schema() {
  return schema_of(members);
}

std::vector<loader::Issue> check_message_template_members(const json::object& document) {
  auto preview = document;
  preview.erase("name");
  return check_fields(preview, std::span(members).first(members.size() - 1), "/messageTemplate");
}

std::vector<loader::Issue> check_template_texts(const json::object& document) {
  std::vector<loader::Issue> issues;
  if (const std::string_view text = text_member(document, "defaultTemplate"); !text.empty()) {  // else it was reported
    add_text_issues(issues, "/messageTemplate/defaultTemplate", text);
  }
  if (const json::object* const texts = localized_texts(document)) {
    for (const auto& member : *texts) {
      const std::string pointer = "/messageTemplate/localizedTemplates/" + std::string(member.key());
      if (!is_locale(member.key())) {
        issues.push_back({"/messageTemplate/localizedTemplates", "invalid",
                          "Its members must be named by locales, as [de] or [de_DE]."});
      } else if (member.value().is_string()) {
        add_text_issues(issues, pointer, member.value().get_string());
      }
    }
  }
  return issues;
}

std::vector<loader::Issue> check_texts_have_code(const json::object& document) {
  std::vector<loader::Issue> issues;
  const auto check = [&](const std::string& path, std::string_view text) {
    const auto parts = parse_template(text).parts;
    if (std::none_of(parts.begin(), parts.end(), [](const TemplatePart& part) { return part.variable == "code"; })) {
      issues.push_back(
          {"/messageTemplate/" + path, "invalid", "The text has no ${code}, which a tenant's messages are sent for."});
    }
  };
  check("defaultTemplate", text_member(document, "defaultTemplate"));
  if (const json::object* const texts = localized_texts(document)) {
    for (const auto& member : *texts) {
      check("localizedTemplates/" + std::string(member.key()), text_member(*texts, member.key()));
    }
  }
  return issues;
}

std::vector<loader::Issue> check_message_template(const json::object& document) {
  auto issues = check_fields(document, members, "/messageTemplate");
  for (auto& issue : check_template_texts(document)) {
    issues.push_back(std::move(issue));
  }
  return issues;
}

LocalizedText choose_text(const json::object& document, std::span<const std::string> languages) {
  const json::object* const texts = localized_texts(document);
  for (const std::string& language : languages) {
    if (texts == nullptr) {
      break;
    }
    const auto* found = find_language(*texts, language);
    if (found == nullptr) {
      found = find_language(*texts, std::string_view(language).substr(0, language.find_first_of("_-")));
    }
    if (found != nullptr) {
      std::string locale(found->key());
      std::replace(locale.begin(), locale.end(), '_', '-');
      return {std::move(locale), std::string(found->value().get_string())};
    }
  }
  return {{}, std::string(text_member(document, "defaultTemplate"))};
}

}  // namespace messenger::host
