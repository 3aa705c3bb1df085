// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "store/documents.hpp"

namespace messenger::host {

/// How a messenger {"name":…} is kept: as it was sent, but for what the host sets itself.
NewDocument to_document(const std::string& id, const boost::json::object& messenger);

/// The messenger of a document as an answer shows it, without its wrapper.
boost::json::object messenger_of(const Document& document);

/// {"messenger":{…}}
boost::json::object wrapped_messenger(const Document& document);

}  // namespace messenger::host
