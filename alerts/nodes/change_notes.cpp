#include "alerts/nodes/change_notes.h"

#include <google/protobuf/message.h>

#include <algorithm>

#include "alerts/nodes/outcome_record.h"

namespace vroegsein {
namespace {

// Its kind and its municipality.
Event Emptied(const Event& event) {
  Event emptied;
  emptied.set_municipality(event.municipality());
  const auto* body = event.GetDescriptor()->FindOneofByName("body");
  const auto* kind = event.GetReflection()->GetOneofFieldDescriptor(event, body);
  if (kind != nullptr) emptied.GetReflection()->MutableMessage(&emptied, kind);
  return emptied;
}

NoteRecord NoteOf(const LogEntry& entry, const Outcome& outcome) {
  NoteRecord note;
  *note.mutable_event() = Emptied(entry.event);
  Outcome told;
  told.case_id = outcome.case_id;
  told.regrouped = outcome.regrouped;
  if (outcome.receipt) {
    told.receipt.emplace();
    told.receipt->case_id = outcome.receipt->case_id;
  }
  *note.mutable_outcome() = RecordOf(told);
  return note;
}

}  // namespace

void ChangeNotes::Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes) {
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < entries.size(); ++i) {
    notes_.push_back(NoteOf(entries[i], outcomes[i]));
    ++last_;
  }
  while (notes_.size() > kKeptMax) notes_.pop_front();
  changed_.notify_all();
}

NotesAnswer ChangeNotes::After(const NotesCall& call) {
  std::unique_lock lock(mutex_);
  NotesAnswer answer;
  answer.set_start(start_);
  bool known = call.start() == start_ && call.after() <= last_;
  if (known) {
    changed_.wait_for(lock, kWait, [&] { return stopping_ || last_ > call.after(); });
  }
  answer.set_gap(!known || last_ - call.after() > notes_.size());
  answer.set_last(last_);
  if (answer.gap()) return answer;
  uint64_t told = std::min<uint64_t>(last_ - call.after(), kToldMax);
  auto first = notes_.end() - static_cast<std::ptrdiff_t>(last_ - call.after());
  for (uint64_t i = 0; i < told; ++i) *answer.add_notes() = *first++;
  answer.set_last(call.after() + told);
  return answer;
}

void ChangeNotes::Stop() {
  std::lock_guard lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
}

}  // namespace vroegsein
