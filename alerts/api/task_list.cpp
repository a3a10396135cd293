#include "alerts/api/task_list.h"

#include <algorithm>
#include <charconv>

#include "alerts/access/gate.h"
#include "alerts/api/case_lookup.h"
#include "alerts/api/case_texts.h"
#include "alerts/reading/case_json.h"
#include "store/household/person.h"
#include "store/keys.h"

namespace vroegsein {
namespace {

constexpr size_t kSearchWordsMax = 8;

bool Passes(const TaskQuestion& question, const TaskEntry& entry) {
  const TaskSummary& task = entry.task;
  bool late = DateOf(entry.place.day) < question.today;
  return (question.status.empty() || NameOf(task.status()) == question.status) &&
         (question.priority.empty() || task.priority() == question.priority) &&
         (question.zone.empty() || task.zone() == question.zone) &&
         (question.assignee.empty() || task.assignee() == question.assignee) &&
         (!question.crisis || task.crisis() == *question.crisis) &&
         (!question.late || late == *question.late);
}

Result<bool> TextPasses(const ApiContext& api, const TaskQuestion& question, const CaseId& id) {
  auto text = api.texts->Of(id);
  if (!text.ok()) return text.status();
  if (*text == nullptr) return false;
  if (!question.sector.empty() && !(*text)->sectors.contains(question.sector)) return false;
  const std::string& folded = (*text)->folded;
  return std::all_of(question.words.begin(), question.words.end(), [&](const std::string& word) {
    return folded.find(word) != std::string::npos;
  });
}

// The first `keep` tasks of several teams.
class Selection {
 public:
  Selection(const TaskQuestion& question, size_t keep) : question_(question), keep_(keep) {}

  // False when nothing behind it in its team can be among the first.
  bool Take(const TaskEntry& entry) {
    if (question_.after && entry.place <= *question_.after) return true;
    bool full = heap_.size() == keep_;
    if (full && entry.place > heap_.front().place) {
      // Of what follows, only a crisis could still come first.
      bool crises_are_past = question_.after && question_.after->calm;
      return !crises_are_past;
    }
    if (!Passes(question_, entry)) return true;
    if (full) {
      std::pop_heap(heap_.begin(), heap_.end(), Before);
      heap_.pop_back();
    }
    heap_.push_back(entry);
    std::push_heap(heap_.begin(), heap_.end(), Before);
    return true;
  }

  std::vector<TaskEntry> Sorted() {
    std::sort_heap(heap_.begin(), heap_.end(), Before);
    return std::move(heap_);
  }

 private:
  static bool Before(const TaskEntry& a, const TaskEntry& b) { return a.place < b.place; }

  const TaskQuestion& question_;
  const size_t keep_;
  std::vector<TaskEntry> heap_;  // the last one in front
};

template <typename Number>
bool TakeNumber(std::string_view* rest, Number* number) {
  auto [end, error] = std::from_chars(rest->data(), rest->data() + rest->size(), *number);
  if (error != std::errc() || end == rest->data() + rest->size() || *end != '.') return false;
  rest->remove_prefix(static_cast<size_t>(end - rest->data()) + 1);
  return true;
}

}  // namespace

Status ScanTasks(const Database& database, const std::string& municipality, const std::string& team,
                 const std::optional<TaskPlace>& from, const EachTask& each) {
  std::string begin = keys::TeamTasks(municipality, team), end = keys::After(begin);
  if (from && from->calm) begin = keys::Task(team, DateOf(from->day), {{municipality, 0}, 0});
  Status status;
  TaskEntry entry;
  auto read = [&](std::string_view key, std::string_view value) {
    if (!entry.task.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      status = Status::DataLoss("a task cannot be read");
      return false;
    }
    entry.place = {!entry.task.crisis(),   DaysOf(keys::DayOfTaskKey(key)), municipality, team,
                   entry.task.household(), entry.task.case_number()};
    return each(entry);
  };
  VROEGSEIN_RETURN_IF_ERROR(database.Scan(begin, end, read));
  return status;
}

Status EachVisibleTeam(const ApiContext& api, const Identity& who, const EachTeam& each) {
  for (const std::string& code : who.municipalities) {
    auto municipality = ReadMunicipalityRecord(*api.database, code);
    if (!municipality.ok()) return municipality.status();
    for (const Team& team : municipality->settings().teams()) {
      if (MaySeeTeam(who, team.code())) VROEGSEIN_RETURN_IF_ERROR(each(code, team));
    }
  }
  return Status::Ok();
}

Result<TaskPage> SelectTasks(const ApiContext& api, const Identity& who,
                             const TaskQuestion& question) {
  bool deep = question.NeedsText();
  size_t keep = (deep ? kCasesLookedThrough : question.count) + 1;
  Selection selection(question, keep);
  Status scanned = EachVisibleTeam(api, who, [&](const std::string& code, const Team& team) {
    if (!question.team.empty() && team.code() != question.team) return Status::Ok();
    return ScanTasks(*api.database, code, team.code(), question.after,
                     [&](const TaskEntry& entry) { return selection.Take(entry); });
  });
  if (!scanned.ok()) return scanned;
  std::vector<TaskEntry> candidates = selection.Sorted();
  TaskPage page;
  for (size_t i = 0; i < candidates.size(); ++i) {
    bool enough = page.entries.size() == question.count || i + 1 == keep;
    if (enough) {
      page.next = candidates[i - 1].place;
      break;
    }
    if (deep) {
      auto passes = TextPasses(api, question, candidates[i].place.id());
      if (!passes.ok()) return passes.status();
      if (!*passes) continue;
    }
    page.entries.push_back(candidates[i]);
  }
  return page;
}

// `1.20779.0080.123.1.centrum`: the place of the last task of the page before.
std::string CursorOf(const TaskPlace& place) {
  return std::to_string(place.calm ? 1 : 0) + "." + std::to_string(place.day) + "." +
         place.municipality + "." + std::to_string(place.household) + "." +
         std::to_string(place.case_number) + "." + place.team;
}

std::optional<TaskPlace> ParseCursor(std::string_view text) {
  TaskPlace place;
  int calm = 0;
  if (!TakeNumber(&text, &calm) || calm < 0 || calm > 1) return std::nullopt;
  place.calm = calm == 1;
  if (!TakeNumber(&text, &place.day)) return std::nullopt;
  if (text.find('.') != 4) return std::nullopt;
  place.municipality = text.substr(0, 4);
  text.remove_prefix(5);
  if (!TakeNumber(&text, &place.household) || !TakeNumber(&text, &place.case_number)) {
    return std::nullopt;
  }
  place.team = text;
  return place;
}

std::vector<std::string> SearchWords(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty() && words.size() < kSearchWordsMax) {
    size_t end = std::min(text.find_first_of(" \t,"), text.size());
    std::string word = FoldName(text.substr(0, end));
    if (!word.empty()) words.push_back(std::move(word));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace vroegsein
