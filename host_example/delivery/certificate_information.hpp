// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <boost/json/object.hpp>
#include <string>

namespace messenger::host {

/// What a certificate says, as FusionAuth's certificateInformation: names, serial number, instants in epoch ms, and its
/// digests as fingerprints (hex with colons) and thumbprints (base64url).
boost::json::object certificate_information(const X509* certificate);

/// The issuer's common name, or the whole name where there is none.
std::string issuer_of(const X509* certificate);

}  // namespace messenger::host
