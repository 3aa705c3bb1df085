// SPDX-License-Identifier: Apache-2.0
// What the calls have in common that keep a kind of document.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/patch.hpp"
#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// A kind of document, as clients see it.
struct DocumentType {
  Kind kind;
  std::string list;                       ///< "messageTemplates"
  std::vector<std::string> ignored = {};  ///< members beside the document that clients send and nothing here needs
  PatchRules patch = {};
  /// Checks what was sent, completes it and says what it is kept as; called within the transaction that will keep it.
  /// After an error the answer does not matter.
  std::function<NewDocument(Transaction&, const std::string& id, boost::json::object document, Errors&)> prepare = {};
  /// Whether messages wait for it, so that it must not go. None = never.
  std::function<bool(Transaction&, const std::string& id)> is_awaited = {};
};

/// Creates, shows, changes and deletes documents of one type in {"member":{…}}, where `member` is the kind's name and
/// the path's parameter `member` + "Id". [any thread]
class DocumentApi {
 public:
  DocumentApi(Store& store, DocumentType type);

  Response create(const Request& request) const;
  Response show(const Request& request) const;
  Response list(const Request& request) const;
  Response replace(const Request& request) const;
  Response patch(const Request& request) const;
  /// 400 while another document uses it, or messages wait for it.
  Response erase(const Request& request) const;

  /// {"member":{…}} with id and instants.
  boost::json::object wrapped(const Document& document) const;
  /// Checks a document and keeps it.
  Response keep(Transaction& transaction, const std::string& id, boost::json::object document, Errors& errors) const;

  Store& store() const noexcept { return store_; }

 private:
  std::string id_of(const Request& request) const;
  // Nothing when the document was changed meanwhile.
  std::optional<Response> patch_once(const Request& request) const;

  Store& store_;
  const DocumentType type_;
  const std::string member_, parameter_;
};

/// The document with its id and its instants.
boost::json::object shown(const Document& document);

/// An error at `path` when another document than `own_id` has this name; "" is nobody's.
void check_name(Transaction& transaction, Kind kind, std::string_view own_id, std::string_view path,
                std::string_view name, Errors& errors);

/// A route's handler from a function that gives the answer.
std::function<void(const Request&, const Reply&)> answered_by(std::shared_ptr<const DocumentApi> api,
                                                              Response (DocumentApi::*call)(const Request&) const);

}  // namespace messenger::host
