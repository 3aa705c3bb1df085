// SPDX-License-Identifier: Apache-2.0
#include "store/change_history.hpp"

#include <array>
#include <charconv>
#include <functional>

#include "store/outbox_rows.hpp"

namespace messenger::host {

namespace {

enum Member : std::size_t { instant, stage, attempt, messenger, outcome, reason, members };

// So that no member has a tab or the end of a line in it.
void append_escaped(std::string& line, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '\\':
        line += "\\\\";
        break;
      case '\t':
        line += "\\t";
        break;
      case '\n':
        line += "\\n";
        break;
      default:
        line += c;
    }
  }
}

std::string unescaped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i != text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char sign = text[++i];
    plain += sign == 't' ? '\t' : sign == 'n' ? '\n' : sign;
  }
  return plain;
}

std::string_view cut(std::string_view& text, char end) {
  const auto at = text.find(end);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

std::int64_t number(std::string_view text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

MessageChange read_line(std::string_view line, std::string_view route) {
  std::array<std::string_view, members> parts;
  for (std::string_view& part : parts) {
    part = cut(line, '\t');
  }
  MessageChange change{number(parts[instant]),    kept_stage(std::string(parts[stage])),
                       number(parts[attempt]),    unescaped(parts[messenger]),
                       unescaped(parts[outcome]), unescaped(parts[reason])};
  if (change.stage == MessageStage::leased && change.reason.empty()) {
    change.messenger_id = messenger_of_route(route);
    change.reason = begins_reason;
  }
  return change;
}

}  // namespace

std::string history_line(const MessageChange& change) {
  std::string line = std::to_string(change.instant);
  line.append("\t").append(to_string(change.stage)).append("\t").append(std::to_string(change.attempt));
  for (const std::string& text :
       {std::cref(change.messenger_id), std::cref(change.outcome), std::cref(change.reason)}) {
    append_escaped(line += '\t', text);
  }
  return line += '\n';
}

std::string begin_line_head(std::int64_t instant) {
  return std::to_string(instant).append("\t").append(to_string(MessageStage::leased)).append("\t");
}

std::string begin_line_tail() {
  return "\t\t\t\n";
}

std::vector<MessageChange> read_history(std::string_view history, std::int64_t insert_instant, std::string_view route) {
  std::vector<MessageChange> changes{{insert_instant, MessageStage::queued, 0, {}, {}, std::string(accepted_reason)}};
  while (!history.empty()) {
    changes.push_back(read_line(cut(history, '\n'), route));
  }
  return changes;
}

}  // namespace messenger::host
