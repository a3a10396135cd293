// Whatever happens, in whatever batches, through restarts and with whatever is cached: the state is
// the same, every promise that can be checked holds, and every index says what the households say.
// Failures shrink; the seed is printed, and taken back with RC_PARAMS="seed=...".
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "alerts/desk/data_folder.h"
#include "alerts/reading/households.h"
#include "alerts/verify/verify.h"
#include "rules/dmn/model.h"
#include "store/household/membership.h"
#include "store/keys.h"
#include "tests/faults/small_world.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {
namespace {

constexpr char kCode[] = "0080";
constexpr int kEventsMax = 150;

// One event follows from one number, so that a failing row of them can be shortened.
class Story {
 public:
  explicit Story(const MunicipalityConfig& config) : config_(config) {}

  Event Tell(unsigned number) {
    std::mt19937_64 chance(number);
    now_ += std::chrono::minutes(1);
    switch (chance() % 40) {
      case 0: return MonthsLater(&chance);
      case 1: return OtherSettings(&chance);
      case 2: return OtherPolicy(&chance);
      case 3: return RandomPolicyEvent(&chance, now_, kCode);
      default: return RandomEvent(&chance, now_, kCode);
    }
  }

 private:
  Event MonthsLater(std::mt19937_64* chance) {
    now_ += std::chrono::days(10 + (*chance)() % 120);
    Event event = EventAt(now_, kCode);
    event.mutable_tick();
    return event;
  }

  Event OtherSettings(std::mt19937_64* chance) {
    Event event = EventAt(now_, kCode);
    MunicipalitySettings settings = config_.settings;
    settings.set_retention_months(1 + (*chance)() % 8);
    for (Team& team : *settings.mutable_teams()) team.set_capacity((*chance)() % 4);
    auto gone = static_cast<int>((*chance)() % static_cast<size_t>(settings.teams_size()));
    settings.mutable_teams()->DeleteSubrange(gone, 1);
    *event.mutable_settings()->mutable_settings() = settings;
    return event;
  }

  Event OtherPolicy(std::mt19937_64* chance) {
    bool stricter = (*chance)() % 2 == 0;
    Event event = EventAt(now_, kCode);
    event.mutable_policy()->set_model(stricter ? WithThreshold("110.00") : config_.policy.text());
    event.mutable_policy()->set_hash(dmn::HashOf(event.policy().model()));
    event.mutable_policy()->set_configured(true);
    event.mutable_policy()->set_effective_day(DaysOf(DayInAmsterdam(now_)));
    return event;
  }

  std::string WithThreshold(const std::string& euros) const {
    const std::string usual = "<text>75.00</text>";
    std::string model = config_.policy.text();
    size_t at = model.find(usual);
    VROEGSEIN_CHECK(at != std::string::npos);
    for (; at != std::string::npos; at = model.find(usual, at)) {
      model.replace(at, usual.size(), "<text>" + euros + "</text>");
    }
    return model;
  }

  const MunicipalityConfig& config_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
};

// How the desk is run, which must not matter.
struct Manner {
  size_t batch_max;
  size_t cached_households;
  unsigned restart_every;  // events; 0: never
};

class Desks {
 public:
  Desks() {
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    installation_ = std::move(*installation);
  }

  std::unique_ptr<DataFolder> Open(const std::string& name, const Manner& manner) {
    DataFolder::Options options;
    options.database.sync = false;
    options.database.block_cache_bytes = 1u << 20;
    options.desk.batch_max = manner.batch_max;
    options.desk.log_retention_days = 100'000;
    options.desk.state.cached_households_max = manner.cached_households;
    // Nothing of the installation may come between: what a restart adds to the log is not at issue.
    Installation installation = installation_;
    bool first = !std::filesystem::exists(folder_ / name);
    if (!first) installation.municipalities.clear();
    auto opened = DataFolder::Open(folder_ / name, installation,
                                   *ParseInstant("2026-11-20T08:00:00Z"), options);
    VROEGSEIN_CHECK(opened.ok());
    return std::move(*opened);
  }

  std::unique_ptr<DataFolder> Play(const std::string& name, const std::vector<unsigned>& numbers,
                                   const Manner& manner) {
    Story story(installation_.municipalities[0]);
    auto data = Open(name, manner);
    unsigned told = 0;
    for (unsigned number : numbers) {
      VROEGSEIN_CHECK(data->log().Append(story.Tell(number), nullptr).ok());
      if (++told % 1'000 == 0) VROEGSEIN_CHECK(data->Drain().ok());
      if (manner.restart_every == 0 || told % manner.restart_every != 0) continue;
      VROEGSEIN_CHECK(data->Drain().ok());
      data.reset();
      data = Open(name, manner);
    }
    VROEGSEIN_CHECK(data->Drain().ok());
    return data;
  }

  std::string operator/(const std::string& name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
  Installation installation_;
};

// A kind of index: from each key to the households that share it.
using Index = std::map<std::string, std::set<uint64_t>>;

Index ReadIndex(const Database& database, const std::string& kind) {
  Index index;
  Status read = database.Scan(kind, keys::After(kind), [&](auto key, auto value) {
    HouseholdNumbers numbers;
    RC_ASSERT(numbers.ParseFromArray(value.data(), static_cast<int>(value.size())));
    RC_ASSERT(numbers.numbers_size() > 0);
    index[std::string(key)] = {numbers.numbers().begin(), numbers.numbers().end()};
    return true;
  });
  RC_ASSERT(read.ok());
  return index;
}

std::set<std::string> ReadKeys(const Database& database, const std::string& kind) {
  std::set<std::string> found;
  Status read = database.Scan(kind, keys::After(kind), [&](auto key, auto) {
    found.emplace(key);
    return true;
  });
  RC_ASSERT(read.ok());
  return found;
}

// The indexes that Verify() leaves to whoever fills them.
void CheckSharedIndexes(const Database& database) {
  Index lists, customers;
  std::set<std::string> feedbacks;
  Status read =
      EachHousehold(database, kCode, Depth::kCases, [&](const HouseholdRecord& household) {
        for (const PersonRecord& person : household.persons()) {
          for (const keys::IndexKey& key : ListsOf(household, person)) {
            lists[keys::Index(key)].insert(household.number());
          }
        }
        for (const SignalRecord& record : household.signals()) {
          const Signal& signal = record.signal();
          for (uint64_t number : record.feedbacks()) {
            feedbacks.insert(keys::Feedback(kCode, signal.partner(), number));
          }
          if (signal.customer_number().empty()) continue;
          auto key = keys::Customer(kCode, signal.partner(), signal.customer_number());
          customers[keys::Index(key)].insert(household.number());
        }
        return Status::Ok();
      });
  RC_ASSERT(read.ok());
  Index found = ReadIndex(database, "A");
  found.merge(ReadIndex(database, "P"));
  RC_ASSERT(found == lists);
  RC_ASSERT(ReadIndex(database, "K") == customers);
  RC_ASSERT(ReadKeys(database, "F") == feedbacks);
}

void CheckPromises(const Database& database, const std::string& scratch) {
  auto found = Verify(database, scratch, [](uint64_t) {});
  RC_ASSERT(found.ok());
  for (const std::string& finding : found->findings) RC_FAIL(finding);
  RC_ASSERT(found->replayed);
  CheckSharedIndexes(database);
}

void SetRounds(int rounds) {
  const char* set = std::getenv("RC_PARAMS");
  std::string given = set != nullptr ? set : "";
  if (given.find("max_success") != std::string::npos) return;
  given += " max_success=" + std::to_string(rounds) + " max_size=" + std::to_string(kEventsMax);
  setenv("RC_PARAMS", given.c_str(), 1);
}

TEST(DeskProperty, BatchesRestartsAndCachesDecideNothing) {
  SetRounds(Rounds(10, 60, 2'000));
  EXPECT_TRUE(rc::check("the same events give the same state", [] {
    auto numbers = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0u, 1u << 24));
    Manner manner{*rc::gen::inRange<size_t>(1, 1'001), *rc::gen::inRange<size_t>(1, 5),
                  *rc::gen::inRange(0u, 60u)};
    Desks desks;
    auto one = desks.Play("one", numbers, {1'000, 4'096, 0});
    auto other = desks.Play("other", numbers, manner);
    auto hash = StateHash(one->database());
    auto other_hash = StateHash(other->database());
    RC_ASSERT(hash.ok() && other_hash.ok());
    RC_ASSERT(*hash == *other_hash);
    CheckPromises(other->database(), desks / "replay");
  }));
}

}  // namespace
}  // namespace vroegsein::faults
