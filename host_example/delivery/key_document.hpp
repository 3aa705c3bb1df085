// SPDX-License-Identifier: Apache-2.0
// A key as FusionAuth's Key API writes it. https://fusionauth.io/docs/apis/keys
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <messenger/secret.hpp>
#include <vector>

#include "store/documents.hpp"

namespace messenger::host {

/// The key to be kept, completed with what its certificate says, from the inner object of {"key":{…}}; or every issue,
/// whose pointers start at /key. Only keys of client certificates can be kept.
boost::json::object complete_key(const boost::json::object& sent, std::vector<loader::Issue>& issues);

/// As an answer shows it: with id and instants, without its private key.
boost::json::object shown_key(const Document& document);

/// The JSON Schema of a key.
boost::json::object key_schema();

/// Its certificate with the chain, and the private key, as PEM in one text.
Secret key_pem(const Document& document);

}  // namespace messenger::host
