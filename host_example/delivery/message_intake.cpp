// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_intake.hpp"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>
#include <utility>

#include "delivery/send.hpp"

namespace messenger::host {

namespace {

// So that the dispatcher's units come in between, and an answer is not long in coming.
constexpr std::size_t most_in_a_unit = 500;
constexpr std::chrono::milliseconds shortest_round{2};

std::vector<const Submission*> pointers(const std::vector<Submission>& submissions) {
  std::vector<const Submission*> all;
  std::transform(submissions.begin(), submissions.end(), std::back_inserter(all),
                 [](const Submission& submission) { return &submission; });
  return all;
}

}  // namespace

struct MessageIntake::Entry {
  Entry(const Store& store, std::vector<Submission> what, Done then)
      : submissions(std::move(what)), drafts(store, pointers(submissions)), done(std::move(then)) {}
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  ~Entry() {
    for (Submission& submission : submissions) {
      wipe_message(submission.message);
    }
  }

  std::vector<Submission> submissions;
  MessageDrafts drafts;
  const Done done;
};

MessageIntake::MessageIntake(Store& store, const Log& log, const std::function<void(Priority)>& wake,
                             const Messages::Options& options)
    : store_(store), log_(log), wake_(wake), options_(options) {}

MessageIntake::~MessageIntake() {
  stop();
}

void MessageIntake::stop() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    thread = std::move(thread_);
  }
  changed_.notify_one();
  if (thread.joinable()) {
    thread.join();
  }
}

void MessageIntake::put(std::vector<Submission> submissions, Done done) {
  auto entry = std::make_unique<Entry>(store_, std::move(submissions), std::move(done));
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      throw StoreBusy("The host is ending.");
    }
    if (!thread_.joinable()) {
      thread_ = std::thread([this] { run(); });
      ::pthread_setname_np(thread_.native_handle(), "host-accept");
    }
    waiting_.push_back(std::move(entry));
  }
  changed_.notify_one();
}

// Where many come at the same time they are let come: a commit costs more than what is in it. Who comes alone does not
// wait.
void MessageIntake::run() {
  for (Group group = next(); !group.empty(); group = next()) {
    const auto began = std::chrono::steady_clock::now();
    commit(group);
    if (group.size() > 1) {
      std::this_thread::sleep_until(began + shortest_round);
    }
  }
}

// What goes into one unit; nothing is the end.
MessageIntake::Group MessageIntake::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  Group group;
  group.reserve(waiting_.size());
  std::size_t messages = 0;
  while (!waiting_.empty() && (group.empty() || messages + waiting_.front()->submissions.size() <= most_in_a_unit)) {
    messages += waiting_.front()->submissions.size();
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  return group;
}

void MessageIntake::commit(Group& group) noexcept {
  MessageDrafts drafts;
  std::vector<Accepted> accepted;
  std::exception_ptr busy;
  if (!commit_all(group, drafts, accepted, busy)) {
    return commit_each(group, drafts, busy);
  }
  auto next = std::make_move_iterator(accepted.begin());
  for (const auto& entry : group) {
    const auto end = next + static_cast<std::ptrdiff_t>(entry->submissions.size());
    give(*entry, {next, end}, nullptr);
    next = end;
  }
}

// False when the unit was undone; `busy`: because of the store, and not of what was to be kept.
bool MessageIntake::commit_all(const Group& group, MessageDrafts& drafts, std::vector<Accepted>& accepted,
                               std::exception_ptr& busy) {
  bool taken = false;
  try {
    std::vector<MessageDrafts*> parts;
    for (const auto& entry : group) {
      parts.push_back(&entry->drafts);
    }
    drafts.take(parts);
    taken = true;
    accepted = unit(drafts, 0, drafts.size());
    return true;
  } catch (const StoreBusy&) {
    busy = std::current_exception();
  } catch (...) {
    if (group.size() == 1 || !taken) {
      busy = std::current_exception();
    }
  }
  return false;
}

// What one of them is to blame for is not the others' affair; a store that is busy is not waited for again by each.
void MessageIntake::commit_each(const Group& group, MessageDrafts& drafts, std::exception_ptr busy) {
  std::size_t first = 0;
  for (const auto& entry : group) {
    const std::size_t count = entry->submissions.size();
    std::exception_ptr error = busy;
    std::vector<Accepted> accepted;
    try {
      if (!busy) {
        accepted = unit(drafts, first, count);
      }
    } catch (const StoreBusy&) {
      error = busy = std::current_exception();
    } catch (...) {
      error = std::current_exception();
    }
    give(*entry, std::move(accepted), error);
    first += count;
  }
}

std::vector<Accepted> MessageIntake::unit(MessageDrafts& drafts, std::size_t first, std::size_t count) {
  auto accepted = store_.with([&](Transaction& transaction) { return drafts.add(transaction, options_, first, count); },
                              Sharing::rows);
  if (std::any_of(accepted.begin(), accepted.end(), [](const Accepted& one) { return one.issues.empty(); })) {
    wake_(drafts.most_urgent(first, count));
  }
  return accepted;
}

void MessageIntake::give(const Entry& entry, std::vector<Accepted> accepted, const std::exception_ptr& error) noexcept {
  try {
    entry.done(std::move(accepted), error);
  } catch (const std::exception& thrown) {
    log_.error("What follows an acceptance failed: " + std::string(thrown.what()));
  }
}

}  // namespace messenger::host
