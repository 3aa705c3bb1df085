// SPDX-License-Identifier: Apache-2.0
#include "io_loop.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "curl_memory.hpp"

namespace messenger::http {

namespace {

std::uint64_t monotonic_ns() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

// The host's signals are for its own threads; and a peer that hangs up must not raise SIGPIPE here.
class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;
  ~AllSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

IoLoop::IoLoop(std::size_t index, const Settings& settings)
    : index_(index), multis_(sockets_, now_ns_, static_cast<std::size_t>(settings.max_idle_connections)) {
  taken_.reserve(Inbox::kept);
  sockets_.add_wakeup(inbox_.descriptor());
  {
    const AllSignalsBlocked inherited_by_the_thread;
    thread_ = std::thread(&IoLoop::run, this);
  }
  thread_id_ = thread_.get_id();
  pthread_setname_np(thread_.native_handle(), "msgr-http");
}

IoLoop::~IoLoop() {
  stop();
}

void IoLoop::stop() {
  inbox_.stop();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void IoLoop::set_close_socket(CURL* easy) noexcept {
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &IoLoop::close_socket);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
}

bool IoLoop::submit(std::unique_ptr<Transfer> transfer) {
  if (is_current_thread()) {
    if (ending_) {
      return false;  // a callback that tries again for ever must not keep the loop alive
    }
    start(std::move(transfer));  // in a callback: no queue, no system call
    return true;
  }
  Endpoint& endpoint = transfer->endpoint();
  return inbox_.post({Command::Kind::submit, &endpoint, std::move(transfer), 0});
}

void IoLoop::cancel(Endpoint& endpoint, std::uint64_t ticket) {
  if (is_current_thread()) {
    cancel_if(endpoint, &ticket);
  } else {
    inbox_.post({Command::Kind::cancel, &endpoint, nullptr, ticket});
  }
}

bool IoLoop::close(Endpoint& endpoint) {
  return inbox_.post({Command::Kind::close, &endpoint, nullptr, 0});
}

void IoLoop::run() {
  const ThreadMemory memory;
  now_ns_ = monotonic_ns();
  while (true) {
    collect_done();  // a whole answer that is here outranks a cancel that came with it
    ending_ = take_commands();
    if (ending_) {
      cancel_everything();
    }
    expire_overdue();  // what is late already must not leave
    multis_.act_if_due();
    collect_done();
    if (deliver()) {
      multis_.act_if_due();  // what the callbacks started leaves before the thread sleeps
      collect_done();
    }
    multis_.tidy();
    if (ending_ && open_count_ == 0 && inbox_.try_to_end()) {
      return;
    }
    wait(finished_.empty() && !ending_);
  }
}

bool IoLoop::take_commands() {
  const bool stopping = inbox_.take(taken_);
  for (Command& command : taken_) {
    execute(command);
  }
  taken_.clear();
  return stopping;
}

void IoLoop::execute(Command& command) {
  switch (command.kind) {
    case Command::Kind::submit:
      start(std::move(command.transfer));
      break;
    case Command::Kind::cancel:
      cancel_if(*command.endpoint, &command.ticket);
      break;
    case Command::Kind::close:
      cancel_if(*command.endpoint, nullptr);
      closing_.push_back(command.endpoint);
      break;
  }
}

void IoLoop::start(std::unique_ptr<Transfer> owned) {
  Transfer& transfer = *owned.release();  // deliver() takes it back
  transfer.start(now_ns_);
  transfer.endpoint().open_transfers(index_).push_back(transfer);
  ++open_count_;
  set_timer(transfer);
  if (!multis_.add(transfer)) {
    transfer.finish(CURLE_FAILED_INIT);
    end(transfer);
  }
}

// A transfer has a timer as long as libcurl has it. Tickets grow, so a drain that cancels them in order finds each at
// the front.
void IoLoop::cancel_if(Endpoint& endpoint, const std::uint64_t* ticket) {
  auto& open = endpoint.open_transfers(index_);
  for (auto next = open.begin(); next != open.end();) {
    Transfer& transfer = *next++;
    if ((ticket == nullptr || transfer.ticket() == *ticket) && transfer.in_timers.is_linked()) {
      transfer.finish_with(MSGR_HTTP_CANCELLED);
      end(transfer);
    }
  }
}

// The callback waits for the top of the loop.
void IoLoop::end(Transfer& transfer) noexcept {
  multis_.remove(transfer);
  timers_.erase(timers_.iterator_to(transfer));
  finished_.push_back(transfer);
}

void IoLoop::set_timer(Transfer& transfer) {
  transfer.check_at_ns = transfer.next_check(now_ns_);
  timers_.insert(timers_.cend(), transfer);  // mostly the latest: the hint makes it cheap
}

void IoLoop::collect_done() {
  multis_.collect_ended([this](Transfer& transfer, CURLcode code) {
    transfer.finish(code);
    end(transfer);
  });
}

// A timer may be early: then it is set anew.
void IoLoop::expire_overdue() {
  while (!timers_.empty() && timers_.begin()->check_at_ns <= now_ns_) {
    Transfer& transfer = *timers_.begin();
    const auto failure = transfer.overdue(now_ns_);
    if (failure != MSGR_HTTP_RESPONSE) {
      transfer.finish_with(failure);
      end(transfer);
    } else {
      timers_.erase(timers_.begin());
      set_timer(transfer);
    }
  }
}

bool IoLoop::deliver() {
  bool called_back = false;
  Finished batch;
  batch.swap(finished_);  // what a callback ends is for the next turn
  while (!batch.empty()) {
    std::unique_ptr<Transfer> transfer(&batch.front());
    batch.pop_front();
    Endpoint& endpoint = transfer->endpoint();
    transfer->deliver();
    auto& open = endpoint.open_transfers(index_);
    open.erase(open.iterator_to(*transfer));
    --open_count_;
    endpoint.release(std::move(transfer));
    called_back = true;
  }
  std::erase_if(closing_, [this](Endpoint* endpoint) {
    const bool done = endpoint->open_transfers(index_).empty();
    if (done) {
      endpoint->leave(*this);
      endpoint->loop_is_done();  // it may be gone now
    }
    return done;
  });
  return called_back;
}

void IoLoop::wait(bool block) {
  int milliseconds = 0;
  if (block) {
    milliseconds = inbox_.fall_asleep() ? wait_milliseconds() : 0;
  }
  std::array<epoll_event, 256> events;
  const int count = epoll_wait(sockets_.epoll(), events.data(), static_cast<int>(events.size()), milliseconds);
  if (block) {
    inbox_.wake_up();
  }
  now_ns_ = monotonic_ns();
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == inbox_.descriptor()) {
      inbox_.clear_descriptor();
    } else if (Multi* const multi = sockets_.waiting(event.data.fd)) {
      const int what = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                       ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                       ((event.events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
      multi->act(event.data.fd, what);
    }
  }
}

int IoLoop::wait_milliseconds() const noexcept {
  const std::uint64_t own = timers_.empty() ? never_ns : timers_.begin()->check_at_ns;
  const std::uint64_t next = std::min(own, multis_.next_ns());
  if (next == never_ns) {
    return -1;
  }
  const std::uint64_t left = next > now_ns_ ? next - now_ns_ : 0;
  return static_cast<int>(std::min<std::uint64_t>((left + 999'999) / 1'000'000, 60'000));
}

void IoLoop::cancel_everything() {
  while (!timers_.empty()) {  // each transfer that libcurl holds has a timer
    Transfer& transfer = *timers_.begin();
    transfer.finish_with(MSGR_HTTP_CANCELLED);
    end(transfer);
  }
}

curl_socket_t IoLoop::open_socket(Multi& multi, const curl_sockaddr& address) noexcept {
  const int socket = ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  if (socket < 0) {
    return CURL_SOCKET_BAD;
  }
  try {
    sockets_.opened(multi, socket);
    multis_.count_connection(multi, true);
    connections_opened_.fetch_add(1, std::memory_order_relaxed);
    return socket;
  } catch (...) {
    ::close(socket);
    return CURL_SOCKET_BAD;
  }
}

int IoLoop::close_socket(void* self, curl_socket_t socket) noexcept {
  auto& loop = *static_cast<IoLoop*>(self);
  if (Multi* const multi = loop.sockets_.closing(socket)) {
    loop.multis_.count_connection(*multi, false);
  }
  return ::close(socket);
}

}  // namespace messenger::http
