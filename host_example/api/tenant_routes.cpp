// SPDX-License-Identifier: Apache-2.0
#include "api/tenant_routes.hpp"

#include "api/document_api.hpp"
#include "delivery/document_body.hpp"
#include "delivery/message_template.hpp"
#include "delivery/tenant_settings.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/messenger_document.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

// A message without its code would log nobody in.
void check_code(const Document& message_template, const std::string& path, Errors& errors) {
  for (const loader::Issue& issue : check_texts_have_code(body_of(message_template))) {
    errors.add_field(
        path, "invalid",
        "The messageTemplate [" + message_template.id + "] has no ${code} in [" + dotted(issue.pointer) + "].");
  }
}

// The document that is named at this path, if there is one; else an error.
void add_use(Transaction& transaction, Kind kind, const json::object& tenant, const std::string& name, Errors& errors,
             std::vector<Use>& uses) {
  const Use use{kind, to_lower_uuid(text_member(tenant, "multiFactorConfiguration/sms/" + name))};
  if (!is_uuid(use.id)) {
    return;  // absent, or reported
  }
  const std::string path = "tenant.multiFactorConfiguration.sms." + name;
  const auto document = transaction.documents.find(use.kind, use.id);
  if (!document) {
    errors.add_field(path, "invalid", "There is no " + std::string(to_string(kind)) + " with the Id [" + use.id + "].");
  } else if (kind == Kind::message_template) {
    check_code(*document, path, errors);
  }
  uses.push_back(use);
}

NewDocument prepare(Transaction& transaction, const std::string& id, const json::object& sent, Errors& errors) {
  errors.add(check_tenant(sent));
  const std::string name(text_member(sent, "name"));
  check_name(transaction, Kind::tenant, id, "tenant.name", name, errors);
  std::vector<Use> uses;
  add_use(transaction, Kind::messenger, sent, "messengerId", errors, uses);
  add_use(transaction, Kind::message_type, sent, "messageTypeId", errors, uses);
  add_use(transaction, Kind::message_template, sent, "templateId", errors, uses);
  if (!errors.empty()) {
    return {};
  }
  return {id, to_sorted_text(with_default_settings(sent)), {name}, uses};
}

DocumentType type() {
  DocumentType type{Kind::tenant, "tenants", {"eventInfo"}};
  type.patch.ignored = {"/tenant/id", "/tenant/insertInstant", "/tenant/lastUpdateInstant"};
  type.prepare = prepare;
  return type;
}

}  // namespace

std::vector<Route> tenant_routes(Store& store) {
  const auto api = std::make_shared<const DocumentApi>(store, type());
  const std::string all = "/api/tenant";
  const std::string one = all + "/{tenantId:uuid}";
  const std::string tag = "Tenants";
  const std::string sent = "TenantRequest";
  const std::string answer = "TenantResponse";
  return {{"GET",
           all,
           Access::api_key,
           {tag, "List the tenants", "", "TenantsResponse"},
           answered_by(api, &DocumentApi::list)},
          {"GET",
           one,
           Access::api_key,
           {tag, "Retrieve a tenant", "", answer, {404}},
           answered_by(api, &DocumentApi::show)},
          {"PUT",
           one,
           Access::api_key,
           {tag, "Replace a tenant's settings", sent, answer, {404}},
           answered_by(api, &DocumentApi::replace)},
          {"PATCH",
           one,
           Access::api_key,
           {tag, "Change a tenant's settings", sent, answer, {404}},
           answered_by(api, &DocumentApi::patch)}};
}

}  // namespace messenger::host
