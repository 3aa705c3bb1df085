#include "simulator/twilio/media.hpp"

#include <array>
#include <string>

#include "simulator/text.hpp"
#include "simulator/twilio/crud.hpp"
#include "simulator/twilio/day_filter.hpp"

namespace messenger::simulator::twilio {
namespace {

struct Ending {
  std::string_view text;
  std::string_view type;
};

constexpr std::array endings{Ending{".png", "image/png"}, Ending{".gif", "image/gif"}, Ending{".mp4", "video/mp4"},
                             Ending{".pdf", "application/pdf"}, Ending{".vcf", "text/vcard"}};

// Twilio asks the server that has it; the simulator goes by the name and fetches nothing.
std::string_view type_of(std::string_view url) {
  const std::string_view path = url.substr(0, url.find('?'));
  for (const Ending& ending : endings) {
    if (path.ends_with(ending.text)) return ending.type;
  }
  return "image/jpeg";
}

bool accepts(const ApiCall& call, const Record& record) {
  return accepts_day(call.query, "DateCreated", record.created);
}

constexpr std::array<std::string_view, 3> filters{"DateCreated", "DateCreated<", "DateCreated>"};

}  // namespace

const Resource media{.list = "/2010-04-01/Accounts/{AC}/Messages/{SM|MM}/Media",
                     .sid = "ME",
                     .key = "media_list",
                     .style = Style::v2010,
                     .calls = {.remove = true},
                     .filters = filters,
                     .accepts = accepts};

void add_media(const ApiCall& call, const Record& message) {
  for (const std::string_view url : call.form.all("MediaUrl")) {
    Record record = make_record(call, Style::v2010, message.path() + "/Media", random_sid("ME"));
    record.shown["content_type"] = type_of(url);
    record.shown["parent_sid"] = message.sid;
    call.world.store.add(std::move(record));
  }
}

}  // namespace messenger::simulator::twilio
