// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/catalogue.hpp"

#include <algorithm>

#include "twilio/operations/input_checks.hpp"
#include "twilio/operations/parameter_sets.hpp"
#include "twilio/operations/schema.hpp"

namespace messenger::twilio {
namespace {

using enum Answer;
using enum Product;
using namespace sets;

// Resources

constexpr Resource an_account{"Account", "AC", "accounts", "auth_token"};
constexpr Resource message{"Message", "SM MM", "messages"};
constexpr Resource media{"Media", "ME", "media_list"};
constexpr Resource feedback{"MessageFeedback"};
constexpr Resource short_code{"ShortCode", "SC", "short_codes"};
constexpr Resource service{"Service", "MG", "services"};
constexpr Resource phone_number{"ServicePhoneNumber", "PN", "phone_numbers"};
constexpr Resource service_short_code{"ServiceShortCode", "SC", "short_codes"};
constexpr Resource alpha_sender{"AlphaSender", "AI", "alpha_senders"};
constexpr Resource channel_sender{"ChannelSender", "XE", "senders"};
constexpr Resource destination_alpha_sender{"DestinationAlphaSender", "AI", "alpha_senders"};
constexpr Resource usecases{"ServiceUsecases"};
constexpr Resource country{"PricingCountry", "", "countries"};
constexpr Resource deactivations{"Deactivations"};
constexpr Resource certificate{"DomainCertificate"};
constexpr Resource domain_config{"DomainConfig"};
constexpr Resource dns{"DomainDnsValidation"};
constexpr Resource association{"DomainAssociation"};

// Paths

#define TWILIO_ACCOUNT "/2010-04-01/Accounts/{AccountSid}"
#define TWILIO_MESSAGE TWILIO_ACCOUNT "/Messages/{MessageSid}"
#define TWILIO_SERVICE "/v1/Services/{ServiceSid}"
#define TWILIO_DOMAIN "/v1/LinkShortening/Domains/{DomainSid}"

std::span<const Entry> table() noexcept {
  static const std::array entries{
      // https://www.twilio.com/docs/iam/api/account
      Entry{"check", "Asks whether Twilio accepts the credentials and the account is active.", "GET", api,
            TWILIO_ACCOUNT ".json", &an_account, Answer::account},
      Entry{"accounts.list", "Lists the account and its subaccounts.", "GET", api, "/2010-04-01/Accounts.json",
            &an_account, list, account_filters},
      Entry{"accounts.fetch", "Fetches an account.", "GET", api, "/2010-04-01/Accounts/{Sid}.json", &an_account, object,
            the_account},
      // https://www.twilio.com/docs/messaging/api/message-resource
      Entry{"messages.create", "Sends a message, with all that Twilio offers.", "POST", api,
            TWILIO_ACCOUNT "/Messages.json", &message, object, message_parameters(), check_new_message},
      Entry{"messages.list", "Lists messages, the newest first.", "GET", api, TWILIO_ACCOUNT "/Messages.json", &message,
            list, message_filters},
      Entry{"messages.fetch", "Fetches a message.", "GET", api, TWILIO_MESSAGE ".json", &message, object, the_message},
      Entry{"messages.update", "Redacts a message (Body) or cancels a scheduled one (Status).", "POST", api,
            TWILIO_MESSAGE ".json", &message, object, message_update, check_message_update},
      Entry{"messages.delete", "Deletes a message from the account's logs.", "DELETE", api, TWILIO_MESSAGE ".json",
            &message, nothing, the_message},
      Entry{"reconcile", "Looks for a message whose send ended in doubt.", "GET", api, TWILIO_ACCOUNT "/Messages.json",
            &message, search, search_input, check_search},
      // https://www.twilio.com/docs/messaging/api/media-resource
      Entry{"media.list", "Lists a message's media.", "GET", api, TWILIO_MESSAGE "/Media.json", &media, list,
            media_filters},
      Entry{"media.fetch", "Fetches what is known of a medium.", "GET", api, TWILIO_MESSAGE "/Media/{MediaSid}.json",
            &media, object, the_media},
      Entry{"media.delete", "Deletes a medium.", "DELETE", api, TWILIO_MESSAGE "/Media/{MediaSid}.json", &media,
            nothing, the_media},
      // https://www.twilio.com/docs/messaging/api/message-feedback-resource
      Entry{"feedback.create", "Tells Twilio whether the recipient did what the message was for.", "POST", api,
            TWILIO_MESSAGE "/Feedback.json", &feedback, object, message_outcome},
      // https://www.twilio.com/docs/messaging/api/short-code-resource
      Entry{"shortCodes.list", "Lists the account's short codes.", "GET", api, TWILIO_ACCOUNT "/SMS/ShortCodes.json",
            &short_code, list, short_code_filters},
      Entry{"shortCodes.fetch", "Fetches a short code.", "GET", api, TWILIO_ACCOUNT "/SMS/ShortCodes/{Sid}.json",
            &short_code, object, the_short_code},
      Entry{"shortCodes.update", "Changes a short code.", "POST", api, TWILIO_ACCOUNT "/SMS/ShortCodes/{Sid}.json",
            &short_code, object, short_code_update},
      // https://www.twilio.com/docs/messaging/api/service-resource
      Entry{"services.list", "Lists Messaging Services.", "GET", messaging, "/v1/Services", &service, list},
      Entry{"services.create", "Makes a Messaging Service.", "POST", messaging, "/v1/Services", &service, object,
            service_creation},
      Entry{"services.fetch", "Fetches a Messaging Service.", "GET", messaging, TWILIO_SERVICE, &service, object,
            the_service},
      Entry{"services.update", "Changes a Messaging Service.", "POST", messaging, TWILIO_SERVICE, &service, object,
            service_update},
      Entry{"services.delete", "Deletes a Messaging Service.", "DELETE", messaging, TWILIO_SERVICE, &service, nothing,
            the_service},
      Entry{"services.usecases", "Fetches what a Messaging Service can be for.", "GET", messaging,
            "/v1/Services/Usecases", &usecases, object},
      // https://www.twilio.com/docs/messaging/api/phonenumber-resource
      Entry{"services.phoneNumbers.list", "Lists a service's numbers.", "GET", messaging,
            TWILIO_SERVICE "/PhoneNumbers", &phone_number, list, the_service},
      Entry{"services.phoneNumbers.create", "Adds a number to a service.", "POST", messaging,
            TWILIO_SERVICE "/PhoneNumbers", &phone_number, object, new_phone_number},
      Entry{"services.phoneNumbers.fetch", "Fetches a service's number.", "GET", messaging,
            TWILIO_SERVICE "/PhoneNumbers/{Sid}", &phone_number, object, the_phone_number},
      Entry{"services.phoneNumbers.delete", "Takes a number out of a service.", "DELETE", messaging,
            TWILIO_SERVICE "/PhoneNumbers/{Sid}", &phone_number, nothing, the_phone_number},
      // https://www.twilio.com/docs/messaging/api/services-shortcode-resource
      Entry{"services.shortCodes.list", "Lists a service's short codes.", "GET", messaging,
            TWILIO_SERVICE "/ShortCodes", &service_short_code, list, the_service},
      Entry{"services.shortCodes.create", "Adds a short code to a service.", "POST", messaging,
            TWILIO_SERVICE "/ShortCodes", &service_short_code, object, new_service_short_code},
      Entry{"services.shortCodes.fetch", "Fetches a service's short code.", "GET", messaging,
            TWILIO_SERVICE "/ShortCodes/{Sid}", &service_short_code, object, the_service_short_code},
      Entry{"services.shortCodes.delete", "Takes a short code out of a service.", "DELETE", messaging,
            TWILIO_SERVICE "/ShortCodes/{Sid}", &service_short_code, nothing, the_service_short_code},
      // https://www.twilio.com/docs/messaging/api/alphasender-resource
      Entry{"services.alphaSenders.list", "Lists a service's alphanumeric senders.", "GET", messaging,
            TWILIO_SERVICE "/AlphaSenders", &alpha_sender, list, the_service},
      Entry{"services.alphaSenders.create", "Adds an alphanumeric sender to a service.", "POST", messaging,
            TWILIO_SERVICE "/AlphaSenders", &alpha_sender, object, new_alpha_sender},
      Entry{"services.alphaSenders.fetch", "Fetches a service's alphanumeric sender.", "GET", messaging,
            TWILIO_SERVICE "/AlphaSenders/{Sid}", &alpha_sender, object, the_alpha_sender},
      Entry{"services.alphaSenders.delete", "Takes an alphanumeric sender out of a service.", "DELETE", messaging,
            TWILIO_SERVICE "/AlphaSenders/{Sid}", &alpha_sender, nothing, the_alpha_sender},
      // https://www.twilio.com/docs/messaging/api/channelsender-resource
      Entry{"services.channelSenders.list", "Lists a service's channel senders.", "GET", messaging,
            TWILIO_SERVICE "/ChannelSenders", &channel_sender, list, the_service},
      Entry{"services.channelSenders.create", "Adds a channel sender to a service.", "POST", messaging,
            TWILIO_SERVICE "/ChannelSenders", &channel_sender, object, the_channel_sender},
      Entry{"services.channelSenders.fetch", "Fetches a service's channel sender.", "GET", messaging,
            TWILIO_SERVICE "/ChannelSenders/{Sid}", &channel_sender, object, the_channel_sender},
      Entry{"services.channelSenders.delete", "Takes a channel sender out of a service.", "DELETE", messaging,
            TWILIO_SERVICE "/ChannelSenders/{Sid}", &channel_sender, nothing, the_channel_sender},
      // https://www.twilio.com/docs/messaging/api/destination-alphasender-resource
      Entry{"services.destinationAlphaSenders.list", "Lists a service's alphanumeric senders by country.", "GET",
            messaging, TWILIO_SERVICE "/DestinationAlphaSenders", &destination_alpha_sender, list,
            destination_alpha_sender_filters},
      Entry{"services.destinationAlphaSenders.create", "Adds an alphanumeric sender for a country to a service.",
            "POST", messaging, TWILIO_SERVICE "/DestinationAlphaSenders", &destination_alpha_sender, object,
            new_destination_alpha_sender},
      Entry{"services.destinationAlphaSenders.fetch", "Fetches a service's alphanumeric sender for a country.", "GET",
            messaging, TWILIO_SERVICE "/DestinationAlphaSenders/{Sid}", &destination_alpha_sender, object,
            the_alpha_sender},
      Entry{"services.destinationAlphaSenders.delete", "Takes an alphanumeric sender for a country out of a service.",
            "DELETE", messaging, TWILIO_SERVICE "/DestinationAlphaSenders/{Sid}", &destination_alpha_sender, nothing,
            the_alpha_sender},
      // https://www.twilio.com/docs/messaging/api/pricing
      Entry{"pricing.countries.list", "Lists the countries that have prices.", "GET", pricing,
            "/v1/Messaging/Countries", &country, list},
      Entry{"pricing.countries.fetch", "Fetches the prices of messages in a country.", "GET", pricing,
            "/v1/Messaging/Countries/{IsoCountry}", &country, object, the_country},
      Entry{"preview", "Tells how a text would be sent: its encoding, its parts, and their price.", "GET", pricing,
            "/v1/Messaging/Countries/{country}", &country, quote, quote_input},
      // https://www.twilio.com/docs/messaging/api/deactivations-resource
      Entry{"deactivations.fetch", "Gives the address of the list of US numbers deactivated on a day.", "GET",
            messaging, "/v1/Deactivations", &deactivations, redirect, the_day},
      // https://www.twilio.com/docs/messaging/features/link-shortening
      Entry{"linkShortening.certificate.fetch", "Fetches what is known of a domain's certificate.", "GET", messaging,
            TWILIO_DOMAIN "/Certificate", &certificate, object, the_domain},
      Entry{"linkShortening.certificate.update", "Gives a domain a certificate and its key.", "POST", messaging,
            TWILIO_DOMAIN "/Certificate", &certificate, object, certificate_update},
      Entry{"linkShortening.certificate.delete", "Deletes a domain's certificate.", "DELETE", messaging,
            TWILIO_DOMAIN "/Certificate", &certificate, nothing, the_domain},
      Entry{"linkShortening.certificate.request", "Asks Twilio for a certificate that it manages.", "POST", messaging,
            TWILIO_DOMAIN "/RequestManagedCert", &certificate, object, the_domain},
      Entry{"linkShortening.config.fetch", "Fetches how a domain shortens links.", "GET", messaging,
            TWILIO_DOMAIN "/Config", &domain_config, object, the_domain},
      Entry{"linkShortening.config.update", "Changes how a domain shortens links.", "POST", messaging,
            TWILIO_DOMAIN "/Config", &domain_config, object, domain_config_update},
      Entry{"linkShortening.config.ofService", "Fetches how a service's domain shortens links.", "GET", messaging,
            "/v1/LinkShortening/MessagingService/{MessagingServiceSid}/DomainConfig", &domain_config, object,
            domain_of_service},
      Entry{"linkShortening.dns.validate", "Asks whether a domain's DNS leads to Twilio.", "GET", messaging,
            TWILIO_DOMAIN "/ValidateDns", &dns, object, the_domain},
      Entry{"linkShortening.services.create", "Lets a service use a domain.", "POST", messaging,
            TWILIO_DOMAIN "/MessagingServices/{MessagingServiceSid}", &association, object, service_in_domain},
      Entry{"linkShortening.services.delete", "Lets a service no longer use a domain.", "DELETE", messaging,
            TWILIO_DOMAIN "/MessagingServices/{MessagingServiceSid}", &association, nothing, service_in_domain},
      Entry{"linkShortening.services.fetch", "Fetches which domain a service uses.", "GET", messaging,
            "/v1/LinkShortening/MessagingServices/{MessagingServiceSid}/Domain", &association, object,
            domain_of_service},
  };
  return entries;
}

#undef TWILIO_ACCOUNT
#undef TWILIO_MESSAGE
#undef TWILIO_SERVICE
#undef TWILIO_DOMAIN

}  // namespace

std::span<const Entry> catalogue() noexcept {
  return table();
}

Operations catalogue_for_hosts() {
  Operations all;
  for (const Entry& entry : catalogue()) {
    all.push_back({std::string(entry.name), std::string(entry.summary), input_schema(entry), output_schema(entry),
                   entry.safe(), entry.list()});
  }
  return all;
}

const Parameter* find_parameter(const Entry& entry, std::string_view name) noexcept {
  const auto in = [&](std::span<const Parameter> all) -> const Parameter* {
    const auto at = std::find_if(all.begin(), all.end(), [&](const Parameter& one) { return one.name == name; });
    return at == all.end() ? nullptr : &*at;
  };
  const Parameter* own = in(entry.parameters);
  return own == nullptr && entry.list() ? in(list_parameters) : own;
}

}  // namespace messenger::twilio
