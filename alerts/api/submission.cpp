#include "alerts/api/submission.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace vroegsein {
namespace {

// How long at most until a full log, or a desk that stopped, is looked at again.
constexpr std::chrono::milliseconds kLookAgain{20};

Status NoAnswer(bool desk_works) {
  return Status::Unavailable(desk_works ? "no answer before the deadline" : "the desk has stopped");
}

}  // namespace

struct Submission::Answers {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Outcome> outcomes;  // guarded by mutex, as is the rest
  std::vector<bool> answered;
  size_t open = 0;
  bool wants_room = false;  // somebody waits for one answer
};

Submission::Submission(Appender* log, const std::function<bool()>* desk_works,
                       Clock::time_point deadline)
    : log_(log),
      desk_works_(desk_works),
      deadline_(deadline),
      answers_(std::make_shared<Answers>()) {}

Status Submission::Add(Event&& event) {
  size_t slot = 0;
  {
    std::lock_guard lock(answers_->mutex);
    slot = answers_->outcomes.size();
    answers_->outcomes.emplace_back();
    answers_->answered.push_back(false);
    ++answers_->open;
  }
  auto done = [answers = answers_, slot](Outcome&& outcome) {
    std::lock_guard lock(answers->mutex);
    answers->outcomes[slot] = std::move(outcome);
    answers->answered[slot] = true;
    --answers->open;
    if (answers->open == 0 || answers->wants_room) answers->changed.notify_all();
  };
  Status appended;
  while (true) {
    appended = log_->Append(std::move(event), done);
    bool again =
        appended.code() == StatusCode::kUnavailable && (*desk_works_)() && Clock::now() < deadline_;
    if (!again) break;
    std::unique_lock lock(answers_->mutex);
    answers_->wants_room = true;
    answers_->changed.wait_for(lock, kLookAgain);
    answers_->wants_room = false;
  }
  if (!appended.ok()) {
    std::lock_guard lock(answers_->mutex);
    answers_->outcomes.pop_back();
    answers_->answered.pop_back();
    --answers_->open;
  }
  return appended;
}

std::vector<Outcome> Submission::Gather() {
  std::unique_lock lock(answers_->mutex);
  while (answers_->open > 0 && (*desk_works_)() && Clock::now() < deadline_) {
    answers_->changed.wait_until(lock, std::min(deadline_, Clock::now() + kLookAgain));
  }
  if (answers_->open == 0) return std::move(answers_->outcomes);
  std::vector<Outcome> known = answers_->outcomes;
  for (size_t i = 0; i < known.size(); ++i) {
    if (!answers_->answered[i]) known[i].status = NoAnswer((*desk_works_)());
  }
  return known;
}

Result<std::vector<Outcome>> Submission::Wait() {
  std::vector<Outcome> outcomes = Gather();
  // Of an event for another node it may be unknown what became of it.
  for (const Outcome& outcome : outcomes) {
    if (outcome.status.code() == StatusCode::kUnavailable) return outcome.status;
  }
  return outcomes;
}

}  // namespace vroegsein
