// The same deliveries in another order, in other batches, with doubles: the same cases, tasks and
// counts. Failures shrink; the seed is printed, and taken back with RC_PARAMS="seed=...".
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <optional>
#include <random>

#include "alerts/desk/data_folder.h"
#include "rules/dmn/model.h"
#include "tests/faults/small_world.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {

void showValue(const Draw& draw, std::ostream& out) {
  out << SignalOf(draw, "0000", 0).ShortDebugString() << "\n";
}

namespace {

constexpr int kCodes = 10'000;
constexpr int kSignalsMax = 14;

// Up to the size of each table of small_world.cpp; small numbers shrink fast.
rc::Gen<Draw> AnyDraw() {
  auto below = [](unsigned size) { return rc::gen::inRange(0u, size); };
  return rc::gen::build<Draw>(
      rc::gen::set(&Draw::partner, below(3)), rc::gen::set(&Draw::address, below(4)),
      rc::gen::set(&Draw::customer, below(5)), rc::gen::set(&Draw::origin, below(3)),
      rc::gen::set(&Draw::day, below(16)), rc::gen::set(&Draw::cents, below(7)),
      rc::gen::set(&Draw::threat, below(15)), rc::gen::set(&Draw::surname, below(3)));
}

// One folder for all rounds: every delivery gets a municipality of its own in it.
class Desks {
 public:
  Desks() { OpenNew(); }

  std::string NewMunicipality() {
    if (next_ == kCodes) OpenNew();
    std::string code = std::to_string(kCodes + next_++).substr(1);
    Event settings = EventAt(now_, code);
    *settings.mutable_settings()->mutable_settings() = UnlimitedSettings(config_.settings, code);
    VROEGSEIN_CHECK(data_->Do(settings).ok());
    Event policy = EventAt(now_, code);
    policy.mutable_policy()->set_model(config_.policy);
    policy.mutable_policy()->set_hash(dmn::HashOf(config_.policy));
    policy.mutable_policy()->set_effective_day(0);
    VROEGSEIN_CHECK(data_->Do(policy).ok());
    return code;
  }

  // Hands in `order` (places in `draws`) and says what came of it.
  std::string Deliver(const std::vector<Draw>& draws, const std::vector<unsigned>& order) {
    std::string code = NewMunicipality();
    for (unsigned place : order) {
      Event event = SignalEvent(now_, SignalOf(draws[place], code, place));
      VROEGSEIN_CHECK(data_->log().Append(std::move(event), nullptr).ok());
    }
    VROEGSEIN_CHECK(data_->Drain().ok());
    auto state = CanonicalState(data_->database(), code);
    VROEGSEIN_CHECK(state.ok());
    return *state;
  }

 private:
  void OpenNew() {
    data_.reset();
    folder_.emplace();
    next_ = 0;
    auto installation = DefaultInstallation();
    VROEGSEIN_CHECK(installation.ok());
    config_ = installation->municipalities[0];
    installation->municipalities.clear();
    DataFolder::Options options;
    options.database.sync = false;
    auto opened = DataFolder::Open(*folder_ / "data", *installation, now_, options);
    VROEGSEIN_CHECK(opened.ok());
    data_ = std::move(*opened);
  }

  std::optional<TemporaryFolder> folder_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
  MunicipalityConfig config_;
  std::unique_ptr<DataFolder> data_;
  int next_ = 0;
};

std::vector<unsigned> Straight(size_t size) {
  std::vector<unsigned> order(size);
  for (unsigned i = 0; i < size; ++i) order[i] = i;
  return order;
}

// Another order of the same, with about 30% doubles.
std::vector<unsigned> Shuffled(size_t size, unsigned seed) {
  std::mt19937 chance(seed);
  std::vector<unsigned> order = Straight(size);
  for (unsigned i = 0; i < size; ++i) {
    if (chance() % 10 < 3) order.push_back(i);
  }
  std::shuffle(order.begin(), order.end(), chance);
  return order;
}

void SetRounds(int rounds) {
  std::string given = std::getenv("RC_PARAMS") != nullptr ? std::getenv("RC_PARAMS") : "";
  if (given.find("max_success") != std::string::npos) return;
  given += " max_success=" + std::to_string(rounds) + " max_size=" + std::to_string(kSignalsMax);
  setenv("RC_PARAMS", given.c_str(), 1);
}

TEST(Shuffle, TheOrderOfArrivalDecidesNothing) {
  SetRounds(Rounds(100, 1'000, 40'000));
  Desks desks;
  EXPECT_TRUE(rc::check("any two orders end in the same state", [&] {
    auto draws = *rc::gen::container<std::vector<Draw>>(AnyDraw());
    auto seed = *rc::gen::inRange(0u, 1'000'000u);
    std::string straight = desks.Deliver(draws, Straight(draws.size()));
    std::string shuffled = desks.Deliver(draws, Shuffled(draws.size(), seed));
    RC_ASSERT(straight == shuffled);
  }));
}

}  // namespace
}  // namespace vroegsein::faults
