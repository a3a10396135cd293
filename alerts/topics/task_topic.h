// TaskTopic: the open tasks, each time that one changes, on PREFIX.taken, as CloudEvents of the
// type nl.vroegsein.taak.v1:
//
//   "data": { "zaakId", "gemeentecode", "status": "open" | "opgepakt" | "vervallen", "team",
//             "zone", "prioriteit", "score", "crisis", "deadline" }
//
// `vervallen`: there is no such open task any more; the rest of it is then left out. Who has it,
// and whom it is about, is not in it. The id is the case and the number of the change in the log of
// its municipality (`0080-17-1/312`, desk/task_index.h): the same whoever tells it, and when. Of a
// case the highest number counts; whoever reads a lower one later drops it, so that it does no harm
// when an owner that was replaced tells something still. Changes that follow one another closely
// are told as one.
//
// Only what comes after what was told last is told: a store that is behind (a checkpoint's, that of
// a node that hung) is silent.
//
// Threads: Note() and NoteAll() from any, the rest from one. Errors: of the store and of the
// brokers; what was not told is told again.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "alerts/api/api_context.h"
#include "alerts/topics/told_book.h"
#include "store/kafka/kafka_producer.h"

namespace vroegsein {

// What was told of one task.
struct ToldTask {
  uint64_t change = 0;  // its number
  bool over = false;
  std::string digest;
};

class TaskTopic {
 public:
  // With more of them, of all municipalities together, every task of a municipality is looked at:
  // that takes as long as there are tasks, while a burst only makes more of them.
  static constexpr size_t kChangedMax = 20'000;

  // All must outlive it.
  TaskTopic(const ApiContext* api, KafkaProducer* producer, ToldBook* told, Owns owns)
      : api_(api), producer_(producer), told_(told), owns_(std::move(owns)) {}

  void Note(const std::vector<LogEntry>& entries, const std::vector<Outcome>& outcomes);
  void NoteAll(const std::string& municipality);

  Status CatchUp();
  Status TellOf(const std::string& municipality);

 private:
  // Of one municipality: the numbers of a household and of its case.
  using CaseNumber = std::pair<uint64_t, uint32_t>;
  // Where a task stands now, and what stands there; empty: there is none.
  struct Standing {
    std::string key;
    std::string summary;
    uint64_t number = 0;  // of the change that made it so
  };
  struct Changed {
    bool all = false;
    std::map<CaseNumber, Standing> cases;
  };

  struct Change {
    std::string case_id;
    uint64_t number = 0;
    std::string data;  // JSON
    bool over = false;
  };

  void NoteOne(const TaskChange& change);
  void LookAtAllOf(Changed* changed);

  Status TellChanged(const std::string& municipality, const Changed& changed);
  Status LookAtAll(const std::string& municipality);
  Status Tell(const CaseId& id, const Standing& standing);
  Status TellGone(const std::string& case_id);
  Result<ToldTask> FindTold(const std::string& case_id) const;
  Status Add(Change change);
  Status Send(const std::string& municipality);

  const ApiContext* api_;
  KafkaProducer* producer_;
  ToldBook* told_;
  const Owns owns_;
  std::mutex mutex_;
  std::map<std::string, Changed> changed_;  // by municipality; guarded by mutex_, as is the next
  size_t changed_count_ = 0;                // of cases in all of them
  std::vector<KafkaRecord> records_;        // to be sent, and
  std::vector<std::pair<std::string, std::string>> then_;  // what is noted when they are
};

}  // namespace vroegsein
