// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "twilio/operations/entry.hpp"

/// What the operations of the catalogue take, named by what it is for.
namespace messenger::twilio::sets {

constexpr Parameter sid(std::string_view name, std::string_view prefixes) {
  return {.name = name, .rule = Rule::sid, .argument = prefixes, .required = true};
}
constexpr Parameter optional_url(std::string_view name) {
  return {.name = name, .rule = Rule::url, .min = 0};
}
constexpr Parameter http_method(std::string_view name) {
  return {.name = name, .rule = Rule::choice, .argument = "GET POST"};
}
constexpr Parameter boolean(std::string_view name) {
  return {.name = name, .rule = Rule::boolean};
}
constexpr Parameter date(std::string_view name, std::string_view key = {}) {
  return {.name = name, .rule = Rule::date, .key = key};
}

inline constexpr Parameter of_message = sid("MessageSid", "SM MM");
inline constexpr Parameter of_media = sid("MediaSid", "ME");
inline constexpr Parameter of_service = sid("ServiceSid", "MG");
inline constexpr Parameter of_domain = sid("DomainSid", "DN");
inline constexpr Parameter in_country{.name = "IsoCountryCode", .rule = Rule::country};

inline constexpr std::array the_account{sid("Sid", "AC")};
inline constexpr std::array account_filters{
    Parameter{.name = "FriendlyName", .rule = Rule::text, .max = 64},
    Parameter{.name = "Status", .rule = Rule::choice, .argument = "active closed suspended"}};

inline constexpr std::array the_message{of_message};
inline constexpr std::array message_filters{
    Parameter{.name = "To", .rule = Rule::recipient}, Parameter{.name = "From", .rule = Rule::sender}, date("DateSent"),
    date("DateSentBefore", "DateSent%3C"), date("DateSentAfter", "DateSent%3E")};
inline constexpr std::array message_update{of_message, Parameter{.name = "Body", .rule = Rule::nothing, .secret = true},
                                           Parameter{.name = "Status", .rule = Rule::choice, .argument = "canceled"}};
inline constexpr std::array the_media{of_message, of_media};
inline constexpr std::array media_filters{of_message, date("DateCreated"), date("DateCreatedBefore", "DateCreated%3C"),
                                          date("DateCreatedAfter", "DateCreated%3E")};
inline constexpr std::array message_outcome{
    of_message, Parameter{.name = "Outcome", .rule = Rule::choice, .argument = "confirmed unconfirmed"}};

inline constexpr std::array the_short_code{sid("Sid", "SC")};
inline constexpr std::array short_code_filters{Parameter{.name = "FriendlyName", .rule = Rule::text, .max = 64},
                                               Parameter{.name = "ShortCode", .rule = Rule::text, .max = 8}};
inline constexpr std::array short_code_update{
    sid("Sid", "SC"),
    Parameter{.name = "FriendlyName", .rule = Rule::text, .max = 64},
    Parameter{.name = "ApiVersion", .rule = Rule::choice, .argument = "2010-04-01 2008-08-01"},
    optional_url("SmsUrl"),
    http_method("SmsMethod"),
    optional_url("SmsFallbackUrl"),
    http_method("SmsFallbackMethod")};

inline constexpr std::array service_settings{
    optional_url("InboundRequestUrl"),
    http_method("InboundMethod"),
    optional_url("FallbackUrl"),
    http_method("FallbackMethod"),
    optional_url("StatusCallback"),
    boolean("StickySender"),
    boolean("MmsConverter"),
    boolean("SmartEncoding"),
    Parameter{.name = "ScanMessageContent", .rule = Rule::choice, .argument = "inherit enable disable"},
    boolean("FallbackToLongCode"),
    boolean("AreaCodeGeomatch"),
    Parameter{.name = "ValidityPeriod", .rule = Rule::integer, .max = 36'000},
    boolean("SynchronousValidation"),
    Parameter{.name = "Usecase", .rule = Rule::text, .max = 64},
    boolean("UseInboundWebhookOnNumber")};

template <std::size_t N>
constexpr auto before_settings(const std::array<Parameter, N>& first) {
  std::array<Parameter, N + service_settings.size()> all{};
  std::copy(first.begin(), first.end(), all.begin());
  std::copy(service_settings.begin(), service_settings.end(), all.begin() + N);
  return all;
}
inline constexpr auto service_creation =
    before_settings(std::array{Parameter{.name = "FriendlyName", .rule = Rule::text, .max = 64, .required = true}});
inline constexpr auto service_update =
    before_settings(std::array{of_service, Parameter{.name = "FriendlyName", .rule = Rule::text, .max = 64}});
inline constexpr std::array the_service{of_service};

inline constexpr std::array the_phone_number{of_service, sid("Sid", "PN")};
inline constexpr std::array new_phone_number{of_service, sid("PhoneNumberSid", "PN")};
inline constexpr std::array the_service_short_code{of_service, sid("Sid", "SC")};
inline constexpr std::array new_service_short_code{of_service, sid("ShortCodeSid", "SC")};
inline constexpr std::array the_alpha_sender{of_service, sid("Sid", "AI")};
inline constexpr Parameter alpha{.name = "AlphaSender", .rule = Rule::alpha_sender, .required = true};
inline constexpr std::array new_alpha_sender{of_service, alpha};
inline constexpr std::array the_channel_sender{of_service, sid("Sid", "XE")};
inline constexpr std::array destination_alpha_sender_filters{of_service, in_country};
inline constexpr std::array new_destination_alpha_sender{of_service, alpha, in_country};

inline constexpr std::array the_country{Parameter{.name = "IsoCountry", .rule = Rule::country, .required = true}};
inline constexpr std::array the_day{Parameter{.name = "Date", .rule = Rule::day, .required = true}};

inline constexpr std::array the_domain{of_domain};
inline constexpr std::array certificate_update{
    of_domain, Parameter{.name = "TlsCert", .rule = Rule::text, .max = 65'536, .required = true, .secret = true}};
inline constexpr std::array domain_config_update{of_domain, optional_url("FallbackUrl"), optional_url("CallbackUrl"),
                                                 boolean("ContinueOnFailure"), boolean("DisableHttps")};
inline constexpr std::array service_in_domain{of_domain, sid("MessagingServiceSid", "MG")};
inline constexpr std::array domain_of_service{sid("MessagingServiceSid", "MG")};

inline constexpr std::array search_input{Parameter{.name = "to", .rule = Rule::recipient, .required = true},
                                         Parameter{.name = "from", .rule = Rule::sender},
                                         Parameter{.name = "body", .rule = Rule::text, .max = 1600, .secret = true},
                                         Parameter{.name = "sentAfter", .rule = Rule::instant, .required = true},
                                         Parameter{.name = "sentBefore", .rule = Rule::instant}};

inline constexpr std::array quote_input{
    Parameter{.name = "body", .rule = Rule::text, .min = 0, .required = true, .secret = true},
    Parameter{.name = "to", .rule = Rule::recipient}, boolean("price"),
    Parameter{.name = "country", .rule = Rule::country}};

}  // namespace messenger::twilio::sets
