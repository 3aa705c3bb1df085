// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <messenger/loader/report.hpp>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "runtime/log.hpp"
#include "runtime/messenger_document.hpp"
#include "runtime/runtime.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// The stored messengers, each of which is configured in the registry under its id: both change, or neither does.
/// Documents are {"messenger":{…}}; issues point into them ("/messenger/name"), or at the path's "/messengerId".
/// Throws StoreError, and loader::Error once the registry has been shut down. [any thread]
class Messengers {
 public:
  /// What became of a change.
  struct Change {
    std::optional<boost::json::object> document = {};  ///< as an answer shows it; nothing when nothing changed
    std::vector<loader::Issue> issues = {};            ///< why
  };
  /// Makes the new document from the stored one; nothing = leave it.
  using Edit = std::function<std::optional<boost::json::object>(const boost::json::object& current)>;

  /// Configures every stored messenger. One that has no plugin, or that its plugin now refuses, stays stored: it is
  /// logged and gets an Error entry in the event log. All given outlive this.
  Messengers(Runtime& runtime, Store& store, const Log& log);
  Messengers(const Messengers&) = delete;
  Messengers& operator=(const Messengers&) = delete;
  ~Messengers() = default;

  /// A new one under the given id, or under a random one. An id in the document is ignored.
  Change create(const std::optional<std::string>& given, const boost::json::object& document);
  /// Nothing when there is none of this id. Changes happen one after the other, reading included.
  std::optional<Change> replace(const std::string& id, const Edit& edit);
  /// Nothing when there is none of this id; else why it stays, as while another document uses it.
  std::optional<std::vector<loader::Issue>> erase(const std::string& id);

  std::optional<boost::json::object> find(const std::string& id);
  /// The messengers themselves, without their wrappers, in order of insertion.
  boost::json::array list();

  /// Every problem that create() would have with this document, or replace() of `own_id` where there is such a
  /// messenger, but those that only configuring it shows.
  std::vector<loader::Issue> check(const boost::json::object& document, const std::string& own_id);

  /// Reads the messenger again and puts in force what another host made of it, if it did: for notices.
  void refresh(const std::string& id);
  /// The same for all, those that are gone included.
  void refresh_all();
  /// Higher after every change of what is in force.
  std::uint64_t revision() const noexcept { return revision_; }

  /// Looks for the plugin of a type that none is loaded for; when there is one now, its stored messengers are put in
  /// force.
  void load_type(const std::string& type);

 private:
  // With changes_ held, or in the constructor.
  using Wanted = std::function<bool(const std::string& type)>;
  void configure_all(const Wanted& wanted);
  void configure_stored(const Document& stored, const Wanted& wanted, std::vector<std::string>& failures);
  void bring(const std::string& type);
  void put(const std::string& id, const boost::json::object& document, const std::optional<Document>& own,
           Change& change);
  void put_back(const std::string& id, const std::optional<Document>& before);
  void refresh(const std::string& id, const std::optional<Document>& stored, std::vector<std::string>& failures);
  void took_force(const Document& stored);
  void left(const std::string& id);
  void tell(const std::vector<std::string>& failures);

  // These need no lock.
  std::vector<loader::Issue> problems(const MessengerDocument& parsed, const std::optional<Document>& own);
  void check_type(const MessengerDocument& parsed, std::vector<loader::Issue>& issues);
  bool knows_type(const std::string& type) const;
  std::optional<Document> find_document(const std::string& id);

  Runtime& runtime_;
  Store& store_;
  const Log& log_;
  std::mutex changes_;  // held over a change of store and registry; never waited for within a transaction
  std::map<std::string, std::size_t> in_force_;  // by id, a digest of the document; with changes_ held
  std::atomic<std::uint64_t> revision_{1};
};

}  // namespace messenger::host
