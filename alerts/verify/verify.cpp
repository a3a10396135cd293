#include "alerts/verify/verify.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "alerts/desk/case_file.h"
#include "alerts/desk/desk.h"
#include "alerts/desk/task_index.h"
#include "alerts/verify/household_check.h"
#include "store/embedded_log.h"
#include "store/household/identity_matcher.h"
#include "store/keys.h"
#include "store/record_check.h"
#include "store/signal_detail.h"

namespace vroegsein {
namespace {

class Checker {
 public:
  Checker(const Database& database, Verification* found)
      : database_(database),
        found_(found),
        names_(database, [this](std::string what) { Find(std::move(what)); }) {}

  Status CheckHouseholds() {
    Status failed;
    Status scanned =
        database_.Scan("H", keys::After("H"), [&](std::string_view, std::string_view value) {
          HouseholdRecord household;
          if (!household.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
            Find("a household record cannot be read");
            return true;
          }
          Status whole = CheckHousehold(household);
          if (!whole.ok()) Find(whole.message());
          failed = whole.ok() ? CheckStanding(household) : Status::Ok();
          return failed.ok();
        });
    return scanned.ok() ? failed : scanned;
  }

  // Whatever the indexes hold must have been seen from the households.
  Status CheckIndexes() {
    VROEGSEIN_RETURN_IF_ERROR(CheckNoExtra("S", signal_keys_, "signal index"));
    VROEGSEIN_RETURN_IF_ERROR(CheckNoExtra("T", task_keys_, "task index"));
    VROEGSEIN_RETURN_IF_ERROR(CheckNoExtra("E", erasure_keys_, "retention index"));
    VROEGSEIN_RETURN_IF_ERROR(names_.Finish());
    return CheckLoads();
  }

 private:
  void Find(std::string what) {
    if (found_->findings.size() < kFindingsMax) found_->findings.push_back(std::move(what));
  }

  Status CheckStanding(const HouseholdRecord& household) {
    ++found_->households;
    std::string id = IdOf(household).Text();
    uint32_t last_number = 0;
    for (const CaseRecord& case_record : household.cases()) {
      CheckCase(household, case_record);
      if (case_record.number() <= last_number) Find("household " + id + ": cases out of order");
      last_number = case_record.number();
    }
    auto open = std::count_if(household.cases().begin(), household.cases().end(),
                              [](const CaseRecord& one) { return !one.has_closed_ms(); });
    if (open > 1) Find("household " + id + " has two open cases");
    if (last_number > household.cases_given()) Find("household " + id + ": a case number too high");
    for (const SignalRecord& record : household.signals()) {
      VROEGSEIN_RETURN_IF_ERROR(CheckSignal(household, record));
    }
    if (household.has_erasure_day()) {
      erasure_keys_.insert(keys::Erasure(DateOf(household.erasure_day()), IdOf(household)));
    }
    names_.Add(household);
    return Status::Ok();
  }

  void CheckCase(const HouseholdRecord& household, const CaseRecord& case_record) {
    ++found_->cases;
    std::string id = IdOf(household, case_record).Text();
    if (case_record.decisions_size() == 0) return Find("case " + id + " was never decided");
    if (!HasSignals(household, case_record.number())) Find("case " + id + " has no signal");
    if (case_record.deadline_day() == 0) Find("case " + id + " has no deadline");
    if (case_record.team().empty()) Find("case " + id + " has no team");
    auto key = TaskKey(household, case_record);
    if (!key) return;
    ++found_->open_tasks;
    ++loads_[household.municipality()][case_record.team()];
    task_keys_.insert(*key);
  }

  Status CheckSignal(const HouseholdRecord& household, const SignalRecord& record) {
    ++found_->signals;
    const Signal& signal = record.signal();
    std::string key = keys::Signal(household.municipality(), signal.partner(), signal.id());
    if (!signal_keys_.insert(key).second) {
      Find("household " + IdOf(household).Text() + " counts a signal twice");
    }
    auto bytes = database_.Get(key);
    if (!bytes.ok()) return bytes.status();
    auto detail = ParseDetail(bytes->value_or(""));
    if (!detail.ok() || detail->household() != household.number()) {
      Find("household " + IdOf(household).Text() + ": a signal's own record is not whole");
    }
    bool refused = record.status() == SIGNAL_REPEAT || record.status() == SIGNAL_UNFOUNDED;
    bool in_case = record.case_number() != 0;
    const CaseRecord* joined = FindCase(household, record.case_number());
    if (in_case && joined == nullptr) {
      Find("household " + IdOf(household).Text() + ": a signal is in a case that is not there");
    }
    bool closed = joined != nullptr && joined->has_closed_ms();
    if (!in_case && !refused) {
      Find("household " + IdOf(household).Text() + ": a signal was neither taken up nor refused");
    }
    if (in_case && refused && !closed) {
      Find("household " + IdOf(household).Text() + ": a refused signal is in an open case");
    }
    return Status::Ok();
  }

  Status CheckNoExtra(const std::string& kind, const std::set<std::string>& expected,
                      const std::string& name) {
    size_t seen = 0;
    Status scanned =
        database_.Scan(kind, keys::After(kind), [&](std::string_view key, std::string_view) {
          ++seen;
          if (!expected.contains(std::string(key))) Find("the " + name + " has an entry too many");
          return true;
        });
    if (scanned.ok() && seen < expected.size()) Find("the " + name + " misses entries");
    return scanned;
  }

  Status CheckLoads() {
    return database_.Scan("N", keys::After("N"), [&](std::string_view key, std::string_view value) {
      CountersRecord counters;
      if (!counters.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
        Find("a counters record cannot be read");
        return true;
      }
      auto& loads = loads_[std::string(key.substr(1))];
      for (const TeamLoad& load : counters.loads()) {
        if (loads[load.team()] != load.open_tasks()) {
          Find(fmt::format("team {}: {} open tasks counted, {} there", load.team(),
                           load.open_tasks(), loads[load.team()]));
        }
        loads.erase(load.team());
      }
      for (const auto& [team, tasks] : loads) Find("team " + team + " has tasks and no load");
      return true;
    });
  }

  const Database& database_;
  Verification* found_;
  HouseholdCheck names_;
  std::set<std::string> signal_keys_;
  std::set<std::string> task_keys_;
  std::set<std::string> erasure_keys_;
  std::map<std::string, std::map<std::string, uint32_t>> loads_;
};

void HashPart(crypto_generichash_state* hash, std::string_view part) {
  std::string size = keys::EncodeU64(part.size());
  crypto_generichash_update(hash, reinterpret_cast<const unsigned char*>(size.data()), size.size());
  crypto_generichash_update(hash, reinterpret_cast<const unsigned char*>(part.data()), part.size());
}

constexpr size_t kReplayBatch = 1'000;

Status FeedBatch(EmbeddedLog* log, Desk* desk) {
  while (log->waiting() > 0) {
    auto done = desk->RunOnce(std::chrono::milliseconds(0));
    if (!done.ok()) return done.status();
  }
  return Status::Ok();
}

// The same events into an empty folder.
Status ReplayInto(const EmbeddedLog& source, Database* target,
                  const std::function<void(uint64_t)>& progress) {
  auto log = EmbeddedLog::Open(target, EmbeddedLogOptions());
  if (!log.ok()) return log.status();
  IdentityMatcher matcher;
  DeskOptions options;
  options.log_retention_days = 100'000;
  Desk desk(target, log->get(), &matcher, options);
  Status failed;
  Status read = source.Read(0, [&](uint64_t offset, const Event& event) {
    failed = (*log)->Append(Event(event), nullptr);
    if (failed.ok() && (*log)->waiting() >= kReplayBatch) {
      failed = FeedBatch(log->get(), &desk);
      progress(offset);
    }
    return failed.ok();
  });
  VROEGSEIN_RETURN_IF_ERROR(read);
  VROEGSEIN_RETURN_IF_ERROR(failed);
  return FeedBatch(log->get(), &desk);
}

// The same records, read again from where they are, until what the folder has applied is applied.
Status ReplayFrom(Log* source, Database* target, uint64_t applied,
                  const std::function<void(uint64_t)>& progress) {
  constexpr std::chrono::milliseconds kWait{500};
  constexpr int kEmptyRoundsMax = 60;
  IdentityMatcher matcher;
  Desk desk(target, source, &matcher, {});
  uint64_t reached = 0;
  desk.Observe([&](const std::vector<LogEntry>& entries, const auto&) {
    reached = entries.back().offset;
    progress(reached);
  });
  for (int empty_rounds = 0; reached < applied;) {
    auto done = desk.RunOnce(kWait);
    if (!done.ok()) return done.status();
    empty_rounds = *done == 0 ? empty_rounds + 1 : 0;
    if (empty_rounds > kEmptyRoundsMax) return Status::Unavailable("the log does not come");
  }
  return Status::Ok();
}

Status Replay(const std::function<Status(Database* target)>& replay, const std::string& scratch,
              Verification* found) {
  DatabaseOptions options;
  options.sync = false;
  // Of a verification that was killed.
  std::error_code none;
  std::filesystem::remove_all(scratch, none);
  {
    auto target = Database::Open(scratch, options);
    if (!target.ok()) return target.status();
    VROEGSEIN_RETURN_IF_ERROR(replay(target->get()));
    auto hash = StateHash(**target);
    if (!hash.ok()) return hash.status();
    found->replay_hash = std::move(*hash);
  }
  found->replayed = true;
  if (found->replay_hash != found->state_hash) {
    found->findings.push_back("a replay of the log gives another state");
  }
  return Status::Ok();
}

Status ReplayOwn(const Database& database, const std::string& scratch,
                 const std::function<void(uint64_t)>& progress, Verification* found) {
  auto log = EmbeddedLog::Open(const_cast<Database*>(&database), EmbeddedLogOptions());
  if (!log.ok()) return log.status();
  auto first = (*log)->FirstOffset();
  if (!first.ok()) return first.status();
  if (*first != 1 || found->applied_offset == 0) return Status::Ok();
  auto replay = [&](Database* target) { return ReplayInto(**log, target, progress); };
  return Replay(replay, scratch, found);
}

Status ReplayElsewhere(const OpenReplay& open_replay, const std::string& scratch,
                       const std::function<void(uint64_t)>& progress, Verification* found) {
  if (found->applied_offset == 0) return Status::Ok();
  bool whole = true;
  Status replayed = Replay(
      [&](Database* target) -> Status {
        auto log = open_replay(target, found->applied_offset);
        whole = log.status().code() != StatusCode::kDataLoss;
        if (!log.ok()) return log.status();
        return ReplayFrom(log->get(), target, found->applied_offset, progress);
      },
      scratch, found);
  return whole ? replayed : Status::Ok();
}

}  // namespace

Result<std::string> StateHash(const Database& database) {
  crypto_generichash_state hash;
  unsigned char digest[crypto_generichash_BYTES];
  crypto_generichash_init(&hash, nullptr, 0, sizeof digest);
  auto add = [&](std::string_view key, std::string_view value) {
    HashPart(&hash, key);
    HashPart(&hash, value);
    return true;
  };
  std::string log(1, keys::kLogKind);
  VROEGSEIN_RETURN_IF_ERROR(database.Scan("", log, add));
  VROEGSEIN_RETURN_IF_ERROR(database.Scan(keys::After(log), "\xff", add));
  crypto_generichash_final(&hash, digest, sizeof digest);
  std::string text;
  for (unsigned char byte : digest) text += fmt::format("{:02x}", byte);
  return text;
}

Result<Verification> Verify(const Database& database, const std::string& scratch,
                            const std::function<void(uint64_t)>& progress,
                            const OpenReplay& open_replay) {
  Verification found;
  auto hash = StateHash(database);
  if (!hash.ok()) return hash.status();
  found.state_hash = std::move(*hash);
  auto applied = database.Get(keys::AppliedOffset());
  if (!applied.ok()) return applied.status();
  if (applied->has_value() && (*applied)->size() != sizeof(uint64_t)) {
    return Status::DataLoss("the offset applied last cannot be read");
  }
  found.applied_offset = applied->has_value() ? keys::DecodeU64(**applied) : 0;

  Checker checker(database, &found);
  VROEGSEIN_RETURN_IF_ERROR(checker.CheckHouseholds());
  VROEGSEIN_RETURN_IF_ERROR(checker.CheckIndexes());

  Status replayed = open_replay ? ReplayElsewhere(open_replay, scratch, progress, &found)
                                : ReplayOwn(database, scratch, progress, &found);
  std::error_code ignored;
  std::filesystem::remove_all(scratch, ignored);
  VROEGSEIN_RETURN_IF_ERROR(replayed.Within("replay"));
  return found;
}

}  // namespace vroegsein
