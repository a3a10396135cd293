#include "alerts/nodes/remote_partition.h"

#include <algorithm>

#include "alerts/nodes/node_call.pb.h"
#include "alerts/nodes/outcome_record.h"

namespace vroegsein {
namespace {

// A scan that ends early should not have cost much; one that goes on should not ask often.
constexpr uint32_t kFirstRows = 64;
constexpr uint32_t kRowsMax = 4'096;
// Longer than the asked one waits itself (node_desk.h).
constexpr std::chrono::seconds kAppendMax{12};

Status NobodyAnswers(uint32_t partition) {
  return Status::Unavailable("no node that has partition " + std::to_string(partition) +
                             " answers");
}

Result<ReadAnswer> Read(const Roster& roster, const ReadCall& call) {
  NodeLink::Question question;
  question.path = "/lees";
  question.body = call.SerializeAsString();
  for (NodeLink* node : roster.ToAsk(call.partition())) {
    NodeAnswer given = node->Ask(question);
    ReadAnswer answer;
    if (given.how == Asking::kAnswered && answer.ParseFromString(given.body)) return answer;
  }
  return NobodyAnswers(call.partition());
}

}  // namespace

Result<std::optional<std::string>> RemoteDatabase::Get(std::string_view key) const {
  ReadCall call;
  call.set_partition(partition_);
  call.set_begin(std::string(key));
  auto answer = Read(*roster_, call);
  if (!answer.ok()) return answer.status();
  if (answer->rows().empty()) return std::optional<std::string>();
  return std::optional<std::string>(std::move(*answer->mutable_rows(0)->mutable_value()));
}

Status RemoteDatabase::Scan(std::string_view begin, std::string_view end, const Each& each) const {
  ReadCall call;
  call.set_partition(partition_);
  call.set_begin(std::string(begin));
  call.set_end(std::string(end));
  for (uint32_t rows = kFirstRows;; rows = std::min(rows * 4, kRowsMax)) {
    call.set_rows_max(rows);
    auto answer = Read(*roster_, call);
    if (!answer.ok()) return answer.status();
    for (const ReadRow& row : answer->rows()) {
      if (!each(row.key(), row.value())) return Status::Ok();
    }
    if (!answer->more() || answer->rows().empty()) return Status::Ok();
    // The first key that can come after the last one.
    call.set_begin(answer->rows(answer->rows_size() - 1).key() + '\0');
  }
}

void RemoteLog::Start() {
  thread_ = std::thread([this] { Work(); });
}

void RemoteLog::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Status RemoteLog::Append(Event&& event, Completion done) {
  std::lock_guard lock(mutex_);
  if (stopping_ || waiting_.size() >= waiting_max_) {
    return Status::Unavailable("the way to the log is full or closing; try again later");
  }
  waiting_.emplace_back(std::move(event), std::move(done));
  changed_.notify_all();
  return Status::Ok();
}

void RemoteLog::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    auto end =
        waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(kTogetherMax, waiting_.size()));
    std::vector<Waiting> some(std::make_move_iterator(waiting_.begin()),
                              std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    bool stopping = stopping_;
    lock.unlock();
    std::vector<Outcome> outcomes = stopping ? Unknown(some.size()) : HandOver(some);
    for (size_t i = 0; i < some.size(); ++i) {
      if (some[i].second) some[i].second(std::move(outcomes[i]));
    }
    lock.lock();
  }
}

std::vector<Outcome> RemoteLog::HandOver(const std::vector<Waiting>& some) const {
  AppendCall call;
  call.set_partition(partition_);
  for (const Waiting& one : some) *call.add_events() = one.first;
  NodeLink::Question question;
  question.path = "/voeg-toe";
  question.body = call.SerializeAsString();
  question.repeatable = false;
  question.deadline = kAppendMax;
  std::vector<Outcome> outcomes;
  for (NodeLink* node : roster_->ToAsk(partition_)) {
    NodeAnswer given = node->Ask(question);
    if (given.how == Asking::kNotTaken) continue;
    AppendAnswer answer;
    bool whole = given.how == Asking::kAnswered && answer.ParseFromString(given.body) &&
                 static_cast<size_t>(answer.outcomes_size()) == some.size();
    if (!whole) break;
    for (const OutcomeRecord& record : answer.outcomes()) outcomes.push_back(OutcomeOf(record));
    return outcomes;
  }
  return Unknown(some.size());
}

std::vector<Outcome> RemoteLog::Unknown(size_t count) const {
  Outcome unknown;
  unknown.status = NobodyAnswers(partition_);
  return std::vector<Outcome>(count, unknown);
}

}  // namespace vroegsein
