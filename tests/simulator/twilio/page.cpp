#include "simulator/twilio/page.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace messenger::simulator::twilio {
namespace {

constexpr std::size_t max_page_size = 1000;
constexpr std::size_t max_page = 1'000'000;

std::size_t read_number(const Form& query, const std::string& name, std::size_t least, std::size_t most,
                        std::size_t standard) {
  const std::string_view text = query.get(name);
  if (text.empty()) return standard;
  const auto number = whole_number(text);
  if (!number || static_cast<std::size_t>(*number) < least || static_cast<std::size_t>(*number) > most) {
    throw BadParameter{"Invalid " + name};
  }
  return static_cast<std::size_t>(*number);
}

/// Where a page begins: after a place, before it, or by counting from the newest.
struct Token {
  char direction = ' ';
  std::uint64_t number = 0;
};

std::string write(Token token) {
  return std::string{"P"} + token.direction + std::to_string(token.number);
}

Token read_token(const Form& query) {
  const std::string_view text = query.get("PageToken");
  if (text.empty()) return {};
  const auto number = text.size() > 2 ? whole_number(text.substr(2)) : std::nullopt;
  if (!number || !(text.starts_with("PA") || text.starts_with("PB"))) throw BadParameter{"Invalid PageToken"};
  return {text[1], static_cast<std::uint64_t>(*number)};
}

struct Page {
  std::size_t size;
  std::size_t index;
  Token token;
  std::vector<const Record*> records;
  bool more = false;
};

using Chosen = std::vector<const Record*>;

template <class Iterator>
Chosen take(Iterator from, Iterator to, std::size_t skip, std::size_t most, const ApiCall& call,
            const Resource& resource) {
  Chosen chosen;
  for (; from != to && chosen.size() < most; ++from) {
    if (resource.accepts != nullptr && !resource.accepts(call, from->second)) continue;
    if (skip > 0) {
      --skip;
    } else {
      chosen.push_back(&from->second);
    }
  }
  return chosen;
}

Chosen take_newer(const Store::Records& all, const Page& page, const ApiCall& call, const Resource& resource) {
  Chosen newer = take(all.upper_bound(page.token.number), all.end(), 0, page.size, call, resource);
  std::ranges::reverse(newer);
  return newer;
}

Chosen take_older(const Store::Records& all, const Page& page, const ApiCall& call, const Resource& resource) {
  const bool counted = page.token.direction == ' ';
  const auto from = counted ? all.rbegin() : std::make_reverse_iterator(all.lower_bound(page.token.number));
  return take(from, all.rend(), counted ? page.index * page.size : 0, page.size + 1, call, resource);
}

void check_days(const ApiCall& call, const Resource& resource) {
  for (const std::string_view name : resource.filters) {
    const std::string_view value = call.query.get(name);
    const bool day = value.empty() || !name.starts_with("Date") || is_day(std::string{value.substr(0, 10)});
    if (!day) throw BadParameter{"Invalid " + std::string{name}};
  }
}

Page read_page(ApiCall& call, const Resource& resource) {
  check_days(call, resource);
  Page page{read_number(call.query, "PageSize", 1, max_page_size, 50),
            read_number(call.query, "Page", 0, max_page, 0),
            read_token(call.query),
            {}};
  const Store::Records& all = call.world.store.all(call.account, call.path);
  if (page.token.direction == 'B') {
    page.records = take_newer(all, page, call, resource);
    page.more = true;
    return page;
  }
  page.records = take_older(all, page, call, resource);
  page.more = page.records.size() > page.size;
  if (page.more) page.records.pop_back();
  return page;
}

/// The addresses of the pages around one.
struct Addresses {
  boost::json::value self;
  boost::json::value first;
  boost::json::value next;
  boost::json::value previous;
};

std::string filters_of(const ApiCall& call, const Resource& resource) {
  std::string text;
  for (const std::string_view name : resource.filters) {
    const std::string_view value = call.query.get(name);
    if (!value.empty()) text += percent_encode(name) + "=" + percent_encode(value) + "&";
  }
  return text;
}

Addresses addresses_of(const ApiCall& call, const Resource& resource, const Page& page) {
  const bool v1 = resource.style == Style::v1;
  const std::string start = (v1 ? call.host + call.path : call.path + ".json") + "?" + filters_of(call, resource) +
                            "PageSize=" + std::to_string(page.size) + "&Page=";
  const auto at = [&](std::size_t index, Token token) {
    const std::string tail = token.direction == ' ' ? std::string{} : "&PageToken=" + write(token);
    return boost::json::value(start + std::to_string(index) + tail);
  };
  Addresses addresses{at(page.index, page.token), at(0, {}), nullptr, nullptr};
  if (page.more && !page.records.empty()) addresses.next = at(page.index + 1, {'A', page.records.back()->number});
  if (page.index > 0 && !page.records.empty()) {
    addresses.previous = at(page.index - 1, {'B', page.records.front()->number});
  } else if (page.index > 0) {
    addresses.previous = at(page.index - 1, {});
  }
  return addresses;
}

void add_v2010(boost::json::object& body, const Page& page, const Addresses& addresses) {
  const std::size_t start = page.index * page.size;
  body["page"] = page.index;
  body["page_size"] = page.size;
  body["start"] = start;
  body["end"] = page.records.empty() ? start : start + page.records.size() - 1;
  body["uri"] = addresses.self;
  body["first_page_uri"] = addresses.first;
  body["next_page_uri"] = addresses.next;
  body["previous_page_uri"] = addresses.previous;
}

void add_v1(boost::json::object& body, const Page& page, const Addresses& addresses, std::string_view key) {
  body["meta"] = {{"page", page.index},
                  {"page_size", page.size},
                  {"first_page_url", addresses.first},
                  {"previous_page_url", addresses.previous},
                  {"next_page_url", addresses.next},
                  {"url", addresses.self},
                  {"key", key}};
}

}  // namespace

boost::json::object show(const ApiCall& call, const Resource& resource, const Record& record) {
  boost::json::object shown = record.shown;
  if (resource.style == Style::v1) shown["url"] = call.host + record.path();
  if (resource.dress != nullptr) resource.dress(call, record, shown);
  return shown;
}

Response list_page(ApiCall& call, const Resource& resource) {
  const Page page = read_page(call, resource);
  const Addresses addresses = addresses_of(call, resource, page);
  boost::json::array list;
  for (const Record* record : page.records) list.emplace_back(show(call, resource, *record));
  boost::json::object body;
  body[resource.key] = std::move(list);
  if (resource.style == Style::v1) {
    add_v1(body, page, addresses, resource.key);
  } else {
    add_v2010(body, page, addresses);
  }
  return json_response(http::status::ok, body);
}

}  // namespace messenger::simulator::twilio
