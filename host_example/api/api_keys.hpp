// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/exchange.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// What a key may call, as FusionAuth's permissions.endpoints: methods by path; a path stands for all below it, too.
/// None = everything.
using Endpoints = std::map<std::string, std::vector<std::string>>;

/// What is known of a key. The key itself is kept as a digest only.
struct ApiKey {
  std::string id, name;
  Endpoints endpoints;
  std::int64_t insert_instant = 0;
  std::string last_characters;  ///< four, so that a person can tell keys apart
};

struct NewApiKey {
  std::string name;
  Endpoints endpoints = {};
  std::string text = {};  ///< the key; empty = a random one of 256 bits
};

/// The keys that callers prove themselves with. [any thread]
class ApiKeys {
 public:
  /// A given key must be as long, of visible ASCII characters.
  static constexpr std::size_t least_length = 16;

  /// `store` outlives this.
  explicit ApiKeys(Store& store) : store_(store) {}

  struct Created {
    ApiKey kept;
    std::string text;  ///< to be shown this once
  };
  /// Throws std::invalid_argument, without the key, for one that is too short, malformed or kept already, and for an
  /// endpoint that is none.
  Created create(const NewApiKey& key);

  /// In order of creation.
  std::vector<ApiKey> list();

  /// False when there is none of this id. From now on nobody gets in with it, also if it is given again.
  bool revoke(const std::string& id);

  /// Whether the Authorization, which is the key and nothing else, is good for this method and path.
  bool authorize(const Request& request);

  struct Bootstrap {
    std::string made;      ///< a random key, to be shown this once; empty = none was made
    bool revoked = false;  ///< the given key was revoked, and stays so
  };
  /// So that a host that starts can be called. A given key (blanks around it left out) is kept, unless it is or was;
  /// throws std::invalid_argument as create() does. Without one, and with no key kept at all, a random key is made.
  Bootstrap bootstrap(const std::optional<std::string>& given);

 private:
  Store& store_;
};

}  // namespace messenger::host
