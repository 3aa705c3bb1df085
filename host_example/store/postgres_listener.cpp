// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_listener.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "store/postgres_connection.hpp"

namespace messenger::host {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortest_pause = 100ms, longest_pause = 5s, longest_step = 5s, for_ever = -1ms;

constexpr std::array topics{Topic::outbox, Topic::cancel, Topic::messenger, Topic::key, Topic::all};

std::string_view text(Topic topic) {
  switch (topic) {
    case Topic::outbox:
      return "outbox";
    case Topic::cancel:
      return "cancel";
    case Topic::messenger:
      return "messenger";
    case Topic::key:
      return "key";
    case Topic::all:
      break;
  }
  return "all";
}

}  // namespace

std::string to_payload(Topic topic, std::string_view subject) {
  return std::string(text(topic)).append(" ").append(subject);
}

std::optional<Notice> to_notice(std::string_view payload) {
  const auto blank = payload.find(' ');
  const auto* const topic =
      std::find_if(topics.begin(), topics.end(), [&](Topic known) { return text(known) == payload.substr(0, blank); });
  if (blank == std::string_view::npos || topic == topics.end()) {
    return std::nullopt;
  }
  return Notice{*topic, std::string(payload.substr(blank + 1))};
}

PostgresListener::PostgresListener(const PostgresAddress& address, NoticeFunction notice)
    : uri_(address.uri()), notice_(std::move(notice)), stop_(::eventfd(0, EFD_CLOEXEC)) {
  if (stop_ < 0) {
    throw std::system_error(errno, std::system_category(), "eventfd");
  }
  std::promise<void> first;
  const auto tried = first.get_future();
  thread_ = std::thread([this, first = std::move(first)]() mutable { run(std::move(first)); });
  ::pthread_setname_np(thread_.native_handle(), "host-listen");
  tried.wait();
}

PostgresListener::~PostgresListener() {
  ::eventfd_write(stop_, 1);
  thread_.join();
  ::close(stop_);
}

void PostgresListener::run(std::promise<void> first) {
  const Session session = connect();
  first.set_value();
  if (session) {
    hear(session.get());
  }
  for (auto pause = shortest_pause; wait(-1, 0, pause) != Woken::stop; pause = std::min(2 * pause, longest_pause)) {
    if (const Session again = connect()) {
      pause = shortest_pause;
      notice_({Topic::all});
      hear(again.get());
    }
  }
}

PostgresListener::Woken PostgresListener::wait(int descriptor, short events, std::chrono::milliseconds within) const {
  std::array<pollfd, 2> polled{{{stop_, POLLIN, 0}, {descriptor, events, 0}}};
  int count = 0;
  do {
    count = ::poll(polled.data(), polled.size(), static_cast<int>(within.count()));
  } while (count < 0 && errno == EINTR);
  return polled[0].revents != 0 ? Woken::stop : count == 0 ? Woken::late : Woken::ready;
}

PostgresListener::Session PostgresListener::connect() const {
  Session session(::PQconnectStart(uri_.c_str()));
  ::PQsetNoticeProcessor(
      session.get(), [](void*, const char*) {}, nullptr);
  short events = POLLOUT;
  for (;;) {
    if (::PQstatus(session.get()) == CONNECTION_BAD ||
        wait(::PQsocket(session.get()), events, longest_step) != Woken::ready) {
      return nullptr;
    }
    const auto next = ::PQconnectPoll(session.get());
    if (next == PGRES_POLLING_OK) {
      return subscribe(session.get()) ? std::move(session) : nullptr;
    }
    if (next == PGRES_POLLING_FAILED) {
      return nullptr;
    }
    events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  }
}

bool PostgresListener::subscribe(PGconn* connection) const {
  if (::PQsendQuery(connection, ("LISTEN " + std::string(postgres_channel)).c_str()) != 1) {
    return false;
  }
  while (::PQisBusy(connection) == 1) {
    if (wait(::PQsocket(connection), POLLIN, longest_step) != Woken::ready || ::PQconsumeInput(connection) != 1) {
      return false;
    }
  }
  bool done = false;
  while (PGresult* const result = ::PQgetResult(connection)) {
    done = ::PQresultStatus(result) == PGRES_COMMAND_OK;
    ::PQclear(result);
  }
  return done;
}

// Until it is cut, or nobody listens any more.
void PostgresListener::hear(PGconn* connection) const {
  do {
    while (PGnotify* const told = ::PQnotifies(connection)) {
      const auto notice = to_notice(told->extra);
      ::PQfreemem(told);
      if (notice) {
        notice_(*notice);
      }
    }
  } while (wait(::PQsocket(connection), POLLIN, for_ever) == Woken::ready && ::PQconsumeInput(connection) == 1);
}

}  // namespace messenger::host
