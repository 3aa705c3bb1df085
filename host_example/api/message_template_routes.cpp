// SPDX-License-Identifier: Apache-2.0
#include "api/message_template_routes.hpp"

#include <array>

#include "api/document_api.hpp"
#include "api/json_body.hpp"
#include "delivery/message_template.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

NewDocument prepare(Transaction& transaction, const std::string& id, const json::object& document, Errors& errors) {
  const auto issues = check_message_template(document);
  errors.add(issues);
  if (issues.empty() && !transaction.documents.users_of(Kind::message_template, id).empty()) {
    errors.add(check_texts_have_code(document));
  }
  const std::string name(text_member(document, "name"));
  check_name(transaction, Kind::message_template, id, "messageTemplate.name", name, errors);
  return {id, to_sorted_text(document), {name}, {}};
}

DocumentType type() {
  DocumentType type{Kind::message_template, "messageTemplates"};
  type.patch.ignored = {"/messageTemplate/id", "/messageTemplate/insertInstant", "/messageTemplate/lastUpdateInstant",
                        "/messageTemplate/type"};
  type.prepare = prepare;
  return type;
}

constexpr std::array preview_members{Field{"locale", Field::Kind::text},
                                     Field{"messageTemplate", Field::Kind::object, true}};

// What is wrong with the texts is not the request's fault but what the caller wants to know: 200.
json::object preview_of(const json::object& document, const std::string& locale) {
  Errors problems;
  problems.add(check_template_texts(document));
  const std::vector<std::string> languages{locale};
  const auto text = choose_text(document, languages);
  json::object message{{"textMessage", render_template(text.text, sample_template_values())}, {"type", "SMS"}};
  json::object answer{{"message", message}};
  if (!problems.empty()) {
    answer["errors"] = problems.to_json();
  }
  if (!locale.empty()) {
    message["locale"] = locale;
  }
  answer["previewMessage"] = std::move(message);
  return answer;
}

void preview(const Request& request, const Reply& reply) {
  Errors errors;
  const auto body = parse_body(request, errors);
  if (!body) {
    return reply(errors.response());
  }
  errors.add(check_fields(*body, preview_members, ""));
  const json::value* const document = find_member(*body, "messageTemplate");
  if (document != nullptr && document->is_object()) {
    errors.add(check_message_template_members(document->get_object()));
  }
  if (!errors.empty() || document == nullptr) {
    return reply(errors.response());
  }
  reply(json_response(preview_of(document->get_object(), std::string(text_member(*body, "locale")))));
}

}  // namespace

std::vector<Route> message_template_routes(Store& store) {
  const auto api = std::make_shared<const DocumentApi>(store, type());
  const std::string all = "/api/message/template";
  const std::string one = all + "/{messageTemplateId:uuid}";
  const std::string tag = "Message templates";
  const std::string sent = "MessageTemplateRequest";
  const std::string answer = "MessageTemplateResponse";
  return {{"POST",
           all,
           Access::api_key,
           {tag, "Create a message template", sent, answer},
           answered_by(api, &DocumentApi::create)},
          {"POST",
           one,
           Access::api_key,
           {tag, "Create a message template with this id", sent, answer},
           answered_by(api, &DocumentApi::create)},
          {"GET",
           all,
           Access::api_key,
           {tag, "List the message templates", "", "MessageTemplatesResponse"},
           answered_by(api, &DocumentApi::list)},
          {"GET",
           one,
           Access::api_key,
           {tag, "Retrieve a message template", "", answer, {404}},
           answered_by(api, &DocumentApi::show)},
          {"PUT",
           one,
           Access::api_key,
           {tag, "Replace a message template", sent, answer, {404}},
           answered_by(api, &DocumentApi::replace)},
          {"PATCH",
           one,
           Access::api_key,
           {tag, "Change a message template", sent, answer, {404}},
           answered_by(api, &DocumentApi::patch)},
          {"DELETE",
           one,
           Access::api_key,
           {tag, "Delete a message template that no tenant uses", "", "", {404}},
           answered_by(api, &DocumentApi::erase)},
          {"POST",
           all + "/preview",
           Access::api_key,
           {tag, "Render a message template with sample values", "PreviewMessageTemplateRequest",
            "PreviewMessageTemplateResponse"},
           preview}};
}

}  // namespace messenger::host
