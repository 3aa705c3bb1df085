#include "simulator/twilio/message_list.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "simulator/twilio/error.hpp"
#include "simulator/twilio/message_filter.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::size_t max_page_size = 1000;
constexpr std::size_t max_page = 1'000'000;

std::size_t read_number(const Form& query, const std::string& name, std::size_t smallest, std::size_t largest,
                        std::size_t standard) {
  const std::string_view text = query.get(name);
  if (text.empty()) return standard;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool complete = error == std::errc{} && end == text.data() + text.size();
  if (!complete || number < smallest || number > largest) throw BadParameter{"Invalid " + name};
  return number;
}

/// The query of a list, read.
struct Query {
  MessageFilter filter;
  std::size_t size;
  std::size_t page;

  explicit Query(const Form& form)
      : filter{form},
        size{read_number(form, "PageSize", 1, max_page_size, 50)},
        page{read_number(form, "Page", 0, max_page, 0)} {}
};

std::vector<const Message*> select(const MessageStore& store, std::string_view account, const MessageFilter& filter) {
  std::vector<const Message*> selected;
  for (auto message = store.all().rbegin(); message != store.all().rend(); ++message) {
    if (message->account == account && filter.accepts(*message)) selected.push_back(&*message);
  }
  return selected;
}

std::string page_uri(std::string_view path, const Query& query, std::size_t page) {
  return std::string{path} + "?PageSize=" + std::to_string(query.size) + "&Page=" + std::to_string(page) +
         query.filter.to_query();
}

json::object page_of(const std::vector<const Message*>& selected, std::string_view path, const Query& query) {
  const std::size_t start = query.page * query.size;
  const std::size_t stop = std::min(start + query.size, selected.size());
  json::array messages;
  for (std::size_t i = start; i < stop; ++i) messages.emplace_back(to_json(*selected[i]));
  const bool more = stop < selected.size();
  const std::size_t end = messages.empty() ? start : stop - 1;
  return {{"messages", std::move(messages)},
          {"page", query.page},
          {"page_size", query.size},
          {"start", start},
          {"end", end},
          {"uri", page_uri(path, query, query.page)},
          {"first_page_uri", page_uri(path, query, 0)},
          {"next_page_uri", more ? json::value(page_uri(path, query, query.page + 1)) : json::value{}},
          {"previous_page_uri", query.page > 0 ? json::value(page_uri(path, query, query.page - 1)) : json::value{}}};
}

}  // namespace

Response list_messages(const MessageStore& store, std::string_view account, const Target& target) {
  try {
    const Query query{Form{target.query}};
    return json_response(http::status::ok, page_of(select(store, account, query.filter), target.path, query));
  } catch (const BadParameter& problem) {
    return error_response({20001, problem.what()});
  }
}

}  // namespace messenger::simulator::twilio
