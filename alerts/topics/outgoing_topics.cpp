#include "alerts/topics/outgoing_topics.h"

#include <utility>

namespace vroegsein {
namespace {

constexpr std::chrono::seconds kRetry{1};
// Events come in bunches: one round for all of them.
constexpr std::chrono::milliseconds kGather{100};
// So that whoever takes over has little to read.
constexpr std::chrono::seconds kCatchUpEvery{10};

}  // namespace

Result<std::unique_ptr<OutgoingTopics>> OutgoingTopics::Open(Parts parts) {
  auto told = ToldBook::Open(parts.api->installation->kafka, parts.data);
  if (!told.ok()) return told.status();
  return std::unique_ptr<OutgoingTopics>(new OutgoingTopics(std::move(parts), std::move(*told)));
}

OutgoingTopics::OutgoingTopics(Parts parts, std::unique_ptr<ToldBook> told)
    : parts_(std::move(parts)),
      told_(std::move(told)),
      feedback_(parts_.api, parts_.producer, told_.get(), parts_.owns),
      tasks_(parts_.api, parts_.producer, told_.get(), parts_.owns) {
  LookAtEverything();
}

void OutgoingTopics::LookAtEverything() {
  for (const auto& config : parts_.api->installation->municipalities) {
    municipalities_.insert(config.settings.code());
    tasks_.NoteAll(config.settings.code());
  }
  behind_ = true;
}

void OutgoingTopics::Start() {
  thread_ = std::thread([this] { Work(); });
}

void OutgoingTopics::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void OutgoingTopics::Note(const std::vector<LogEntry>& entries,
                          const std::vector<Outcome>& outcomes) {
  tasks_.Note(entries, outcomes);
  std::lock_guard lock(mutex_);
  for (const LogEntry& entry : entries) municipalities_.insert(entry.event.municipality());
  changed_.notify_all();
}

void OutgoingTopics::Turned() {
  std::lock_guard lock(mutex_);
  LookAtEverything();
  changed_.notify_all();
}

void OutgoingTopics::Work() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    changed_.wait_for(lock, kCatchUpEvery,
                      [this] { return stopping_ || behind_ || !municipalities_.empty(); });
    changed_.wait_for(lock, kGather, [this] { return stopping_.load(); });
    bool late = std::chrono::steady_clock::now() - caught_up_ > kCatchUpEvery;
    bool behind = std::exchange(behind_, false) || late;
    std::set<std::string> now = std::exchange(municipalities_, {});
    lock.unlock();
    Status worked = behind ? CatchUp() : Status::Ok();
    while (worked.ok() && !now.empty() && !stopping_) {
      worked = TellOf(*now.begin());
      if (worked.ok()) now.erase(now.begin());
    }
    if (!worked.ok()) parts_.complain(worked.message());
    lock.lock();
    if (worked.ok()) continue;
    municipalities_.merge(now);
    behind_ = true;
    changed_.wait_for(lock, kRetry, [this] { return stopping_.load(); });
  }
}

Status OutgoingTopics::CatchUp() {
  VROEGSEIN_RETURN_IF_ERROR(feedback_.CatchUp());
  VROEGSEIN_RETURN_IF_ERROR(tasks_.CatchUp());
  caught_up_ = std::chrono::steady_clock::now();
  return Status::Ok();
}

Status OutgoingTopics::TellOf(const std::string& municipality) {
  if (!parts_.owns(municipality)) return Status::Ok();
  VROEGSEIN_RETURN_IF_ERROR(feedback_.TellOf(municipality));
  return tasks_.TellOf(municipality);
}

}  // namespace vroegsein
