#include "alerts/topics/task_topic.h"

#include <charconv>

#include "alerts/reading/case_json.h"
#include "alerts/reading/households.h"
#include "alerts/reading/json_writer.h"
#include "alerts/topics/cloud_event_out.h"
#include "store/kafka/digest.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kAtOnceMax = 500;
constexpr size_t kTaskBytes = 256;  // about what an open task is told in
constexpr std::string_view kType = "nl.vroegsein.taak.v1";

std::string KeyOf(const std::string& case_id) { return "T" + case_id; }

std::string Encode(const ToldTask& told) {
  return keys::EncodeU64(told.change) + (told.over ? '1' : '0') + told.digest;
}

ToldTask Decode(std::string_view bytes) {
  ToldTask told;
  if (bytes.size() != sizeof(uint64_t) + 1 + kDigestBytes) return told;
  told.change = keys::DecodeU64(bytes.substr(0, sizeof(uint64_t)));
  told.over = bytes[sizeof(uint64_t)] == '1';
  told.digest = bytes.substr(sizeof(uint64_t) + 1);
  return told;
}

std::string OpenTask(const CaseId& id, std::string_view key, const TaskSummary& task) {
  std::string data;
  data.reserve(kTaskBytes);
  JsonWriter json(&data);
  json.BeginObject().Text("zaakId", id.Text()).Text("gemeentecode", id.household.municipality);
  json.Text("status", NameOf(task.status())).Text("team", keys::TeamOfTaskKey(key));
  json.TextOrNull("zone", task.zone()).Text("prioriteit", task.priority());
  json.Real("score", task.score()).Flag("crisis", task.crisis());
  json.Text("deadline", FormatDate(keys::DayOfTaskKey(key))).EndObject();
  return data;
}

constexpr std::string_view kOver = "vervallen";

std::string NoTask(const std::string& case_id, std::string_view municipality) {
  std::string data;
  JsonWriter json(&data);
  json.BeginObject().Text("zaakId", case_id).Text("gemeentecode", municipality);
  json.Text("status", kOver).EndObject();
  return data;
}

}  // namespace

void TaskTopic::Note(const std::vector<LogEntry>&, const std::vector<Outcome>& outcomes) {
  std::lock_guard lock(mutex_);
  for (const Outcome& outcome : outcomes) {
    for (const TaskChange& change : outcome.tasks) NoteOne(change);
  }
}

// Of a municipality that is another's to tell of nothing is taken away: so it ends as one that is
// to be looked at as a whole, and makes room for others.
void TaskTopic::NoteOne(const TaskChange& change) {
  Changed& changed = changed_[change.id.household.municipality];
  if (changed.all) return;
  auto [known, is_new] =
      changed.cases.try_emplace(CaseNumber{change.id.household.number, change.id.number});
  known->second = {change.key, change.summary, change.number};
  if (is_new) ++changed_count_;
  if (changed_count_ > kChangedMax) LookAtAllOf(&changed);
}

void TaskTopic::NoteAll(const std::string& municipality) {
  std::lock_guard lock(mutex_);
  LookAtAllOf(&changed_[municipality]);
}

void TaskTopic::LookAtAllOf(Changed* changed) {
  changed->all = true;
  changed_count_ -= changed->cases.size();
  changed->cases.clear();
}

Status TaskTopic::CatchUp() {
  auto note = [this](const std::string& id, std::string_view data) -> Status {
    size_t slash = id.rfind('/');
    ToldTask told;
    if (slash == std::string::npos || !CaseId::Parse(id.substr(0, slash))) return Status::Ok();
    std::from_chars(id.data() + slash + 1, id.data() + id.size(), told.change);
    std::string key = KeyOf(id.substr(0, slash));
    auto known = told_->Get(key);
    if (!known.ok()) return known.status();
    if (known->has_value() && Decode(**known).change >= told.change) return Status::Ok();
    told.over = data.find("\"status\":\"" + std::string(kOver)) != std::string_view::npos;
    told.digest = DigestOf(data);
    told_->Put(key, Encode(told));
    return Status::Ok();
  };
  return told_->CatchUp(api_->installation->kafka.TaskTopic(), note);
}

Status TaskTopic::TellOf(const std::string& municipality) {
  Changed changed;
  {
    std::lock_guard lock(mutex_);
    std::swap(changed, changed_[municipality]);
    changed_count_ -= changed.cases.size();
  }
  Status told = TellChanged(municipality, changed);
  if (told.ok()) return told;
  records_.clear();
  then_.clear();
  NoteAll(municipality);
  return told;
}

Status TaskTopic::TellChanged(const std::string& municipality, const Changed& changed) {
  if (changed.all) return LookAtAll(municipality);
  for (const auto& [number, standing] : changed.cases) {
    CaseId id{{municipality, number.first}, number.second};
    VROEGSEIN_RETURN_IF_ERROR(Tell(id, standing));
  }
  return Send(municipality);
}

// What the store has, and what was told and is not there any more.
Status TaskTopic::LookAtAll(const std::string& municipality) {
  std::set<std::string> gone;
  VROEGSEIN_RETURN_IF_ERROR(
      told_->Scan(KeyOf(municipality), [&](std::string_view key, std::string_view value) {
        if (!Decode(value).over) gone.emplace(key.substr(1));
        return true;
      }));
  std::string prefix = keys::Tasks(municipality);
  Status worked;
  auto look = [&](std::string_view key, std::string_view value) {
    TaskSummary task;
    if (!task.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      worked = Status::DataLoss("a task cannot be read");
      return false;
    }
    CaseId id{{municipality, task.household()}, task.case_number()};
    gone.erase(id.Text());
    worked = Add({id.Text(), task.change(), OpenTask(id, key, task), false});
    return worked.ok();
  };
  VROEGSEIN_RETURN_IF_ERROR(api_->database->Scan(prefix, keys::After(prefix), look));
  VROEGSEIN_RETURN_IF_ERROR(worked);
  for (const std::string& id : gone) VROEGSEIN_RETURN_IF_ERROR(TellGone(id));
  return Send(municipality);
}

Status TaskTopic::Tell(const CaseId& id, const Standing& standing) {
  std::string case_id = id.Text();
  if (standing.key.empty()) {
    std::string none = NoTask(case_id, id.household.municipality);
    return Add({std::move(case_id), standing.number, std::move(none), true});
  }
  TaskSummary task;
  VROEGSEIN_CHECK(task.ParseFromString(standing.summary));
  return Add({std::move(case_id), standing.number, OpenTask(id, standing.key, task), false});
}

// Of a household that was erased since nobody knows when; where what was told is ahead of the
// store, the store has not come to it yet.
Status TaskTopic::TellGone(const std::string& case_id) {
  auto id = CaseId::Parse(case_id);
  if (!id) return Status::Ok();
  const std::string& municipality = id->household.municipality;
  Change end{case_id, 0, NoTask(case_id, municipality), true};
  auto household = ReadHousehold(*api_->database, id->household, Depth::kCases);
  if (!household.ok()) return household.status();
  if (household->has_value()) end.number = (*household)->task_ended();
  if (end.number > 0) return Add(std::move(end));
  auto told = FindTold(case_id);
  if (!told.ok()) return told.status();
  auto counters = ReadCounters(*api_->database, municipality);
  if (!counters.ok()) return counters.status();
  if (counters->task_changes() <= told->change) return Status::Ok();
  end.number = told->change + 1;
  return Add(std::move(end));
}

Result<ToldTask> TaskTopic::FindTold(const std::string& case_id) const {
  auto known = told_->Get(KeyOf(case_id));
  if (!known.ok()) return known.status();
  return known->has_value() ? Decode(**known) : ToldTask();
}

// Where it comes after what was told last, and says something else.
Status TaskTopic::Add(Change change) {
  auto told = FindTold(change.case_id);
  if (!told.ok()) return told.status();
  bool never = told->change == 0;
  std::string digest = DigestOf(change.data);
  bool news = change.number > told->change && digest != told->digest && !(never && change.over);
  if (!news) return Status::Ok();
  const KafkaSettings& settings = api_->installation->kafka;
  std::string municipality = change.case_id.substr(0, change.case_id.find('-'));
  OutEvent event{settings.TaskTopic(), municipality,          settings.source, kType, "",
                 api_->now(),          std::move(change.data)};
  event.id = change.case_id + "/" + std::to_string(change.number);
  records_.push_back(RecordOf(event));
  then_.emplace_back(KeyOf(change.case_id),
                     Encode(ToldTask{change.number, change.over, std::move(digest)}));
  return records_.size() < kAtOnceMax ? Status::Ok() : Send(municipality);
}

// What is not told because another owns it now, is told by that one.
Status TaskTopic::Send(const std::string& municipality) {
  if (records_.empty()) return Status::Ok();
  if (!owns_(municipality)) {
    records_.clear();
    then_.clear();
    return Status::Ok();
  }
  auto places = producer_->SendAll(records_);
  if (!places.ok()) return places.status();
  for (const auto& [key, value] : then_) told_->Put(key, value);
  told_->Told(api_->installation->kafka.TaskTopic(), *places);
  records_.clear();
  then_.clear();
  return told_->Write(true);
}

}  // namespace vroegsein
