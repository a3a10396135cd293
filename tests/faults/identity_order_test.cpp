// The same signals in another order end in the same households. People of a small town move, live
// together and are misspelt; birth dates and phones are often absent. The neighbourhood that is
// judged again for a new fact is bounded, so an order may still make a difference: the pairs of
// signals that are together in one and apart in the other are counted and printed, and must be
// fewer than one in a thousand.
//
// Seeds that differ are printed; VROEGSEIN_SEED runs one again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "alerts/desk/data_folder.h"
#include "alerts/reading/households.h"
#include "alerts/verify/verify.h"
#include "rules/dmn/model.h"
#include "tests/faults/small_world.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {
namespace {

constexpr const char* kSurnames[] = {"Wiarda", "Hoekstra", "de Vries", "Okafor",  "Meijer",
                                     "Nguyen", "Dijkstra", "Jansen",   "Sørensen"};
constexpr const char* kMisspelt[] = {"Wiarde", "Hoekstar", "Vries",   "Okafr",   "Meyer",
                                     "Nguyn",  "Dykstra",  "Janssen", "Sorensen"};
constexpr const char* kPostcodes[] = {"8911AD", "8911AE", "8921AB", "8932CX", "8915AA"};
constexpr size_t kPairsPerDifference = 1'000;
constexpr int kPeople = 9;
constexpr int kFirstDay = 20'400;
constexpr int kDays = 400;

// One town: who lives where from when, and the signals about them.
class Town {
 public:
  explicit Town(uint64_t seed) : chance_(seed) {
    for (int person = 0; person < kPeople; ++person) {
      homes_[person] = {Below(5), Below(5), Below(3) == 0 ? kFirstDay + Below(kDays) : 0};
    }
  }

  Signal Tell(unsigned number) {
    int person = Below(kPeople), day = kFirstDay + Below(kDays);
    const Home& home = homes_[person];
    bool moved = home.moves_day != 0 && day >= home.moves_day;
    Signal signal;
    signal.set_partner("vitens");
    signal.set_sector("Water");
    signal.set_id("S" + std::to_string(number));
    signal.set_signal_day(day);
    signal.set_origin_day(day - 60);
    signal.set_arrears_cents(10'000);
    Client* client = signal.mutable_client();
    bool misspelt = Below(8) == 0;
    client->set_surname(misspelt ? kMisspelt[person] : kSurnames[person]);
    client->set_initials(std::string(1, static_cast<char>('A' + person)) + ".");
    client->set_postcode(kPostcodes[moved ? home.to : home.from]);
    client->set_house_number("12");
    if (Below(3) != 0) client->set_birth_day(3'000 + person * 777);
    if (Below(3) == 0) client->set_phone("+3161234500" + std::to_string(person));
    return signal;
  }

 private:
  struct Home {
    int from, to, moves_day;
  };
  int Below(int end) { return static_cast<int>(chance_() % static_cast<uint64_t>(end)); }

  std::mt19937_64 chance_;
  Home homes_[kPeople];
};

// Of every signal, the household that it is in.
using Clusters = std::map<std::string, uint64_t>;

class Towns {
 public:
  Towns() {
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    config_ = installation->municipalities[0];
    installation->municipalities.clear();
    DataFolder::Options options;
    options.database.sync = false;
    auto opened = DataFolder::Open(folder_ / "data", *installation, now_, options);
    VROEGSEIN_CHECK(opened.ok());
    data_ = std::move(*opened);
  }

  Clusters Deliver(std::vector<Signal> signals) {
    std::string code = std::to_string(10'000 + next_++).substr(1);
    Event settings = EventAt(now_, code);
    *settings.mutable_settings()->mutable_settings() = UnlimitedSettings(config_.settings, code);
    VROEGSEIN_CHECK(data_->Do(settings).ok());
    Event policy = EventAt(now_, code);
    policy.mutable_policy()->set_model(config_.policy);
    policy.mutable_policy()->set_hash(dmn::HashOf(config_.policy));
    policy.mutable_policy()->set_effective_day(0);
    VROEGSEIN_CHECK(data_->Do(policy).ok());
    for (Signal& signal : signals) {
      signal.set_municipality(code);
      VROEGSEIN_CHECK(data_->log().Append(SignalEvent(now_, signal), nullptr).ok());
    }
    VROEGSEIN_CHECK(data_->Drain().ok());
    Clusters clusters;
    Status read = EachHousehold(data_->database(), code, Depth::kCases,
                                [&](const HouseholdRecord& household) {
                                  for (const SignalRecord& record : household.signals()) {
                                    clusters[record.signal().id()] = household.number();
                                  }
                                  return Status::Ok();
                                });
    VROEGSEIN_CHECK(read.ok());
    VROEGSEIN_CHECK(clusters.size() == signals.size());
    return clusters;
  }

  void ExpectVerified() {
    auto found = Verify(data_->database(), folder_ / "replay", [](uint64_t) {});
    ASSERT_TRUE(found.ok());
    for (const std::string& finding : found->findings) ADD_FAILURE() << finding;
  }

 private:
  TemporaryFolder folder_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
  MunicipalityConfig config_;
  std::unique_ptr<DataFolder> data_;
  int next_ = 0;
};

// Pairs of signals that are together in one and apart in the other.
size_t Differences(const Clusters& one, const Clusters& other, size_t* pairs) {
  size_t different = 0;
  for (auto a = one.begin(); a != one.end(); ++a) {
    for (auto b = std::next(a); b != one.end(); ++b) {
      bool together = a->second == b->second;
      bool there = other.at(a->first) == other.at(b->first);
      if (together || there) ++*pairs;
      if (together != there) ++different;
    }
  }
  return different;
}

TEST(IdentityOrder, AnyOrderEndsInTheSameHouseholds) {
  const char* given = std::getenv("VROEGSEIN_SEED");
  uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
  int rounds = given != nullptr ? 1 : Rounds(40, 200, 2'000);
  Towns towns;
  size_t pairs = 0, different = 0;
  int towns_different = 0;
  for (int round = 0; round < rounds; ++round, ++seed) {
    Town town(seed);
    std::vector<Signal> signals;
    for (unsigned number = 0; number < 30; ++number) signals.push_back(town.Tell(number));
    Clusters straight = towns.Deliver(signals);
    std::mt19937_64 chance(seed);
    std::shuffle(signals.begin(), signals.end(), chance);
    size_t found = Differences(straight, towns.Deliver(signals), &pairs);
    different += found;
    if (found == 0) continue;
    ++towns_different;
    std::printf("seed %llu: %zu pairs differ\n", static_cast<unsigned long long>(seed), found);
  }
  std::printf("%d of %d towns, %zu of %zu pairs differ with the order\n", towns_different, rounds,
              different, pairs);
  towns.ExpectVerified();
  // What is left comes from who moved while their names were not certain yet.
  EXPECT_LE(different * kPairsPerDifference, pairs);
}

}  // namespace
}  // namespace vroegsein::faults
