// SPDX-License-Identifier: Apache-2.0
#include "common/json_reply.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <array>
#include <charconv>
#include <cstdint>

namespace messenger::common {
namespace {

using boost::json::error_code;
using boost::json::string_view;

// Boost.JSON's event interface: no document is built for a reply of which four members matter.
class Handler {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  explicit Handler(std::span<ReplyMember> wanted) : wanted_(wanted) {}

  [[nodiscard]] bool is_object() const noexcept { return is_object_; }
  void drop_last_number() noexcept {
    if (last_ != nullptr && last_->is_number) {
      last_->text.clear();
    }
  }

  static bool on_document_begin(error_code&) noexcept { return true; }
  static bool on_document_end(error_code&) noexcept { return true; }
  bool on_object_begin(error_code&) noexcept {
    is_object_ = is_object_ || depth_ == 0;
    return enter();
  }
  bool on_object_end(std::size_t, error_code&) noexcept { return leave(); }
  bool on_array_begin(error_code&) noexcept { return enter(); }
  bool on_array_end(std::size_t, error_code&) noexcept { return leave(); }

  bool on_key_part(string_view part, std::size_t, error_code&) noexcept {
    if (depth_ == 1) {
      key_.append({part.data(), part.size()});
    }
    return true;
  }
  bool on_key(string_view part, std::size_t size, error_code& error) noexcept {
    if (depth_ != 1) {
      return true;
    }
    if (part.size() == size) {  // mostly it is in one piece
      select({part.data(), part.size()});
      return true;
    }
    on_key_part(part, size, error);
    select(key_.view());
    key_.clear();
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) noexcept {
    if (current_ != nullptr) {
      current_->text.append({part.data(), part.size()});
    }
    return true;
  }
  bool on_string(string_view part, std::size_t, error_code& error) noexcept {
    on_string_part(part, 0, error);
    return skip();
  }
  static bool on_number_part(string_view, error_code&) noexcept { return true; }
  bool on_int64(std::int64_t value, string_view, error_code&) noexcept { return number(value); }
  bool on_uint64(std::uint64_t value, string_view, error_code&) noexcept { return number(value); }
  bool on_double(double, string_view, error_code&) noexcept { return skip(); }
  bool on_bool(bool, error_code&) noexcept { return skip(); }
  bool on_null(error_code&) noexcept { return skip(); }
  static bool on_comment_part(string_view, error_code&) noexcept { return true; }
  static bool on_comment(string_view, error_code&) noexcept { return true; }

 private:
  bool enter() noexcept {
    ++depth_;
    return skip();
  }
  bool leave() noexcept {
    --depth_;
    return true;
  }
  bool skip() noexcept {
    current_ = nullptr;
    return true;
  }
  void select(std::string_view key) noexcept {
    current_ = last_ = nullptr;
    for (ReplyMember& member : wanted_) {
      if (member.name == key) {
        current_ = last_ = &member;
      }
    }
    if (current_ != nullptr) {
      current_->text.clear();  // of a name that stands twice the last one counts
      current_->is_number = false;
    }
  }
  template <class Integer>
  bool number(Integer value) noexcept {
    if (current_ == nullptr) {
      return true;
    }
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    if (error == std::errc{}) {
      current_->text.append({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }
    current_->is_number = true;
    return skip();
  }

  std::span<ReplyMember> wanted_;
  ReplyMember* current_ = nullptr;
  ReplyMember* last_ = nullptr;
  std::size_t depth_ = 0;
  bool is_object_ = false;
  ShortText<32> key_{};
};

}  // namespace

bool read_reply(std::string_view body, std::span<ReplyMember> wanted) noexcept {
  boost::json::basic_parser<Handler> parser(boost::json::parse_options{}, wanted);
  error_code error;
  const std::size_t read = parser.write_some(false, body.data(), body.size(), error);
  const bool whole = !error && read == body.size();
  const bool in_number =
      !body.empty() && std::string_view("0123456789.eE+-").find(body.back()) != std::string_view::npos;
  if (!whole && in_number) {
    parser.handler().drop_last_number();
  }
  return whole && parser.handler().is_object();
}

}  // namespace messenger::common
