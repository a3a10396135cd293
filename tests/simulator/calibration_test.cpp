// The simulator against the national figures (Divosa Monitor Vroegsignalering 2023-2024).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "ingest/simulator/partners.h"
#include "ingest/simulator/people.h"
#include "ingest/simulator/timeline.h"

namespace vroegsein::simulator {
namespace {

constexpr int kWarmUpMonths = 6;  // before that nobody has a history

struct Shares {
  std::map<std::string, double> sector;              // of the signals
  double energy_threatened = 0;                      // of the energy signals
  double repeats = 0, unfounded = 0;                 // of the signals
  double cases = 0;                                  // per signal
  double single = 0, multiple = 0, consecutive = 0;  // of the cases
};

SimulationOptions Options(uint64_t seed) {
  SimulationOptions options;
  options.households = 30'000;
  options.months = 18;
  options.seed = seed;
  options.until = *ParseDate("2025-12-31");
  return options;
}

using Home = std::tuple<std::string, int, std::string>;
using DatesPerMonth = std::map<int, std::vector<Date>>;

struct Collected {
  std::map<std::string, double> per_sector;
  std::map<NoticeKind, double> per_kind;
  double all = 0, energy_threatened = 0;
  std::map<Home, DatesPerMonth> taken_up;
};

Collected Collect(const SimulationOptions& options) {
  Collected found;
  for (uint64_t number = 0; number < options.households; ++number) {
    Household household = MakeHousehold(options, number);
    Residences residences(options, household);
    for (const Notice& notice : MakeTimeline(options, household, residences)) {
      Address at = AddressOf(residences.Of(notice.member, notice.month).address, options.seed);
      if (notice.kind == NoticeKind::kNew || notice.kind == NoticeKind::kHigher) {
        found.taken_up[{at.postcode, at.house_number, at.suffix}][notice.month].push_back(
            notice.signal_date);
      }
      if (notice.month < kWarmUpMonths) continue;
      ++found.all;
      ++found.per_kind[notice.kind];
      ++found.per_sector[std::string(kPartners[notice.partner].sector)];
      if (notice.partner == kEssent && !notice.threat.empty()) ++found.energy_threatened;
    }
  }
  return found;
}

bool IsConsecutive(const DatesPerMonth& months, int month) {
  Date first = *std::min_element(months.at(month).begin(), months.at(month).end());
  for (const auto& [other, dates] : months) {
    if (other >= month) break;
    for (Date date : dates) {
      if (AddMonths(first, -6) <= date) return true;
    }
  }
  return false;
}

Shares Measure(const SimulationOptions& options) {
  Collected found = Collect(options);
  Shares shares;
  for (const auto& [sector, count] : found.per_sector) shares.sector[sector] = count / found.all;
  shares.energy_threatened = found.energy_threatened / found.per_sector["Energie"];
  shares.repeats = found.per_kind[NoticeKind::kRepeat] / found.all;
  shares.unfounded = found.per_kind[NoticeKind::kUnfounded] / found.all;
  double cases = 0, single = 0, multiple = 0, consecutive = 0;
  for (const auto& [home, months] : found.taken_up) {
    for (const auto& [month, dates] : months) {
      if (month < kWarmUpMonths) continue;
      bool more = dates.size() > 1, again = IsConsecutive(months, month);
      ++cases;
      multiple += more;
      consecutive += again;
      single += !more && !again;
    }
  }
  shares.cases = cases / found.all;
  shares.single = single / cases;
  shares.multiple = multiple / cases;
  shares.consecutive = consecutive / cases;
  return shares;
}

void Print(const Shares& shares) {
  for (const auto& [sector, share] : shares.sector) {
    std::printf("  %-8s %5.1f%% of the signals\n", sector.c_str(), 100 * share);
  }
  std::printf("  threat   %5.1f%% of the energy signals\n", 100 * shares.energy_threatened);
  std::printf("  repeat   %5.1f%%, unfounded %.1f%% of the signals\n", 100 * shares.repeats,
              100 * shares.unfounded);
  std::printf("  cases    %5.1f%% of the signals\n", 100 * shares.cases);
  std::printf("  single %.1f%%, multiple %.1f%%, consecutive %.1f%% of the cases\n",
              100 * shares.single, 100 * shares.multiple, 100 * shares.consecutive);
}

class Calibration : public ::testing::TestWithParam<uint64_t> {};

TEST_P(Calibration, IsTheNations) {
  Shares shares = Measure(Options(GetParam()));
  Print(shares);
  EXPECT_NEAR(shares.sector["Zorg"], 0.41, 0.015);
  EXPECT_NEAR(shares.sector["Huur"], 0.20, 0.015);
  EXPECT_NEAR(shares.sector["Energie"], 0.20, 0.015);
  EXPECT_NEAR(shares.sector["Water"], 0.18, 0.015);
  EXPECT_NEAR(shares.energy_threatened, 0.25, 0.015);
  EXPECT_NEAR(shares.cases, 0.80, 0.02);
  EXPECT_NEAR(shares.single, 0.50, 0.025);
  EXPECT_NEAR(shares.multiple, 0.11, 0.015);
  EXPECT_NEAR(shares.consecutive, 0.40, 0.02);
  EXPECT_NEAR(shares.repeats + shares.unfounded, 0.10, 0.02);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Calibration, ::testing::Values(1, 20150401));

// The timeline keeps the rules by which its kinds are judged.
class TimelineRules : public ::testing::Test {
 protected:
  void SetUp() override {
    options_ = Options(5);
    options_.households = 6000;
    options_.arrears_per_year_milli = 4000;
  }

  template <typename Check>
  void ForEachTimeline(Check check) {
    for (uint64_t number = 0; number < options_.households; ++number) {
      Household household = MakeHousehold(options_, number);
      Residences residences(options_, household);
      check(household, MakeTimeline(options_, household, residences));
    }
  }

  SimulationOptions options_;
};

// Same arrears: partner, customer number and day of origin.
bool Same(const Notice& a, const Notice& b) {
  return a.partner == b.partner && a.customer_number == b.customer_number &&
         a.origin_date == b.origin_date;
}

TEST_F(TimelineRules, RepeatsAreNotHigherAndNewOnesAreNoRepeats) {
  int repeats = 0, higher = 0;
  ForEachTimeline([&](const Household&, const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      bool repeat = std::any_of(notices.begin(), notices.end(), [&](const Notice& earlier) {
        bool taken_up = earlier.kind == NoticeKind::kNew || earlier.kind == NoticeKind::kHigher;
        return taken_up && earlier.signal_date < notice.signal_date && Same(earlier, notice) &&
               AddMonths(earlier.signal_date, 6) >= notice.signal_date &&
               notice.cents <= earlier.cents;
      });
      EXPECT_EQ(repeat, notice.kind == NoticeKind::kRepeat);
      repeats += repeat;
      higher += notice.kind == NoticeKind::kHigher;
    }
  });
  EXPECT_GT(repeats, 500);
  EXPECT_GT(higher, 500);
}

TEST_F(TimelineRules, OnlyUnfoundedOnesMissThresholdOrWindow) {
  int unfounded = 0;
  ForEachTimeline([&](const Household& household, const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      if (notice.kind == NoticeKind::kRepeat) continue;
      auto age = (notice.signal_date - notice.origin_date).count();
      bool insurance = notice.partner == kDeFriesland;
      bool misses = notice.cents < 7500 || age < 30 || (insurance && age > 100);
      bool exempt = !notice.threat.empty() || notice.crisis;
      bool expected = household.members[0].legal || (misses && !exempt);
      EXPECT_EQ(expected, notice.kind == NoticeKind::kUnfounded);
      unfounded += expected;
    }
  });
  EXPECT_GT(unfounded, 500);
}

TEST_F(TimelineRules, NothingIsDatedAfterTheEnd) {
  options_.until = *ParseDate("2026-11-20");
  ForEachTimeline([&](const Household&, const std::vector<Notice>& notices) {
    for (const Notice& notice : notices) {
      EXPECT_LE(notice.signal_date, options_.until);
      EXPECT_LE(notice.origin_date, notice.signal_date);
      if (notice.sequel.month >= 0) {
        EXPECT_LE(notice.sequel.day, options_.until);
      }
      if (notice.sequel.month >= 0) {
        EXPECT_GT(notice.sequel.day, notice.signal_date);
      }
    }
  });
}

TEST_F(TimelineRules, TheLastMonthIsTheLastFullyDeliveredOne) {
  options_.months = 1;
  options_.until = *ParseDate("2026-11-19");
  EXPECT_EQ(FormatDate(FirstMonthOf(options_)), "2026-10-01");
  options_.until = *ParseDate("2026-11-20");
  EXPECT_EQ(FormatDate(FirstMonthOf(options_)), "2026-11-01");
  options_.months = 12;
  EXPECT_EQ(FormatDate(FirstMonthOf(options_)), "2025-12-01");
}

}  // namespace
}  // namespace vroegsein::simulator
