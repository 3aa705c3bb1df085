#include "simulator/twilio/link_shortening.hpp"

#include <array>
#include <string>

#include "simulator/text.hpp"
#include "simulator/twilio/crud.hpp"
#include "simulator/twilio/sender_pool.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

constexpr std::array certificate_fields{Field{.parameter = "TlsCert", .required = true}};
constexpr std::array config_fields{Field{.parameter = "FallbackUrl", .kind = Kind::url},
                                   Field{.parameter = "CallbackUrl", .kind = Kind::url},
                                   Field{.parameter = "ContinueOnFailure", .kind = Kind::flag, .initial = "true"},
                                   Field{.parameter = "DisableHttps", .kind = Kind::flag, .initial = "false"}};

std::string domain_path(std::string_view domain) {
  return "/v1/LinkShortening/Domains/" + std::string{domain};
}

Record* find_part(ApiCall& call, std::string_view domain, std::string_view part) {
  return call.world.store.find(call.account, domain_path(domain), part);
}

/// Adds a part to the domain that the path names.
Record& add_part(ApiCall& call, std::string_view part, std::string_view sid_name, std::string_view sid_prefix) {
  Record record = make_record(call, Style::v1, domain_path(call.names.front()), std::string{part});
  record.shown.erase("sid");
  record.shown.erase("account_sid");
  record.shown["domain_sid"] = call.names.front();
  record.shown[sid_name] = random_sid(sid_prefix);
  return call.world.store.add(std::move(record));
}

Response answer(const ApiCall& call, http::status status, json::object shown) {
  shown["url"] = call.host + call.path;
  return json_response(status, shown);
}

Response fetch_part(ApiCall& call, std::string_view part) {
  const Record* record = find_part(call, call.names.front(), part);
  return record == nullptr ? not_found(call.path) : answer(call, http::status::ok, record->shown);
}

// A certificate that Twilio has not checked yet is shown as one in validation.
void write_certificate(Record& record, const ApiCall& call, bool managed) {
  const std::string expires = iso8601(call.now + std::chrono::days{90});
  record.shown["domain_name"] = "https://" + call.names.front().substr(2, 8) + ".example.com";
  record.shown["date_expires"] = expires;
  record.shown["cert_in_validation"] = {{"date_expires", expires}, {"status", "pending"}};
  record.hidden["managed"] = managed;
  touch(record, Style::v1, call.now);
}

Response put_certificate(ApiCall& call, bool managed) {
  Record* record = find_part(call, call.names.front(), "Certificate");
  const auto status = record == nullptr ? http::status::created : http::status::ok;
  if (record == nullptr) record = &add_part(call, "Certificate", "certificate_sid", "CW");
  write_certificate(*record, call, managed);
  json::object shown = record->shown;
  if (managed) {
    shown.erase("cert_in_validation");
    shown["managed"] = true;
    shown["requesting"] = true;
  }
  return answer(call, status, std::move(shown));
}

Response fetch_certificate(ApiCall& call) {
  return fetch_part(call, "Certificate");
}

Response upload_certificate(ApiCall& call) {
  if (const auto problem = check_new(certificate_fields, call.form)) return error_response(*problem);
  const bool pem = call.form.get("TlsCert").find("-----BEGIN CERTIFICATE-----") != std::string_view::npos;
  if (!pem) return error_response({20001, "Invalid value for parameter TlsCert"});
  return put_certificate(call, false);
}

Response remove_certificate(ApiCall& call) {
  const Record* record = find_part(call, call.names.front(), "Certificate");
  if (record == nullptr) return not_found(call.path);
  call.world.store.remove(*record);
  return Response{http::status::no_content, 11};
}

Response request_certificate(ApiCall& call) {
  return put_certificate(call, true);
}

Response fetch_config(ApiCall& call) {
  return fetch_part(call, "Config");
}

Response put_config(ApiCall& call) {
  if (const auto problem = check_changes(config_fields, call.form)) return error_response(*problem);
  Record* record = find_part(call, call.names.front(), "Config");
  const auto status = record == nullptr ? http::status::created : http::status::ok;
  if (record == nullptr) {
    record = &add_part(call, "Config", "config_sid", "ZK");
    set_initial(config_fields, record->shown);
  }
  set_fields(config_fields, call.form, record->shown);
  touch(*record, Style::v1, call.now);
  return answer(call, status, record->shown);
}

Response validate_dns(ApiCall& call) {
  const bool valid = call.names.front().substr(2) != std::string(32, '0');
  return answer(call, http::status::ok,
                {{"domain_sid", call.names.front()},
                 {"is_valid", valid},
                 {"reason", valid ? "" : "No CNAME record leads to Twilio"}});
}

// A service has one domain: linking it to another moves it.
Response link_service(ApiCall& call) {
  Record* service = find_service(call.world.store, call.account, call.names.at(1));
  if (service == nullptr) return not_found(call.path);
  service->hidden["domain"] = call.names.front();
  return answer(call, http::status::created,
                {{"domain_sid", call.names.front()}, {"messaging_service_sid", service->sid}});
}

Response unlink_service(ApiCall& call) {
  Record* service = find_service(call.world.store, call.account, call.names.at(1));
  const bool linked = service != nullptr && service->hidden["domain"] == json::value(call.names.front());
  if (!linked) return not_found(call.path);
  service->hidden.erase("domain");
  return Response{http::status::no_content, 11};
}

/// The domain of the service that the path names; empty when it has none.
std::string linked_domain(ApiCall& call) {
  const Record* service = find_service(call.world.store, call.account, call.names.front());
  const bool linked = service != nullptr && service->hidden.contains("domain");
  return linked ? std::string{service->hidden.at("domain").as_string()} : std::string{};
}

Response fetch_service_domain(ApiCall& call) {
  const std::string domain = linked_domain(call);
  if (domain.empty()) return not_found(call.path);
  return answer(call, http::status::ok, {{"domain_sid", domain}, {"messaging_service_sid", call.names.front()}});
}

Response fetch_service_config(ApiCall& call) {
  const std::string domain = linked_domain(call);
  const Record* config = domain.empty() ? nullptr : find_part(call, domain, "Config");
  if (config == nullptr) return not_found(call.path);
  json::object shown = config->shown;
  shown.erase("disable_https");
  shown["messaging_service_sid"] = call.names.front();
  return answer(call, http::status::ok, std::move(shown));
}

constexpr std::array all{
    Action{"/v1/LinkShortening/Domains/{DN}/Certificate", http::verb::get, fetch_certificate},
    Action{"/v1/LinkShortening/Domains/{DN}/Certificate", http::verb::post, upload_certificate},
    Action{"/v1/LinkShortening/Domains/{DN}/Certificate", http::verb::delete_, remove_certificate},
    Action{"/v1/LinkShortening/Domains/{DN}/Config", http::verb::get, fetch_config},
    Action{"/v1/LinkShortening/Domains/{DN}/Config", http::verb::post, put_config},
    Action{"/v1/LinkShortening/Domains/{DN}/ValidateDns", http::verb::get, validate_dns},
    Action{"/v1/LinkShortening/Domains/{DN}/RequestManagedCert", http::verb::post, request_certificate},
    Action{"/v1/LinkShortening/Domains/{DN}/MessagingServices/{MG}", http::verb::post, link_service},
    Action{"/v1/LinkShortening/Domains/{DN}/MessagingServices/{MG}", http::verb::delete_, unlink_service},
    Action{"/v1/LinkShortening/MessagingServices/{MG}/Domain", http::verb::get, fetch_service_domain},
    Action{"/v1/LinkShortening/MessagingService/{MG}/DomainConfig", http::verb::get, fetch_service_config}};

}  // namespace

std::span<const Action> link_shortening() {
  return all;
}

}  // namespace messenger::simulator::twilio
