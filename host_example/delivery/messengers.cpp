// SPDX-License-Identifier: Apache-2.0
#include "delivery/messengers.hpp"

#include <boost/json/serialize.hpp>

#include "delivery/masking.hpp"
#include "delivery/stored_messenger.hpp"
#include "delivery/trace.hpp"
#include "runtime/type_info.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

MessengerDocument parse(const json::object& document) {
  return parse_messenger(json::serialize(document));
}

// Of a document whose form was checked before.
const json::object& inner(const json::object& document) {
  return document.at("messenger").as_object();
}

// An id belongs to the path: whatever stands in the document, good or bad, is not looked at.
json::object without_id(json::object document) {
  if (json::value* const messenger = document.if_contains("messenger");
      messenger != nullptr && messenger->is_object()) {
    messenger->get_object().erase("id");
  }
  return document;
}

std::string sentences(const std::vector<Issue>& issues) {
  std::string text;
  for (const Issue& issue : issues) {
    text.append(text.empty() ? "" : " ").append(dotted(issue.pointer)).append(": ").append(issue.text);
  }
  return text;
}

}  // namespace

/// One change of store and registry. The registry comes last; should the commit fail after that, it is put back.
class Messengers::Unit {
 public:
  Unit(Messengers& owner, std::string id) : owner_(owner), lock_(owner.changes_), id_(std::move(id)) {}

  /// Thrown by the work to undo what it wrote.
  struct Undo {};

  void run(const std::function<void()>& work) {
    try {
      owner_.store_.transact([&](Transaction& transaction) {
        documents_ = &transaction.documents;
        before_ = documents_->find(Kind::messenger, id_);
        work();
      });
    } catch (const Undo&) {
    } catch (...) {
      if (registry_changed_) {
        put_back();
      }
      throw;
    }
  }

  const std::string& id() const noexcept { return id_; }
  Documents& documents() const noexcept { return *documents_; }
  const std::optional<Document>& before() const noexcept { return before_; }

  std::vector<Issue> configure(const std::string& type, const std::string& config) {
    auto issues = owner_.runtime_.registry().configure(id_, type, config);
    registry_changed_ = issues.empty();
    return issues;
  }
  void remove() {
    owner_.runtime_.registry().remove(id_);
    registry_changed_ = true;
  }

 private:
  void put_back() {
    owner_.runtime_.registry().remove(id_);
    std::vector<std::string> failures;
    if (before_) {
      owner_.configure_stored(*before_, failures);
    }
  }

  Messengers& owner_;
  const std::lock_guard<std::mutex> lock_;
  const std::string id_;
  Documents* documents_ = nullptr;  // within the transaction
  std::optional<Document> before_;
  bool registry_changed_ = false;
};

Messengers::Messengers(Runtime& runtime, Store& store, const Log& log) : runtime_(runtime), store_(store), log_(log) {
  std::vector<std::string> failures;
  for (const Document& stored :
       store_.with([](Transaction& transaction) { return transaction.documents.list(Kind::messenger); })) {
    configure_stored(stored, failures);
  }
  if (failures.empty()) {
    return;
  }
  store_.transact([&](Transaction& transaction) {
    for (const std::string& failure : failures) {
      transaction.events.add(EventType::error, failure);
    }
  });
}

void Messengers::configure_stored(const Document& stored, std::vector<std::string>& failures) {
  std::string problem;
  try {
    const MessengerDocument parsed = parse(wrapped_messenger(stored));
    Masker masker;  // what a plugin says ends in logs
    TracedMessenger(messenger_of(stored), runtime_.registry()).hide_secrets(masker);
    problem = masker(sentences(runtime_.registry().configure(stored.id, parsed.type, parsed.config)));
  } catch (const std::exception& error) {
    problem = error.what();
  }
  if (!problem.empty()) {
    log_.error("A stored messenger is not in force.", {{"messenger", stored.id}, {"reason", problem}});
    failures.push_back("The messenger " + stored.id + " is not in force; nothing is sent through it. " + problem);
  }
}

Messengers::Change Messengers::create(const std::optional<std::string>& id, const json::object& document) {
  Change change;
  Unit unit(*this, id.value_or(new_uuid()));
  unit.run([&] {
    if (unit.before()) {
      change.issues.push_back(
          {"/messengerId", "duplicate", "A Messenger with the Id [" + unit.id() + "] already exists."});
    }
    put(unit, without_id(document), {}, change);
  });
  return change;
}

std::optional<Messengers::Change> Messengers::replace(const std::string& id, const Edit& edit) {
  std::optional<Change> change;
  Unit unit(*this, id);
  unit.run([&] {
    if (!unit.before()) {
      return;
    }
    change.emplace();
    if (const auto document = edit(wrapped_messenger(*unit.before()))) {
      put(unit, without_id(*document), unit.before(), *change);
    }
  });
  return change;
}

// The change may have issues already.
void Messengers::put(Unit& unit, const json::object& document, const std::optional<Document>& own, Change& change) {
  const MessengerDocument parsed = parse(document);
  for (Issue& issue : problems(unit.documents(), parsed, own)) {
    change.issues.push_back(std::move(issue));
  }
  if (!change.issues.empty()) {
    return;
  }
  const Document kept = unit.documents().put(Kind::messenger, to_document(unit.id(), inner(document)));
  change.issues = within_messenger(unit.configure(parsed.type, parsed.config));
  if (!change.issues.empty()) {
    throw Unit::Undo();
  }
  change.document = wrapped_messenger(kept);
}

std::optional<std::vector<Issue>> Messengers::erase(const std::string& id) {
  std::optional<std::vector<Issue>> issues;
  Unit unit(*this, id);
  unit.run([&] {
    if (!unit.before()) {
      return;
    }
    issues.emplace();
    for (const Use& user : unit.documents().users_of(Kind::messenger, id)) {
      issues->push_back({"/messengerId", "inUse",
                         "The messenger is used by the " + std::string(to_string(user.kind)) + " [" + user.id + "]."});
    }
    if (issues->empty()) {
      unit.documents().erase(Kind::messenger, id);
      unit.remove();
    }
  });
  return issues;
}

std::optional<json::object> Messengers::find(const std::string& id) {
  const auto stored =
      store_.with([&](Transaction& transaction) { return transaction.documents.find(Kind::messenger, id); });
  return stored ? std::optional(wrapped_messenger(*stored)) : std::nullopt;
}

json::array Messengers::list() {
  json::array messengers;
  for (const Document& stored :
       store_.with([](Transaction& transaction) { return transaction.documents.list(Kind::messenger); })) {
    messengers.push_back(messenger_of(stored));
  }
  return messengers;
}

std::vector<Issue> Messengers::check(const json::object& document, const std::string& own_id) {
  return store_.with([&](Transaction& transaction) {
    Documents& documents = transaction.documents;
    return problems(documents, parse(without_id(document)), documents.find(Kind::messenger, own_id));
  });
}

// `own` is what the document would replace.
std::vector<Issue> Messengers::problems(Documents& documents, const MessengerDocument& parsed,
                                        const std::optional<Document>& own) {
  std::vector<Issue> issues = parsed.issues;
  const std::string type = own ? parse(wrapped_messenger(*own)).type : parsed.type;
  if (type == parsed.type || parsed.type.empty()) {
    check_type(parsed, issues);
  } else {
    issues.push_back(
        {"/messenger/type", "invalid", "The type of a messenger cannot be changed; it is [" + type + "]."});
  }
  if (!parsed.name.empty()) {
    const auto other = documents.find_by_name(Kind::messenger, parsed.name);
    if (other && !(own && other->id == own->id)) {
      issues.push_back(
          {"/messenger/name", "duplicate", "A Messenger with name = [" + parsed.name + "] already exists."});
    }
  }
  return issues;
}

void Messengers::check_type(const MessengerDocument& parsed, std::vector<Issue>& issues) {
  if (parsed.type.empty()) {
    return;
  }
  if (!knows_type(parsed.type)) {
    runtime_.reload();  // its plugin may have been put there since
  }
  if (knows_type(parsed.type)) {
    for (Issue& issue : within_messenger(runtime_.registry().validate(parsed.type, parsed.config))) {
      issues.push_back(std::move(issue));
    }
    return;
  }
  std::string known;
  for (const loader::TypeInfo& info : runtime_.registry().types()) {
    known.append(known.empty() ? "" : ", ").append(info.type);
  }
  issues.push_back({"/messenger/type", "invalid",
                    "Expected the type field to be one of [" + known + "], but found [" + parsed.type + "]"});
}

bool Messengers::knows_type(const std::string& type) const {
  return find_type(runtime_.registry(), type).has_value();
}

}  // namespace messenger::host
