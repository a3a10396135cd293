// One new record against a store full of households: how long until it is in its household, durable
// apart from the sync.
//
//   build/release/tests/bench/bin/household_bench [--households N] [--records R] [--rest 0]
//                                                  [--warm 0] [--cache MIB]
//
// Fills a store with N households (one signal each), waits until RocksDB has nothing left to do of
// that (unless --rest 0), then hands in R signals of each kind, one a batch, and takes the time of
// the whole step with its commit (without sync): somebody new at a new address, somebody known, a
// second person at a known address, a known person at a new address, somebody new with the
// country's commonest surname, and a resident of a house of many. Printed per kind: the 50th, 95th
// and 99th percentile in microseconds, and how many of the records waited for the disk. Before each
// kind the store's files are read once, so that they are in memory as on a machine that has room
// for them; some systems give what was not asked for within half a minute back, and then it is the
// disk that is measured (--warm 0). Nothing is asserted about time. With
// VROEGSEIN_TEST_LENGTH=short there are 50,000 households.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "alerts/desk/data_folder.h"
#include "tests/bench/number_option.h"

namespace vroegsein {
namespace {

constexpr size_t kBatch = 1'000;
constexpr int kFirstDay = 20'600;
constexpr int kRoomsPerHouse = 12;
constexpr int kNumbersPerStreet = 180;
constexpr int kRestSecondsMax = 120;
constexpr long kIdleMillis = 20;  // of a second

struct Options {
  int households = 1'000'000;
  int records = 2'000;
  int rest = 1;
  int warm = 1;
  int cache = 64;
};

void Require(bool holds, const char* what) {
  if (holds) return;
  std::printf("household_bench: %s\n", what);
  std::exit(1);
}

// How many of ten thousand people bear the ten commonest surnames (Nederlandse Familienamenbank,
// count of 2007); the other names are rare.
struct CommonName {
  const char* name;
  uint64_t share;
};
constexpr CommonName kCommonNames[] = {
    {"de Jong", 53}, {"Jansen", 46}, {"de Vries", 45}, {"Bakker", 35}, {"van Dijk", 35},
    {"Janssen", 34}, {"Visser", 31}, {"Smit", 27},     {"Meijer", 25}, {"de Boer", 25}};

std::string NameOf(uint64_t seed) {
  static const char* kStarts[] = {"Wiar", "Hoek", "Dijk", "Ber", "Noor", "Zuid", "Oos", "Molen"};
  static const char* kEnds[] = {"da", "stra", "ma", "man", "huis", "veld", "burg", "sma"};
  std::mt19937_64 chance(seed * 2'654'435'761u);
  uint64_t place = chance() % 10'000;
  for (const CommonName& common : kCommonNames) {
    if (place < common.share) return common.name;
    place -= common.share;
  }
  std::string name = kStarts[chance() % 8];
  for (int i = 0; i < 2; ++i) name += static_cast<char>('a' + chance() % 26);
  return name + kEnds[chance() % 8];
}

// Twelve doors to a postcode, and the numbers go on through the street as they do in a town: an
// area (the four digits) of 6,000 addresses has some 33 with one number.
std::string NumberOf(int address) { return std::to_string(1 + address % kNumbersPerStreet); }

std::string PostcodeOf(int address) {
  std::string code = std::to_string(1'000 + address / 6'000 % 9'000);
  code += static_cast<char>('A' + address / 240 % 25);
  return code + static_cast<char>('A' + address / 12 % 20);
}

// Person p, who lives at address p.
Signal SignalOf(int person, int address, int number, int day) {
  Signal signal;
  signal.set_partner("vitens");
  signal.set_id("S" + std::to_string(number));
  signal.set_municipality("0080");
  signal.set_sector("Water");
  signal.set_customer_number("K" + std::to_string(person));
  signal.set_signal_day(day);
  signal.set_origin_day(day - 60);
  signal.set_arrears_cents(12'000 + number % 500);
  Client* client = signal.mutable_client();
  auto seed = static_cast<uint64_t>(person);
  client->set_surname(NameOf(seed));
  client->set_initials(std::string(1, static_cast<char>('A' + person % 26)) + ".");
  if (person % 4 != 0) client->set_birth_day(static_cast<int32_t>(seed * 7'919 % 18'000) - 9'000);
  if (person % 3 == 0) client->set_phone("+316" + std::to_string(10'000'000 + person));
  client->set_postcode(PostcodeOf(address));
  client->set_house_number(NumberOf(address));
  client->set_house_number_suffix(std::to_string(address / 54'000'000));
  client->set_town("Leeuwarden");
  return signal;
}

// Bytes that this process had to fetch from the disk so far.
uint64_t ReadFromDisk() {
  std::ifstream io("/proc/self/io");
  std::string name;
  uint64_t bytes = 0;
  while (io >> name >> bytes) {
    if (name == "read_bytes:") return bytes;
  }
  return 0;
}

void ReadFilesIn(const std::string& folder) {
  std::vector<char> block(1u << 20);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    while (file.read(block.data(), static_cast<std::streamsize>(block.size()))) continue;
  }
}

class Bench {
 public:
  explicit Bench(const Options& options) : options_(options) {
    std::string pattern = std::filesystem::temp_directory_path() / "household-bench-XXXXXX";
    Require(mkdtemp(pattern.data()) != nullptr, "no temporary folder");
    root_ = pattern;
    auto installation = DefaultInstallation();
    Require(installation.ok(), "no installation");
    DataFolder::Options open;
    open.database.sync = false;
    open.database.block_cache_bytes = static_cast<size_t>(options.cache) << 20;
    auto folder = DataFolder::Open(root_ + "/data", *installation, now_, open);
    Require(folder.ok(), "the folder cannot be opened");
    folder_ = std::move(*folder);
  }
  ~Bench() {
    folder_.reset();
    std::filesystem::remove_all(root_);
  }

  void Fill() {
    for (int person = 0; person < options_.households; ++person) {
      Append(SignalOf(person, person, next_++, kFirstDay + person % 30));
      if (folder_->log().waiting() >= kBatch) Require(folder_->Drain().ok(), "the desk stopped");
    }
    for (int room = 0; room < kRoomsPerHouse; ++room) {
      Append(SignalOf(options_.households + room, HouseOfMany(), next_++, kFirstDay));
    }
    Require(folder_->Drain().ok(), "the desk stopped");
  }

  // Until the other threads of the process do next to nothing.
  static void Rest() {
    auto used = [](int who) {
      rusage usage{};
      getrusage(who, &usage);
      auto millis = [](const timeval& time) { return time.tv_sec * 1'000 + time.tv_usec / 1'000; };
      return millis(usage.ru_utime) + millis(usage.ru_stime);
    };
    auto others = [&used] { return used(RUSAGE_SELF) - used(RUSAGE_THREAD); };
    for (int second = 0; second < kRestSecondsMax; ++second) {
      long before = others();
      auto end = std::chrono::steady_clock::now() + std::chrono::seconds(1);
      while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
      if (others() - before < kIdleMillis) return;
    }
  }

  // `who` and `where` of the i-th record.
  template <typename Who, typename Where>
  void Measure(const char* kind, const Who& who, const Where& where) {
    std::vector<double> micros;
    int waited = 0;
    if (options_.warm != 0) ReadFilesIn(root_);
    for (int i = 0; i < options_.records; ++i) {
      int person = who(i), address = where(i);
      Signal signal = SignalOf(person, address, next_++, kFirstDay + 40 + i % 100);
      uint64_t read = ReadFromDisk();
      auto begin = std::chrono::steady_clock::now();
      Append(std::move(signal));
      Require(folder_->Drain().ok(), "the desk stopped");
      std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
      micros.push_back(took.count());
      if (ReadFromDisk() != read) ++waited;
    }
    std::sort(micros.begin(), micros.end());
    auto at = [&](size_t percent) { return micros[(micros.size() - 1) * percent / 100]; };
    std::printf("%-34s p50 %5.0f  p95 %5.0f  p99 %5.0f us; %4d of %zu waited for the disk\n", kind,
                at(50), at(95), at(99), waited, micros.size());
  }

  void Run() {
    int homes = options_.households;
    std::mt19937_64 chance(7);
    auto any = [&](int) { return static_cast<int>(chance() % static_cast<uint64_t>(homes)); };
    int last = 0;
    auto known = [&](int i) { return last = any(i); };
    auto same = [&](int) { return last; };
    auto fresh = [&](int i) { return 2 * homes + i; };
    auto other = [&](int i) { return 4 * homes + i; };
    Measure("somebody new, a new address", fresh, fresh);
    Measure("somebody known", known, same);
    Measure("a second person at a known address", other, any);
    Measure("somebody known, a new address", any, [&](int i) { return 6 * homes + i; });
    int bearer = 9 * homes;
    auto common = [&](int) {
      while (NameOf(static_cast<uint64_t>(++bearer)) != kCommonNames[0].name) continue;
      return bearer;
    };
    Measure("the commonest name, a new address", common, [&](int) { return bearer; });
    Measure(
        "somebody in a house of many", [&](int i) { return homes + i % kRoomsPerHouse; },
        [&](int) { return HouseOfMany(); });
  }

 private:
  int HouseOfMany() const { return 8 * options_.households; }
  void Append(Signal signal) {
    Event event;
    event.set_recorded_ms(MillisOf(now_));
    event.set_municipality("0080");
    *event.mutable_signal()->mutable_signal() = std::move(signal);
    Require(folder_->log().Append(std::move(event), nullptr).ok(), "the log is full");
  }

  Options options_;
  std::string root_;
  Instant now_ = *ParseInstant("2026-11-20T09:00:00Z");
  std::unique_ptr<DataFolder> folder_;
  int next_ = 0;
};

int Run(int argc, char** argv) {
  Options options;
  const char* length = std::getenv("VROEGSEIN_TEST_LENGTH");
  if (length != nullptr && std::strcmp(length, "short") == 0) {
    options.households = 50'000;
    options.records = 500;
  }
  CLI::App app("One new record against a store full of households: how long until it is there.");
  NumberOption(&app, "--households", &options.households, "in the store");
  NumberOption(&app, "--records", &options.records, "handed in of each kind");
  NumberOption(&app, "--cache", &options.cache, "of blocks, in MiB");
  NumberOption(&app, "--rest", &options.rest, "0: do not wait until RocksDB has nothing left to do",
               0, 1);
  NumberOption(&app, "--warm", &options.warm, "0: do not read the files before each kind", 0, 1);
  CLI11_PARSE(app, argc, argv);
  Bench bench(options);
  bench.Fill();
  if (options.rest != 0) Bench::Rest();
  std::printf("%d households\n", options.households);
  bench.Run();
  return 0;
}

}  // namespace
}  // namespace vroegsein

int main(int argc, char** argv) { return vroegsein::Run(argc, argv); }
