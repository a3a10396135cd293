#include "alerts/desk/desk.h"

#include "store/keys.h"

namespace vroegsein {
namespace {

// Every signal is asked whether it was there before; hardly one was.
Status ExpectSignals(const std::vector<LogEntry>& entries, State* state) {
  constexpr size_t kFewest = 8;  // with less it costs more than it saves
  std::vector<std::string> keys;
  if (entries.size() < kFewest) return Status::Ok();
  keys.reserve(entries.size());
  for (const LogEntry& entry : entries) {
    if (!entry.event.has_signal()) continue;
    const Signal& signal = entry.event.signal().signal();
    keys.push_back(keys::Signal(entry.event.municipality(), signal.partner(), signal.id()));
  }
  return state->Expect(std::move(keys));
}

}  // namespace

Desk::Desk(Database* database, Log* log, const HouseholdMatcher* matcher,
           const DeskOptions& options)
    : database_(database),
      log_(log),
      options_(options),
      state_(database, options.state),
      step_(&state_, &policies_, matcher) {}

Result<size_t> Desk::RunOnce(std::chrono::milliseconds wait) {
  if (!failed_.ok()) return failed_;
  auto done = RunBatch(wait);
  failed_ = done.status();
  return done;
}

Result<size_t> Desk::RunBatch(std::chrono::milliseconds wait) {
  auto entries = log_->Take(options_.batch_max, wait);
  if (!entries.ok()) return entries.status();
  if (entries->empty()) return size_t{0};
  VROEGSEIN_RETURN_IF_ERROR(ExpectSignals(*entries, &state_));
  std::vector<Outcome> outcomes;
  outcomes.reserve(entries->size());
  for (LogEntry& entry : *entries) {
    auto outcome = step_.Apply(&entry.event);
    if (!outcome.ok()) {
      return outcome.status().Within("apply event " + std::to_string(entry.offset));
    }
    outcomes.push_back(std::move(*outcome));
    state_.EndEvent();
  }
  VROEGSEIN_RETURN_IF_ERROR(Commit(*entries));
  // Who waits for an answer keeps it, so those who only look come first.
  if (observer_) observer_(*entries, outcomes);
  for (size_t i = 0; i < entries->size(); ++i) {
    if ((*entries)[i].done) (*entries)[i].done(std::move(outcomes[i]));
  }
  VROEGSEIN_RETURN_IF_ERROR(CleanUp(*entries));
  return entries->size();
}

Status Desk::Commit(const std::vector<LogEntry>& entries) {
  log_->AddTo(&batch_, entries);
  state_.AddTo(&batch_, entries.back().offset);
  auto begin = std::chrono::steady_clock::now();
  Status committed = database_->Commit(&batch_).Within("commit a batch of events");
  last_commit_ = std::chrono::steady_clock::now() - begin;
  return committed;
}

// After a tick: the log is cut to what replay needs, and what was erased leaves the files too.
Status Desk::CleanUp(const std::vector<LogEntry>& entries) {
  const Event* tick = nullptr;
  for (const LogEntry& entry : entries) {
    if (entry.event.has_tick()) tick = &entry.event;
  }
  if (tick == nullptr) return Status::Ok();
  Instant before = InstantOf(tick->recorded_ms()) - std::chrono::days(options_.log_retention_days);
  VROEGSEIN_RETURN_IF_ERROR(log_->Trim(before, &batch_));
  VROEGSEIN_RETURN_IF_ERROR(database_->Commit(&batch_).Within("trim the log"));
  return step_.TakeErased() ? database_->RewriteFiles() : Status::Ok();
}

Status Desk::Run(const std::function<bool()>& stop) {
  constexpr std::chrono::milliseconds kWait{200};
  while (true) {
    bool stopping = stop();
    auto done = RunOnce(stopping ? std::chrono::milliseconds(0) : kWait);
    if (!done.ok()) return done.status();
    if (stopping && *done == 0) return Status::Ok();
  }
}

}  // namespace vroegsein
