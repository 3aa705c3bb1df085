#include "simulator/twilio/crud.hpp"

#include <string>
#include <utility>

#include "simulator/text.hpp"
#include "simulator/twilio/page.hpp"

namespace messenger::simulator::twilio {
namespace {

std::string date_text(Style style, Instant when) {
  return style == Style::v1 ? iso8601(when) : rfc2822(when);
}

std::string first_prefix(std::string_view prefixes) {
  return std::string{prefixes.substr(0, prefixes.find('|'))};
}

Response list(ApiCall& call, const Resource& resource) {
  try {
    return list_page(call, resource);
  } catch (const BadParameter& problem) {
    return error_response({20001, problem.what()});
  }
}

Response create(ApiCall& call, const Resource& resource) {
  if (const auto problem = check_new(resource.fields, call.form)) return error_response(*problem);
  Record fresh = make_record(call, resource.style, call.path, random_sid(first_prefix(resource.sid)));
  set_initial(resource.fields, fresh.shown);
  set_fields(resource.fields, call.form, fresh.shown);
  if (resource.admit != nullptr) {
    if (const auto problem = resource.admit(call, fresh)) return error_response(*problem);
  }
  Record& record = call.world.store.add(std::move(fresh));
  if (resource.created != nullptr) resource.created(call, record);
  return json_response(http::status::created, show(call, resource, record));
}

std::optional<Error> apply(ApiCall& call, const Resource& resource, Record& record) {
  if (resource.change != nullptr) return resource.change(call, record);
  if (auto problem = check_changes(resource.fields, call.form)) return problem;
  set_fields(resource.fields, call.form, record.shown);
  return std::nullopt;
}

Response update(ApiCall& call, const Resource& resource, Record& record) {
  if (const auto problem = apply(call, resource, record)) return error_response(*problem);
  touch(record, resource.style, call.now);
  return json_response(http::status::ok, show(call, resource, record));
}

Response remove(ApiCall& call, const Resource& resource, const Record* record) {
  if (resource.release != nullptr) {
    if (const auto problem = resource.release(call, record)) return error_response(*problem);
  }
  if (record == nullptr) return not_found(call.path);
  call.world.store.remove(*record);
  return Response{http::status::no_content, 11};
}

std::string allowed_on_one(const Calls& calls) {
  return std::string{"GET"} + (calls.update ? ", POST" : "") + (calls.remove ? ", DELETE" : "");
}

}  // namespace

Record make_record(const ApiCall& call, Style style, std::string collection, std::string sid) {
  Record record;
  record.account = call.account;
  record.collection = std::move(collection);
  record.sid = std::move(sid);
  record.created = call.now;
  const std::string now = date_text(style, call.now);
  record.shown = {{"account_sid", call.account}, {"sid", record.sid}, {"date_created", now}, {"date_updated", now}};
  if (style == Style::v2010) record.shown["uri"] = record.path() + ".json";
  return record;
}

void touch(Record& record, Style style, Instant now) {
  record.shown["date_updated"] = date_text(style, now);
}

Response call_list(ApiCall& call, const Resource& resource, http::verb verb) {
  if (resource.seed != nullptr) resource.seed(call);
  if (verb == http::verb::get && resource.calls.list) return list(call, resource);
  if (verb == http::verb::post && resource.calls.create) return create(call, resource);
  return wrong_method(resource.calls.create ? "GET, POST" : "GET");
}

Response call_instance(ApiCall& call, const Resource& resource, http::verb verb) {
  if (resource.seed != nullptr) resource.seed(call);
  const std::string collection = call.path.substr(0, call.path.rfind('/'));
  Record* record = call.world.store.find(call.account, collection, call.path.substr(collection.size() + 1));
  if (verb == http::verb::delete_ && resource.calls.remove) return remove(call, resource, record);
  const bool served = verb == http::verb::get || (verb == http::verb::post && resource.calls.update);
  if (!served) return wrong_method(allowed_on_one(resource.calls));
  if (record == nullptr) return not_found(call.path);
  if (verb == http::verb::get) return json_response(http::status::ok, show(call, resource, *record));
  return update(call, resource, *record);
}

}  // namespace messenger::simulator::twilio
