// SPDX-License-Identifier: Apache-2.0
#include "api/tenant_routes.hpp"

#include <boost/json/serialize.hpp>

#include "api/document_api.hpp"
#include "delivery/field_check.hpp"
#include "delivery/tenant_settings.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

void check_use(Transaction& transaction, const Use& use, std::string_view path, Errors& errors) {
  if (!transaction.documents.find(use.kind, use.id)) {
    errors.add_field(path, "invalid",
                     "There is no " + std::string(to_string(use.kind)) + " with the Id [" + use.id + "].");
  }
}

std::vector<Use> used_by(const TenantSettings& settings) {
  std::vector<Use> uses;
  if (!settings.messenger_id.empty()) {
    uses.push_back({Kind::messenger, settings.messenger_id});
  }
  if (!settings.template_id.empty()) {
    uses.push_back({Kind::message_template, settings.template_id});
  }
  return uses;
}

NewDocument prepare(Transaction& transaction, const std::string& id, const json::object& sent, Errors& errors) {
  errors.add(check_tenant(sent));
  const std::string name(text_member(sent, "name"));
  check_name(transaction, Kind::tenant, id, "tenant.name", name, errors);
  if (!errors.empty()) {
    return {};
  }
  const auto uses = used_by(read_tenant_settings(sent));
  for (const Use& use : uses) {
    check_use(transaction, use,
              std::string("tenant.multiFactorConfiguration.sms.") +
                  (use.kind == Kind::messenger ? "messengerId" : "templateId"),
              errors);
  }
  return {id, json::serialize(with_default_settings(sent)), {name}, uses};
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
  const std::string all = "/api/tenant", one = all + "/{tenantId:uuid}", tag = "Tenants";
  const std::string sent = "TenantRequest", answer = "TenantResponse";
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
