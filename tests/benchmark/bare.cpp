// SPDX-License-Identifier: Apache-2.0
#include "bare.hpp"

#include <curl/curl.h>
#include <messenger/plugin.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <stdexcept>

#include "figures.hpp"

namespace messenger::benchmark {

namespace {

std::size_t append(char* data, std::size_t size, std::size_t count, void* text) {
  static_cast<std::string*>(text)->append(data, size * count);
  return size * count;
}

// One easy handle, used for request after request.
struct Slot {
  CURL* easy = curl_easy_init();
  std::string reply;
  int starts = 0;

  Slot() = default;
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot() { curl_easy_cleanup(easy); }

  static int forbid_resend(void* self, char*, char*, int, int) {
    return ++static_cast<Slot*>(self)->starts > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
  }
};

class Bare {
 public:
  Bare(const Workload& workload, const Run& run) : run_(run), slots_(run.in_flight) {
    curl_url_set(url_, CURLUPART_URL, workload.url.c_str(), 0);
    for (const std::string& header : workload.headers) {
      headers_ = curl_slist_append(headers_, header.c_str());
    }
    curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, 4'096L);
    for (Slot& slot : slots_) {
      set_up(slot, workload);
    }
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() {
    slots_ = std::vector<Slot>();
    curl_multi_cleanup(multi_);
    curl_slist_free_all(headers_);
    curl_url_cleanup(url_);
    ::close(epoll_);
  }

  void send(std::size_t count) {
    done_ = 0;
    target_ = count;
    started_ = 0;
    for (std::size_t i = 0; i < std::min(run_.in_flight, count); ++i) {
      start(slots_[i]);
    }
    while (done_ < target_) {
      turn();
    }
  }

 private:
  void set_up(Slot& slot, const Workload& workload) {
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(slot.easy, option, value); };
    set(CURLOPT_PRIVATE, static_cast<void*>(&slot));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_USERAGENT, "messenger/" MSGR_VERSION);
    set(CURLOPT_CURLU, url_);
    set(CURLOPT_HTTPHEADER, headers_);
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, workload.body.c_str());
    set(CURLOPT_POSTFIELDSIZE, static_cast<long>(workload.body.size()));
    set(CURLOPT_WRITEFUNCTION, append);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&slot.reply));
    set(CURLOPT_PREREQFUNCTION, Slot::forbid_resend);
    set(CURLOPT_PREREQDATA, static_cast<void*>(&slot));
    set(CURLOPT_CLOSESOCKETFUNCTION, on_close);
    set(CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
  }

  void start(Slot& slot) {
    ++started_;
    slot.reply.clear();
    slot.starts = 0;
    curl_multi_add_handle(multi_, slot.easy);
  }

  void turn() {
    int running = 0;
    if (timer_is_due_) {
      timer_is_due_ = false;
      wait_milliseconds_ = -1;
      curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
      collect();
    }
    std::array<epoll_event, 256> events;
    const int count =
        epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timer_is_due_ ? 0 : wait_milliseconds_);
    if (count == 0) {
      timer_is_due_ = true;
    }
    for (int i = 0; i < count; ++i) {
      const auto& event = events[static_cast<std::size_t>(i)];
      const int what = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                       ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
      curl_multi_socket_action(multi_, event.data.fd, what, &running);
    }
    collect();
  }

  void collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      char* self = nullptr;
      long status = 0;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
      curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
      if (message->data.result != CURLE_OK || status / 100 != 2) {
        throw std::runtime_error("bare libcurl: a request failed");
      }
      curl_multi_remove_handle(multi_, message->easy_handle);
      ++done_;
      if (started_ < target_) {
        start(*reinterpret_cast<Slot*>(self));
      }
    }
  }

  static int on_timer(CURLM*, long milliseconds, void* self) {
    auto& bare = *static_cast<Bare*>(self);
    bare.timer_is_due_ = milliseconds == 0;
    bare.wait_milliseconds_ = milliseconds < 0 ? -1 : static_cast<int>(milliseconds);
    return 0;
  }

  // A socket stays in epoll, for reading, while its connection is idle.
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    auto& bare = *static_cast<Bare*>(self);
    const auto index = static_cast<std::size_t>(socket);
    bare.registered_.resize(std::max(bare.registered_.size(), index + 1));
    std::uint32_t& registered = bare.registered_[index];
    const std::uint32_t wanted = ((what & CURL_POLL_IN) != 0 && what != CURL_POLL_REMOVE ? EPOLLIN : 0U) |
                                 ((what & CURL_POLL_OUT) != 0 && what != CURL_POLL_REMOVE ? EPOLLOUT : 0U);
    if (wanted != registered && !(wanted == 0 && registered == EPOLLIN)) {
      epoll_event event{};
      event.events = wanted;
      event.data.fd = socket;
      epoll_ctl(bare.epoll_,
                registered == 0 ? EPOLL_CTL_ADD
                : wanted == 0   ? EPOLL_CTL_DEL
                                : EPOLL_CTL_MOD,
                socket, &event);
      registered = wanted;
    }
    return 0;
  }

  static int on_close(void* self, curl_socket_t socket) {
    auto& registered = static_cast<Bare*>(self)->registered_;
    if (static_cast<std::size_t>(socket) < registered.size()) {
      registered[static_cast<std::size_t>(socket)] = 0;
    }
    return ::close(socket);
  }

  Run run_;
  int epoll_ = epoll_create1(0);
  CURLM* multi_ = curl_multi_init();
  CURLU* url_ = curl_url();
  curl_slist* headers_ = nullptr;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> registered_;
  bool timer_is_due_ = false;
  int wait_milliseconds_ = -1;
  std::size_t started_ = 0, done_ = 0, target_ = 0;
};

}  // namespace

Cost run_bare(const Workload& workload, const Run& run) {
  Bare bare(workload, run);
  bare.send(2 * run.in_flight);  // opens the connections
  const Stopwatch watch;
  bare.send(run.sends);
  return watch.cost(run.sends);
}

std::string last_request(const std::string& server_url) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
  std::string bytes;
  curl_easy_setopt(easy.get(), CURLOPT_URL, (server_url + "/last").c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &bytes);
  if (curl_easy_perform(easy.get()) != CURLE_OK) {
    throw std::runtime_error("the benchmark's server does not answer");
  }
  return bytes;
}

}  // namespace messenger::benchmark
