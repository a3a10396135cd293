#include "alerts/policy/backtest.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "alerts/reading/households.h"
#include "store/keys.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

// Household numbers in a block, and blocks that may be finished before their turn, per thread.
constexpr uint64_t kBlockHouseholds = 2'000;
constexpr uint64_t kBlocksAhead = 4;
// Priorities are words of the model: beyond so many different ones they count together.
constexpr size_t kPrioritiesMax = 100;
constexpr char kOthers[] = "(overige)";

void Count(const std::string* before, const std::string* after,
           std::map<std::string, BeforeAfter>* counts) {
  auto place = [&](const std::string& name) -> BeforeAfter& {
    bool room = counts->size() < kPrioritiesMax || counts->contains(name);
    return (*counts)[room ? name : kOthers];
  };
  bool same = before != nullptr && after != nullptr && *before == *after;
  if (before != nullptr) {
    BeforeAfter& count = place(*before);
    ++count.before;
    count.left += same ? 0 : 1;
  }
  if (after != nullptr) {
    BeforeAfter& count = place(*after);
    ++count.after;
    count.joined += same ? 0 : 1;
  }
}

void AddCounts(const std::map<std::string, BeforeAfter>& more,
               std::map<std::string, BeforeAfter>* counts) {
  for (const auto& [name, count] : more) {
    BeforeAfter& sum = (*counts)[name];
    sum.before += count.before;
    sum.after += count.after;
    sum.left += count.left;
    sum.joined += count.joined;
  }
}

struct Block {
  Status status;
  std::string rows;
  BacktestTotals totals;
};

// Hands out blocks to the threads and takes them back in order.
class Blocks {
 public:
  Blocks(uint64_t count, uint64_t ahead) : count_(count), ahead_(ahead) {}

  // The next block to work on; `count` when there is none, or when it was stopped.
  uint64_t Next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || next_ < taken_ + ahead_ || next_ == count_; });
    return stopped_ || next_ == count_ ? count_ : next_++;
  }

  void Give(uint64_t number, Block block) {
    std::lock_guard lock(mutex_);
    done_.emplace(number, std::move(block));
    changed_.notify_all();
  }

  Block Take(uint64_t number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_.contains(number); });
    Block block = std::move(done_.extract(number).mapped());
    taken_ = number + 1;
    changed_.notify_all();
    return block;
  }

  void Stop() {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  const uint64_t count_;
  const uint64_t ahead_;
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t next_ = 0;  // guarded by mutex_, as those below
  uint64_t taken_ = 0;
  std::map<uint64_t, Block> done_;
  bool stopped_ = false;
};

class Work {
 public:
  Work(const Database& database, const MunicipalityRecord& municipality,
       const BacktestOptions& options, const AppendRow& append, TextsRecord texts,
       uint64_t households)
      : database_(database),
        municipality_(municipality),
        options_(options),
        append_(append),
        texts_(std::move(texts)),
        households_(households),
        count_((households + kBlockHouseholds - 1) / kBlockHouseholds),
        blocks_(count_, kBlocksAhead * options.threads) {}

  // Each thread has its own policy, made here so that a refused model is said before any starts.
  Result<BacktestTotals> Run(std::string_view model, const WriteRows& write) {
    std::vector<std::unique_ptr<Policy>> policies;
    for (unsigned i = 0; i < options_.threads; ++i) {
      auto policy = CompilePolicy(model);
      if (!policy.ok()) return policy.status();
      policies.push_back(std::move(*policy));
    }
    std::vector<std::thread> threads;
    for (auto& policy : policies) {
      threads.emplace_back(
          [this, given = std::move(policy)]() mutable { Labour(std::move(given)); });
    }
    auto totals = Collect(write);
    blocks_.Stop();
    for (std::thread& thread : threads) thread.join();
    return totals;
  }

 private:
  void Labour(std::unique_ptr<Policy> policy) {
    Replayer replayer(std::move(policy), &municipality_.settings(), &database_);
    for (uint64_t number = blocks_.Next(); number < count_; number = blocks_.Next()) {
      blocks_.Give(number, Evaluate(number, &replayer));
    }
  }

  Block Evaluate(uint64_t number, Replayer* replayer) const {
    Block block;
    auto each_case = [&](const CaseReplay& replay) {
      block.totals.Add(replay);
      bool listed = options_.all_differences ? replay.Differs() : replay.Moves();
      if (listed) append_(replay, &block.rows);
    };
    HouseholdRange range{municipality_.settings().code(), number * kBlockHouseholds + 1,
                         (number + 1) * kBlockHouseholds};
    block.status = EachHouseholdIn(database_, range, texts_, [&](const HouseholdRecord& household) {
      return replayer->Replay(household, options_.since_ms, &block.totals.signals, each_case);
    });
    return block;
  }

  Result<BacktestTotals> Collect(const WriteRows& write) {
    BacktestTotals totals;
    for (uint64_t number = 0; number < count_; ++number) {
      Block block = blocks_.Take(number);
      VROEGSEIN_RETURN_IF_ERROR(block.status);
      totals.Add(block.totals);
      uint64_t done = std::min(households_, (number + 1) * kBlockHouseholds);
      VROEGSEIN_RETURN_IF_ERROR(write(block.rows, done, households_));
    }
    return totals;
  }

  const Database& database_;
  const MunicipalityRecord& municipality_;
  const BacktestOptions& options_;
  const AppendRow& append_;
  const TextsRecord texts_;
  const uint64_t households_;
  const uint64_t count_;
  Blocks blocks_;
};

Result<uint64_t> HouseholdsGiven(const Database& database, const std::string& code) {
  auto counters = ReadCounters(database, code);
  if (!counters.ok()) return counters.status();
  return counters->households();
}

}  // namespace

void BacktestTotals::Add(const CaseReplay& replay) {
  ++cases;
  if (replay.Moves()) {
    ++moved;
  } else if (replay.Differs()) {
    ++others;
  }
  ended += replay.after ? 0 : 1;
  const std::string* priority = replay.after ? &replay.after->priority() : nullptr;
  Count(&replay.before->priority(), priority, &priorities);
  Count(&replay.team_before, replay.after ? &replay.team_after : nullptr, &teams);
}

void BacktestTotals::Add(const BacktestTotals& more) {
  cases += more.cases;
  moved += more.moved;
  ended += more.ended;
  others += more.others;
  signals.signals += more.signals.signals;
  signals.newly_refused += more.signals.newly_refused;
  signals.newly_admitted += more.signals.newly_admitted;
  AddCounts(more.priorities, &priorities);
  AddCounts(more.teams, &teams);
}

Result<BacktestTotals> Backtest(const Database& database, const MunicipalityRecord& municipality,
                                std::string_view model, const BacktestOptions& options,
                                const AppendRow& append, const WriteRows& write) {
  VROEGSEIN_CHECK(options.threads >= 1);
  const std::string& code = municipality.settings().code();
  auto texts = ReadTexts(database, code);
  if (!texts.ok()) return texts.status();
  auto households = HouseholdsGiven(database, code);
  if (!households.ok()) return households.status();
  Work work(database, municipality, options, append, std::move(*texts), *households);
  return work.Run(model, write);
}

}  // namespace vroegsein
