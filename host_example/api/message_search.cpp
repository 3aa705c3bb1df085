// SPDX-License-Identifier: Apache-2.0
#include "api/message_search.hpp"

#include <array>
#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/algorithm/string/trim.hpp>

#include "delivery/route.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace {

constexpr std::array known{Criterion{"state"},
                           Criterion{"tenantId"},
                           Criterion{"to"},
                           Criterion{"messengerId"},
                           Criterion{"messageTypeId"},
                           Criterion{"orderBy"},
                           Criterion{"start", true},
                           Criterion{"end", true},
                           Criterion{"startRow", true},
                           Criterion{"numberOfResults", true}};

void read_states(const Criteria& criteria, MessageSearch& search) {
  const std::string& text = criteria.text("state");
  if (text.empty()) {
    return;
  }
  std::vector<std::string> names;
  boost::split(names, text, boost::is_any_of(","));
  for (const std::string& name : names) {
    const auto stage = stage_of(boost::trim_copy(name));
    if (!stage) {
      return criteria.refuse("state", "invalid",
                             "[state] must be some of [queued, leased, sent, delivered, undelivered, failed, unknown, "
                             "expired, cancelled], with commas in between.");
    }
    search.stages.push_back(*stage);
  }
}

std::string read_id(const Criteria& criteria, const std::string& name) {
  const std::string& text = criteria.text(name);
  if (!text.empty() && !is_uuid(text)) {
    criteria.refuse(name, "invalid", "[" + name + "] must be a UUID.");
  }
  return to_lower_uuid(text);
}

void read_order(const Criteria& criteria, MessageSearch& search) {
  const std::string& text = criteria.text("orderBy");
  search.ascending = boost::iequals(text, "insertInstant ASC");
  if (!text.empty() && !search.ascending && !boost::iequals(text, "insertInstant") &&
      !boost::iequals(text, "insertInstant DESC")) {
    criteria.refuse("orderBy", "invalid", "[orderBy] must be insertInstant, perhaps followed by ASC or DESC.");
  }
}

}  // namespace

std::span<const Criterion> message_criteria() {
  return known;
}

MessageSearch read_message_search(const Criteria& criteria) {
  MessageSearch search;
  read_states(criteria, search);
  search.tenant_id = read_id(criteria, "tenantId");
  search.destination = criteria.text("to");
  search.messenger_id = read_id(criteria, "messengerId");
  if (const std::string id = read_id(criteria, "messageTypeId"); !id.empty()) {
    search.route = message_type_route(id);
  }
  read_order(criteria, search);
  read_page(criteria, search);
  return search;
}

}  // namespace messenger::host
