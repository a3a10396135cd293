#include "tests/faults/identity_worlds.h"

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>

#include "ingest/byte_source.h"
#include "ingest/delivery_reader.h"
#include "ingest/simulator/simulator.h"
#include "tests/store/temporary_folder.h"

namespace vroegsein::faults {
namespace {

constexpr const char* kSurnames[] = {"Wiarda", "Hoekstra", "de Vries", "Okafor",  "Meijer",
                                     "Nguyen", "Dijkstra", "Jansen",   "Sørensen"};
constexpr const char* kMisspelt[] = {"Wiarde", "Hoekstar", "Vries",   "Okafr",   "Meyer",
                                     "Nguyn",  "Dykstra",  "Janssen", "Sorensen"};
constexpr const char* kPostcodes[] = {"8911AD", "8911AE", "8921AB", "8932CX", "8915AA"};
constexpr int kNames = 9;
constexpr int kFirstDay = 20'400;
constexpr int kDays = 400;
constexpr unsigned kTownSignals = 30;
constexpr int kHousePeople = 30;
constexpr unsigned kHouseSignals = 90;

// Who lives where from when, and what partners write about them.
class World {
 public:
  explicit World(uint64_t seed) : chance_(seed) {}

  int Below(int end) { return static_cast<int>(chance_() % static_cast<uint64_t>(end)); }

  // Signal `number` about one of the people, on any day, without an address.
  Signal About(unsigned number, int person, int name) {
    Signal signal;
    signal.set_partner("vitens");
    signal.set_sector("Water");
    signal.set_id("S" + std::to_string(number));
    int day = kFirstDay + Below(kDays);
    signal.set_signal_day(day);
    signal.set_origin_day(day - 60);
    signal.set_arrears_cents(10'000);
    Client* client = signal.mutable_client();
    bool misspelt = Below(8) == 0;
    client->set_surname(misspelt ? kMisspelt[name] : kSurnames[name]);
    client->set_initials(std::string(1, static_cast<char>('A' + person % 26)) + ".");
    client->set_house_number("12");
    if (Below(3) != 0) client->set_birth_day(3'000 + person * 777);
    if (Below(3) == 0) client->set_phone("+316123450" + std::to_string(10 + person));
    return signal;
  }

 private:
  std::mt19937_64 chance_;
};

struct Home {
  const char* from = "";
  const char* to = "";
  int moves_day = 0;  // 0: never
};

void MoveIn(const Home& home, Signal* signal) {
  bool moved = home.moves_day != 0 && signal->signal_day() >= home.moves_day;
  signal->mutable_client()->set_postcode(moved ? home.to : home.from);
}

Result<std::vector<Signal>> ReadDelivery(const std::filesystem::path& path) {
  constexpr size_t kMonthEnding = 8;  // "-2026-10"
  std::string stem = path.stem().string();
  DecodeOptions options;
  options.partner = stem.substr(0, stem.size() - kMonthEnding);
  options.municipalities = {"0080"};
  options.today = *ParseDate("2026-11-20");
  auto source = FileSource::Open(path.string());
  if (!source.ok()) return source.status();
  DeliveryReader reader;
  VROEGSEIN_RETURN_IF_ERROR(reader.Open(source->get(), options));
  std::vector<Signal> signals;
  DecodedSignal decoded;
  for (;;) {
    auto next = reader.Next(&decoded);
    if (!next.ok()) return next.status();
    if (!*next) return signals;
    if (decoded.ok()) signals.push_back(decoded.signal);
  }
}

}  // namespace

std::vector<Signal> TownSignals(uint64_t seed) {
  World world(seed);
  Home homes[kNames];
  for (Home& home : homes) {
    home.from = kPostcodes[world.Below(5)];
    home.to = kPostcodes[world.Below(5)];
    if (world.Below(3) == 0) home.moves_day = kFirstDay + world.Below(kDays);
  }
  std::vector<Signal> signals;
  for (unsigned number = 0; number < kTownSignals; ++number) {
    int person = world.Below(kNames);
    signals.push_back(world.About(number, person, person));
    MoveIn(homes[person], &signals.back());
  }
  return signals;
}

std::vector<Signal> FullHouseSignals(uint64_t seed) {
  World world(seed);
  Home homes[kHousePeople];
  int names[kHousePeople];
  for (int person = 0; person < kHousePeople; ++person) {
    names[person] = world.Below(kNames);
    homes[person].from = kPostcodes[world.Below(8) == 0 ? 1 : 0];
    homes[person].to = kPostcodes[2];
    if (world.Below(6) == 0) homes[person].moves_day = kFirstDay + world.Below(kDays);
  }
  std::vector<Signal> signals;
  for (unsigned number = 0; number < kHouseSignals; ++number) {
    int person = world.Below(kHousePeople);
    signals.push_back(world.About(number, person, names[person]));
    MoveIn(homes[person], &signals.back());
  }
  return signals;
}

std::vector<Signal> SimulatedSignals(uint64_t seed) {
  TemporaryFolder folder;
  simulator::SimulationOptions options;
  options.households = 450;
  options.months = 7;
  options.seed = seed;
  options.until = *ParseDate("2026-10-31");
  options.arrears_per_year_milli = 8'000;
  options.errors = 8 * simulator::kPercent;
  options.moves = 5 * simulator::kPercent;
  options.crowded = 2 * simulator::kPercent;
  options.duplicates = 0;
  options.out = folder / "sim";
  VROEGSEIN_CHECK(simulator::Simulate(options).ok());
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(options.out / "leveringen")) {
    files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Signal> signals;
  for (const auto& file : files) {
    auto read = ReadDelivery(file);
    VROEGSEIN_CHECK(read.ok());
    signals.insert(signals.end(), read->begin(), read->end());
  }
  for (size_t i = 0; i < signals.size(); ++i) signals[i].set_id("S" + std::to_string(i));
  return signals;
}

}  // namespace vroegsein::faults
