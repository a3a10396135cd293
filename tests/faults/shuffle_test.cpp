// The same deliveries in another order, in other batches, with doubles: the same cases, tasks and
// counts. Failures shrink; the seed is printed, and taken back with RC_PARAMS="seed=...".
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

#include "tests/faults/new_towns.h"

namespace vroegsein::faults {

void showValue(const Draw& draw, std::ostream& out) {
  out << SignalOf(draw, "0000", 0).ShortDebugString() << "\n";
}

namespace {

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

class Desks {
 public:
  // Hands in `order` (places in `draws`) and says what came of it.
  std::string Deliver(const std::vector<Draw>& draws, const std::vector<unsigned>& order) {
    std::string code = towns_.NewMunicipality();
    for (unsigned place : order) {
      Event event = SignalEvent(towns_.now(), SignalOf(draws[place], code, place));
      VROEGSEIN_CHECK(towns_.data().log().Append(std::move(event), nullptr).ok());
    }
    VROEGSEIN_CHECK(towns_.data().Drain().ok());
    auto state = CanonicalState(towns_.data().database(), code);
    VROEGSEIN_CHECK(state.ok());
    return *state;
  }

 private:
  NewTowns towns_;
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
