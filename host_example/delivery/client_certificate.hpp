// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <messenger/loader/report.hpp>
#include <messenger/secret.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A certificate that this host can prove itself with.
struct ClientCertificate {
  std::string certificate;              ///< PEM, its own first, then those of its chain
  Secret private_key;                   ///< PEM
  std::string public_key;               ///< PEM
  std::string type;                     ///< "RSA", "EC", "OKP"
  std::vector<std::string> algorithms;  ///< that it can sign with; the first is what FusionAuth infers
  std::int64_t length = 0;              ///< bits; of an OKP key, bytes, as FusionAuth has it
  std::string issuer;
  boost::json::object information;  ///< as FusionAuth's certificateInformation
};

/// Reads both, each as PEM or as DER in base64. Nothing after an issue at /key/certificate or /key/privateKey, which
/// repeats nothing of either.
std::optional<ClientCertificate> read_client_certificate(std::string_view certificate, std::string_view private_key,
                                                         std::vector<loader::Issue>& issues);

}  // namespace messenger::host
