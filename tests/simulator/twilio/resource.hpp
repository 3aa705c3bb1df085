#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "simulator/http.hpp"
#include "simulator/twilio/api_call.hpp"
#include "simulator/twilio/error.hpp"
#include "simulator/twilio/field.hpp"

namespace messenger::simulator::twilio {

/// The two ways in which Twilio's APIs write dates, addresses and pages.
enum class Style { v2010, v1 };

/// The calls that a resource may have; a resource names those that it has.
struct Calls {
  bool list = true;
  bool create = false;
  bool fetch = true;
  bool update = false;
  bool remove = false;
};

/// A kind of resource: what is plain as data, and what is its own as functions that may be null.
struct Resource {
  /// The path of its list, as match_path() reads it, without .json.
  std::string_view list;
  /// What its SIDs begin with ("SM|MM"); "word" for names that are no SIDs.
  std::string_view sid;
  /// The member of a page that holds its resources.
  std::string_view key;
  Style style;
  Calls calls = {};
  /// What a client may set.
  std::span<const Field> fields = {};
  /// The query parameters that choose among a list's resources.
  std::span<const std::string_view> filters = {};

  /// Makes what is there from the beginning.
  void (*seed)(ApiCall& call) = nullptr;
  /// Refuses a creation, or completes the record before it is kept.
  std::optional<Error> (*admit)(ApiCall& call, Record& fresh) = nullptr;
  /// What a creation brings with it.
  void (*created)(ApiCall& call, Record& record) = nullptr;
  /// Refuses or does an update, in place of setting fields.
  std::optional<Error> (*change)(ApiCall& call, Record& record) = nullptr;
  /// Refuses a removal; null record: it is not there.
  std::optional<Error> (*release)(ApiCall& call, const Record* record) = nullptr;
  /// Whether the call's filters let the record through.
  bool (*accepts)(const ApiCall& call, const Record& record) = nullptr;
  /// Adds or takes away what a list does not show alike, or what needs the host.
  void (*dress)(const ApiCall& call, const Record& record, boost::json::object& shown) = nullptr;
};

/// A call that belongs to no list.
struct Action {
  std::string_view path;
  http::verb verb;
  Response (*answer)(ApiCall& call);
};

}  // namespace messenger::simulator::twilio
