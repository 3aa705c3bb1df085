// SPDX-License-Identifier: Apache-2.0
// A message template of FusionAuth's API: a text with placeholders, in several languages.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <messenger/loader/report.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// Values by variable: "code", "user.firstName".
using TemplateValues = std::map<std::string, std::string, std::less<>>;

/// Each problem as a sentence that names the placeholder and its place ("line 1, column 7"). Of FreeMarker these are
/// known: ${code}, ${user.NAME} with the names of template_values(), and a default: ${user.firstName!'you'},
/// ${user.firstName!}, ${(user.firstName)!"you"}. Anything else of it is a problem, not text.
std::vector<std::string> find_template_problems(std::string_view text);

/// The text with its values, which are inserted as they are and never read as a template. A variable without a value
/// gives its default, else nothing: a login must not fail for a name that is not there. A placeholder that is a problem
/// gives nothing.
std::string render_template(std::string_view text, const TemplateValues& values);

/// What a user's message knows of: the code and the members of the user's document that are set.
TemplateValues template_values(std::string_view code, const boost::json::object& user);

/// What a preview is rendered with; its code is 123456.
TemplateValues sample_template_values();

/// Every problem of a document {name, type, defaultTemplate, localizedTemplates, data}; pointers start with
/// /messageTemplate.
std::vector<loader::Issue> check_message_template(const boost::json::object& document);
/// The JSON Schema of such a document.
boost::json::object message_template_schema();
/// The same without the texts' own problems and without the name, which a preview does not need.
std::vector<loader::Issue> check_message_template_members(const boost::json::object& document);
/// An issue for each text, the default and the localized, that has no ${code}.
std::vector<loader::Issue> check_texts_have_code(const boost::json::object& document);
/// The texts' own problems only.
std::vector<loader::Issue> check_template_texts(const boost::json::object& document);

struct LocalizedText {
  std::string locale;  ///< BCP 47; empty = the default text was taken
  std::string text;
};

/// The text in the first of these languages that there is one for: for "de_DE" or "de-DE" that of de_DE, else that of
/// de; for none of them the default.
LocalizedText choose_text(const boost::json::object& document, std::span<const std::string> languages);

}  // namespace messenger::host
