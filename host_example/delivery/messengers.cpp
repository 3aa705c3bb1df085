// SPDX-License-Identifier: Apache-2.0
#include "delivery/messengers.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "delivery/masking.hpp"
#include "delivery/stored_messenger.hpp"
#include "delivery/trace.hpp"
#include "runtime/plugin_issues.hpp"
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

bool all_types(const std::string&) {
  return true;
}

std::string sentences(const std::vector<Issue>& issues) {
  std::string text;
  for (const Issue& issue : issues) {
    text.append(text.empty() ? "" : " ").append(dotted(issue.pointer)).append(": ").append(issue.text);
  }
  return text;
}

}  // namespace

Messengers::Messengers(Runtime& runtime, Store& store, const Log& log) : runtime_(runtime), store_(store), log_(log) {
  configure_all(all_types);
}

// Those of the types that are wanted.
void Messengers::configure_all(const Wanted& wanted) {
  std::vector<std::string> failures;
  for (const Document& stored :
       store_.read([](Transaction& transaction) { return transaction.documents.list(Kind::messenger); })) {
    configure_stored(stored, wanted, failures);
  }
  tell(failures);
}

void Messengers::tell(const std::vector<std::string>& failures) {
  if (failures.empty()) {
    return;
  }
  store_.transact([&](Transaction& transaction) {
    for (const std::string& failure : failures) {
      transaction.events.add(EventType::error, failure);
    }
  });
}

void Messengers::configure_stored(const Document& stored, const Wanted& wanted, std::vector<std::string>& failures) {
  std::string problem;
  try {
    const MessengerDocument parsed = parse(wrapped_messenger(stored));
    if (!wanted(parsed.type)) {
      return;
    }
    Masker masker;  // what a plugin says ends in logs
    TracedMessenger(messenger_of(stored), runtime_.registry()).hide_secrets(masker);
    problem = masker(sentences(runtime_.registry().configure(stored.id, parsed.type, parsed.config)));
    if (problem.empty()) {
      return took_force(stored);
    }
  } catch (const std::exception& error) {
    problem = error.what();
  }
  if (!problem.empty()) {
    log_.error("A stored messenger is not in force.", {{"messenger", stored.id}, {"reason", problem}});
    failures.push_back("The messenger " + stored.id + " is not in force; nothing is sent through it. " + problem);
  }
}

void Messengers::took_force(const Document& stored) {
  in_force_[stored.id] = std::hash<std::string>{}(stored.body);
  ++revision_;
}

void Messengers::left(const std::string& id) {
  runtime_.registry().remove(id);
  in_force_.erase(id);
  ++revision_;
}

// What runs a plugin's code stands outside of every transaction: one that hangs holds up changes of messengers only.
Messengers::Change Messengers::create(const std::optional<std::string>& given, const json::object& document) {
  Change change;
  const std::lock_guard lock(changes_);
  const std::string id = given.value_or(new_uuid());
  if (find_document(id)) {
    change.issues.push_back({"/messengerId", "duplicate", "A Messenger with the Id [" + id + "] already exists."});
  }
  put(id, without_id(document), {}, change);
  return change;
}

std::optional<Messengers::Change> Messengers::replace(const std::string& id, const Edit& edit) {
  const std::lock_guard lock(changes_);
  const auto before = find_document(id);
  if (!before) {
    return std::nullopt;
  }
  Change change;
  if (const auto document = edit(wrapped_messenger(*before))) {
    put(id, without_id(*document), before, change);
  }
  return change;
}

// The change may have issues already.
void Messengers::put(const std::string& id, const json::object& document, const std::optional<Document>& own,
                     Change& change) {
  const MessengerDocument parsed = parse(document);
  bring(parsed.type);
  for (Issue& issue : problems(parsed, own)) {
    change.issues.push_back(std::move(issue));
  }
  if (change.issues.empty()) {
    change.issues =
        plugin_issues(runtime_.registry(), parsed.type, runtime_.registry().configure(id, parsed.type, parsed.config));
  }
  if (!change.issues.empty()) {
    return;
  }
  try {
    const Document kept = store_.with([&](Transaction& transaction) {
      transaction.notices.tell(Topic::messenger, id);
      return transaction.documents.put(Kind::messenger, to_document(id, inner(document)));
    });
    took_force(kept);
    change.document = wrapped_messenger(kept);
  } catch (...) {
    put_back(id, own);
    throw;
  }
}

void Messengers::put_back(const std::string& id, const std::optional<Document>& before) {
  left(id);
  std::vector<std::string> failures;
  if (before) {
    configure_stored(*before, all_types, failures);
  }
}

void Messengers::refresh(const std::string& id) {
  std::vector<std::string> failures;
  const std::lock_guard lock(changes_);
  refresh(id, find_document(id), failures);
  tell(failures);
}

void Messengers::refresh_all() {
  std::vector<std::string> failures;
  const std::lock_guard lock(changes_);
  const auto stored = store_.read([](Transaction& transaction) { return transaction.documents.list(Kind::messenger); });
  std::map<std::string, std::size_t> gone = in_force_;
  for (const Document& each : stored) {
    gone.erase(each.id);
    refresh(each.id, each, failures);
  }
  for (const auto& [id, digest] : gone) {
    left(id);
  }
  tell(failures);
}

// What this host cannot put in force is out of force: nothing may be sent as it was before the change.
void Messengers::refresh(const std::string& id, const std::optional<Document>& stored,
                         std::vector<std::string>& failures) {
  const auto known = in_force_.find(id);
  if (stored && known != in_force_.end() && known->second == std::hash<std::string>{}(stored->body)) {
    return;
  }
  const auto before = failures.size();
  if (stored) {
    configure_stored(*stored, all_types, failures);
  }
  if (!stored || failures.size() > before) {
    left(id);
  }
}

std::optional<std::vector<Issue>> Messengers::erase(const std::string& id) {
  std::vector<Issue> issues;
  const std::lock_guard lock(changes_);
  if (!find_document(id)) {
    return std::nullopt;
  }
  store_.transact([&](Transaction& transaction) {
    for (const Use& user : transaction.documents.users_of(Kind::messenger, id)) {
      issues.push_back({"/messengerId", "inUse",
                        "The messenger is used by the " + std::string(to_string(user.kind)) + " [" + user.id + "]."});
    }
    if (issues.empty()) {
      transaction.documents.erase(Kind::messenger, id);
      transaction.notices.tell(Topic::messenger, id);
    }
  });
  if (issues.empty()) {
    left(id);
  }
  return issues;
}

std::optional<Document> Messengers::find_document(const std::string& id) {
  return store_.read([&](Transaction& transaction) { return transaction.documents.find(Kind::messenger, id); });
}

void Messengers::load_type(const std::string& type) {
  if (!knows_type(type)) {
    const std::lock_guard lock(changes_);
    bring(type);
  }
}

// Its plugin may have been put there since the start, and others with it.
void Messengers::bring(const std::string& type) {
  if (type.empty() || knows_type(type)) {
    return;
  }
  const auto before = runtime_.registry().types();
  runtime_.reload();
  if (runtime_.registry().types().size() == before.size()) {
    return;
  }
  const auto was_known = [&](const std::string& name) {
    return std::any_of(before.begin(), before.end(), [&](const loader::TypeInfo& info) { return info.type == name; });
  };
  configure_all([&](const std::string& name) { return !was_known(name); });
}

std::optional<json::object> Messengers::find(const std::string& id) {
  const auto stored = find_document(id);
  return stored ? std::optional(wrapped_messenger(*stored)) : std::nullopt;
}

json::array Messengers::list() {
  json::array messengers;
  for (const Document& stored :
       store_.read([](Transaction& transaction) { return transaction.documents.list(Kind::messenger); })) {
    messengers.push_back(messenger_of(stored));
  }
  return messengers;
}

std::vector<Issue> Messengers::check(const json::object& document, const std::string& own_id) {
  const MessengerDocument parsed = parse(without_id(document));
  load_type(parsed.type);
  return problems(parsed, find_document(own_id));
}

// `own` is what the document would replace.
std::vector<Issue> Messengers::problems(const MessengerDocument& parsed, const std::optional<Document>& own) {
  std::vector<Issue> issues = parsed.issues;
  const std::string type = own ? parse(wrapped_messenger(*own)).type : parsed.type;
  if (type == parsed.type || parsed.type.empty()) {
    check_type(parsed, issues);
  } else {
    issues.push_back(
        {"/messenger/type", "invalid", "The type of a messenger cannot be changed; it is [" + type + "]."});
  }
  if (!parsed.name.empty()) {
    const auto other = store_.read(
        [&](Transaction& transaction) { return transaction.documents.find_by_name(Kind::messenger, parsed.name); });
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
  if (knows_type(parsed.type)) {
    for (Issue& issue :
         plugin_issues(runtime_.registry(), parsed.type, runtime_.registry().validate(parsed.type, parsed.config))) {
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
