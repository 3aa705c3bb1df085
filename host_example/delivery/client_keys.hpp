// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <messenger/loader/report.hpp>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/certificates.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// The stored keys, each of which is lent to messengers as a client certificate under its id. Answers never hold a
/// private key; issues point into {"key":{…}} or at the path's "/keyId". Throws StoreError. [any thread]
class ClientKeys {
 public:
  /// What became of an import.
  struct Import {
    std::optional<boost::json::object> key = {};  ///< as an answer shows it, without its wrapper
    std::vector<loader::Issue> issues = {};       ///< why there is none
  };

  /// Lends every stored key, so it comes before the messengers that name them. Both given outlive this.
  ClientKeys(Store& store, Certificates& certificates);

  /// Under this id, or under a random one.
  Import import(const std::optional<std::string>& id, const boost::json::object& key);
  std::optional<boost::json::object> find(const std::string& id);
  /// In order of insertion.
  boost::json::array list();
  /// Nothing when there is none of this id; else why it stays, as while a messenger uses it.
  std::optional<std::vector<loader::Issue>> erase(const std::string& id);
  /// Reads all keys again and lends what other hosts made of them: for notices.
  void refresh();

 private:
  Store& store_;
  Certificates& certificates_;
  std::mutex changes_;          // held over a change of store and certificates
  std::set<std::string> lent_;  // ids, with changes_ held
};

}  // namespace messenger::host
