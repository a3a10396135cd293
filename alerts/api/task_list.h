// The open tasks that somebody may see, crisis first, then the earliest deadline: a page at a time.
//
// Read from the index of tasks: the first page looks at the index entries of the teams asked for,
// later pages from the cursor on. What asks for more than the index knows (a sector, words) looks
// in the texts of cases, at most kCasesLookedThrough a page: such a page may be short and yet have
// a next. Threads: any. Errors: of the store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "alerts/api/api_context.h"
#include "alerts/reading/json_writer.h"
#include "alerts/settings/installation.h"
#include "store/record.pb.h"

namespace vroegsein {

inline constexpr size_t kCasesLookedThrough = 1'000;

// Where a task stands in the list.
struct TaskPlace {
  bool calm = false;  // no crisis
  int32_t day = 0;
  std::string municipality;
  std::string team;
  uint64_t household = 0;
  uint32_t case_number = 0;

  auto operator<=>(const TaskPlace&) const = default;
  CaseId id() const { return {{municipality, household}, case_number}; }
};

struct TaskEntry {
  TaskPlace place;
  TaskSummary task;
};

struct TaskQuestion {
  std::string team;
  std::string status;  // open, opgepakt
  std::string priority;
  std::string zone;
  std::string assignee;
  std::optional<bool> crisis;
  std::optional<bool> late;
  std::string sector;
  std::vector<std::string> words;  // folded: store/household/person.h
  size_t count = 50;
  std::optional<TaskPlace> after;
  Date today;

  bool NeedsText() const { return !sector.empty() || !words.empty(); }
};

struct TaskPage {
  std::vector<TaskEntry> entries;
  std::optional<TaskPlace> next;  // the cursor of the next page, when there is one
};

Result<TaskPage> SelectTasks(const ApiContext& api, const Identity& who,
                             const TaskQuestion& question);

// Every team whose tasks somebody may see.
using EachTeam = std::function<Status(const std::string& municipality, const Team& team)>;
Status EachVisibleTeam(const ApiContext& api, const Identity& who, const EachTeam& each);

// Every open task of a team, in order of deadline, until `each` returns false.
using EachTask = std::function<bool(const TaskEntry& entry)>;
Status ScanTasks(const Database& database, const std::string& municipality, const std::string& team,
                 const std::optional<TaskPlace>& from, const EachTask& each);

std::string CursorOf(const TaskPlace& place);
std::optional<TaskPlace> ParseCursor(std::string_view text);

// The words of a search, folded; empty ones are left out.
std::vector<std::string> SearchWords(std::string_view text);

}  // namespace vroegsein
