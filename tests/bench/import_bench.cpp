// The durable import against the naive chain, in one run on one core.
//
//   build/release/tests/bench/bin/import_bench [--households N] [--months M] [--core C]
//                                                [--rounds R]
//
// Ours: every delivery of a simulated covenant through the complete step (decode, check, admit,
// household, case, four decisions with their reasons, route, task, feedback, receipt), one sync per
// 1,000 signals. Naive (the chain of which design.md speaks): read the same rows, parse their
// fields with simdjson, look three keys up, put four records of 200 bytes in one batch with a sync
// per 1,000, append one message to a buffer. Both in a process of their own, pinned to the same
// core, background threads included; the naive one has half of its keys in the store before, as a
// store in use has. On a machine with neighbours one round says little: with more of them the two
// take turns, and the least that each needed counts.
//
// Printed: signals per second of each, the ratio, CPU time and peak memory. Nothing is asserted.
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <sched.h>
#include <simdjson.h>
#include <sodium.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "alerts/desk/data_folder.h"
#include "ingest/delivery_reader.h"
#include "ingest/simulator/simulator.h"
#include "tests/bench/number_option.h"

namespace vroegsein {
namespace {

constexpr size_t kBatch = 1'000;

struct Options {
  int households = 60'000;
  int months = 12;
  int core = 0;
  int rounds = 1;
};

struct Delivery {
  std::string partner;
  std::string path;
};

struct Figures {
  uint64_t signals = 0;
  double seconds = 0;
  uint64_t cached_bytes = 0;  // in the block cache, at the end
};

void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "import_bench: %s\n", what);
  std::exit(1);
}

std::vector<Delivery> DeliveriesIn(const std::string& folder) {
  std::vector<Delivery> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/leveringen")) {
    std::string name = entry.path().filename();
    // partner-YYYY-MM.ending
    size_t month = name.rfind('-');
    size_t year = name.rfind('-', month - 1);
    found.push_back({name.substr(0, year), entry.path()});
  }
  std::sort(found.begin(), found.end(), [](const Delivery& a, const Delivery& b) {
    auto when = [](const Delivery& d) { return d.path.substr(d.path.rfind('.') - 7, 7); };
    return std::make_pair(when(a), a.partner) < std::make_pair(when(b), b.partner);
  });
  return found;
}

Figures Ours(const std::vector<Delivery>& deliveries, const std::string& folder) {
  auto installation = DefaultInstallation();
  Require(installation.ok(), "no installation");
  Instant now = *ParseInstant("2026-01-05T09:00:00Z");
  auto opened = DataFolder::Open(folder, *installation, now, DataFolder::ForImport({}));
  Require(opened.ok(), "cannot open the data folder");
  Figures figures;
  std::string receipts;
  auto start = std::chrono::steady_clock::now();
  for (const Delivery& delivery : deliveries) {
    auto source = FileSource::Open(delivery.path);
    Require(source.ok(), "cannot read a delivery");
    DeliveryReader reader;
    DecodeOptions decode{delivery.partner, {}, {"0080"}, DayInAmsterdam(now)};
    Require(reader.Open(source->get(), decode).ok(), "cannot open a delivery");
    DecodedSignal decoded;
    size_t waiting = 0;
    for (auto more = reader.Next(&decoded); more.ok() && *more; more = reader.Next(&decoded)) {
      Require(decoded.ok(), "a simulated signal was refused");
      Event event;
      event.set_recorded_ms(MillisOf(now));
      event.set_municipality(decoded.signal.municipality());
      event.mutable_signal()->mutable_signal()->Swap(&decoded.signal);
      auto answer = [&](const Outcome& outcome) { AppendReceiptJson(*outcome.receipt, &receipts); };
      Require((*opened)->log().Append(std::move(event), answer).ok(), "the log is full");
      ++figures.signals;
      if (++waiting < kBatch) continue;
      Require((*opened)->Drain().ok(), "the desk failed");
      receipts.clear();
      waiting = 0;
    }
    Require((*opened)->Drain().ok(), "the desk failed");
  }
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  figures.cached_bytes = (*opened)->database().CachedBytes();
  return figures;
}

// The rows as NDJSON, so that the naive chain has no CSV to read.
std::vector<std::string> RowsOf(const std::vector<Delivery>& deliveries) {
  std::vector<std::string> rows;
  for (const Delivery& delivery : deliveries) {
    bool json = delivery.path.ends_with(".ndjson");
    std::ifstream file(delivery.path);
    std::string line;
    while (json && std::getline(file, line)) rows.push_back(line);
  }
  return rows;
}

rocksdb::Options NaiveOptions() {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(64u << 20);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::Options options;
  options.create_if_missing = true;
  options.max_background_jobs = 2;
  options.write_buffer_size = 16u << 20;
  options.max_write_buffer_number = 3;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

size_t ParseFields(simdjson::ondemand::parser* parser, simdjson::padded_string_view row) {
  size_t fields = 0;
  simdjson::ondemand::document document = parser->iterate(row);
  for (auto field : document.get_object()) {
    std::string_view key = field.unescaped_key();
    fields += key.size();
    simdjson::ondemand::value value = field.value();
    if (value.type() != simdjson::ondemand::json_type::object) continue;
    for (auto inner : value.get_object()) {
      fields += std::string_view(inner.unescaped_key()).size();
      if (inner.value().type() == simdjson::ondemand::json_type::string) {
        fields += std::string_view(inner.value().get_string()).size();
      }
    }
  }
  return fields;
}

Figures Naive(const std::vector<std::string>& rows, uint64_t signals, uint64_t households,
              const std::string& folder) {
  rocksdb::DB* opened = nullptr;
  Require(rocksdb::DB::Open(NaiveOptions(), folder, &opened).ok(), "cannot open the naive store");
  std::unique_ptr<rocksdb::DB> db(opened);
  std::string record(200, 'x');
  for (uint64_t i = 0; i < households; i += 2) {
    db->Put(rocksdb::WriteOptions(), "household" + std::to_string(i), record);
  }
  simdjson::ondemand::parser parser;
  rocksdb::WriteOptions durable;
  durable.sync = true;
  rocksdb::WriteBatch batch;
  std::string produced, value, padded;
  Figures figures;
  size_t fields = 0;
  auto start = std::chrono::steady_clock::now();
  for (uint64_t i = 0; i < signals; ++i) {
    const std::string& row = rows[i % rows.size()];
    padded.assign(row);
    padded.reserve(row.size() + simdjson::SIMDJSON_PADDING);
    fields += ParseFields(
        &parser, simdjson::padded_string_view(padded.data(), row.size(), padded.capacity()));
    std::string household = std::to_string(i * 2'654'435'761u % households);
    std::string signal = std::to_string(i);
    db->Get(rocksdb::ReadOptions(), "signal" + signal, &value);
    db->Get(rocksdb::ReadOptions(), "household" + household, &value);
    db->Get(rocksdb::ReadOptions(), "case" + household, &value);
    batch.Put("signal" + signal, record);
    batch.Put("household" + household, record);
    batch.Put("case" + household, record);
    batch.Put("outbox" + signal, record);
    produced.append(record);
    if (++figures.signals % kBatch != 0) continue;
    Require(db->Write(durable, &batch).ok(), "the naive store failed");
    batch.Clear();
    produced.clear();
  }
  Require(db->Write(durable, &batch).ok(), "the naive store failed");
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  Require(fields > 0, "nothing was parsed");
  return figures;
}

struct Measured {
  Figures figures;
  double cpu_seconds = 0;
  double peak_mib = 0;
};

// In a process of its own, so that memory and CPU time are its own, pinned to one core.
Measured InAProcess(int core, const std::function<Figures()>& work) {
  int ends[2];
  Require(pipe(ends) == 0, "no pipe");
  pid_t child = fork();
  Require(child >= 0, "no process");
  if (child == 0) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<size_t>(core), &cores);
    sched_setaffinity(0, sizeof cores, &cores);
    Figures figures = work();
    bool told = write(ends[1], &figures, sizeof figures) == sizeof figures;
    _exit(told ? 0 : 1);
  }
  close(ends[1]);
  Measured measured;
  bool heard = read(ends[0], &measured.figures, sizeof measured.figures) == sizeof measured.figures;
  close(ends[0]);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  Require(heard && status == 0, "the measured process failed");
  auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  measured.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
  measured.peak_mib = static_cast<double>(usage.ru_maxrss) / 1024;
  return measured;
}

void Print(const char* name, const Measured& m) {
  std::printf("%-6s %8llu signals in %6.2f s: %7.0f a second; CPU %6.2f s; peak %4.0f MiB\n", name,
              static_cast<unsigned long long>(m.figures.signals), m.figures.seconds,
              static_cast<double>(m.figures.signals) / m.figures.seconds, m.cpu_seconds,
              m.peak_mib);
  std::fflush(stdout);
}

std::string NewFolder(const std::string& folder) {
  std::filesystem::remove_all(folder);
  return folder;
}

double Least(const std::vector<Measured>& rounds,
             const std::function<double(const Measured&)>& of) {
  double least = of(rounds.front());
  for (const Measured& round : rounds) least = std::min(least, of(round));
  return least;
}

// Both did the same signals.
void Compare(const std::vector<Measured>& ours, const std::vector<Measured>& naive) {
  auto seconds = [](const Measured& m) { return m.figures.seconds; };
  auto cpu = [](const Measured& m) { return m.cpu_seconds; };
  std::printf("ours / naive: %.2f by the clock, %.2f by CPU time (asked: at least 0.70)\n",
              Least(naive, seconds) / Least(ours, seconds), Least(naive, cpu) / Least(ours, cpu));
  auto beside = [](const Measured& m) {
    return m.peak_mib - static_cast<double>(m.figures.cached_bytes) / (1u << 20);
  };
  double most = -Least(ours, [&](const Measured& m) { return -beside(m); });
  std::printf(
      "peak beside the block cache, of which %.0f MiB were in use: %.0f MiB (asked: under 200)\n",
      static_cast<double>(ours.back().figures.cached_bytes) / (1u << 20), most);
}

int Run(int argc, char** argv) {
  Require(sodium_init() >= 0, "no libsodium");
  Options options;
  const char* length = std::getenv("VROEGSEIN_TEST_LENGTH");
  if (length != nullptr && std::string(length) == "short") options.households = 6'000;
  CLI::App app("The durable import against the naive chain, in one run on one core.");
  NumberOption(&app, "--households", &options.households, "of the simulated covenant");
  NumberOption(&app, "--months", &options.months, "of its signals");
  NumberOption(&app, "--rounds", &options.rounds, "in which the two take turns");
  NumberOption(&app, "--core", &options.core, "that both are pinned to", 0, 1'023);
  CLI11_PARSE(app, argc, argv);
  std::string root = std::filesystem::temp_directory_path() / "vroegsein-import-XXXXXX";
  Require(mkdtemp(root.data()) != nullptr, "no temporary folder");
  simulator::SimulationOptions simulation;
  simulation.households = static_cast<uint64_t>(options.households);
  simulation.months = options.months;
  simulation.seed = 7;
  simulation.arrears_per_year_milli = 2'800;
  simulation.out = root + "/leveringen-in";
  simulation.until = *ParseDate("2025-12-31");
  Require(simulator::Simulate(simulation).ok(), "the simulation failed");
  auto deliveries = DeliveriesIn(simulation.out);
  std::vector<Measured> ours, naive;
  for (int round = 0; round < options.rounds; ++round) {
    ours.push_back(
        InAProcess(options.core, [&] { return Ours(deliveries, NewFolder(root + "/ours")); }));
    Print("ours", ours.back());
    naive.push_back(InAProcess(options.core, [&] {
      return Naive(RowsOf(deliveries), ours.back().figures.signals,
                   static_cast<uint64_t>(options.households), NewFolder(root + "/naive"));
    }));
    Print("naive", naive.back());
  }
  Compare(ours, naive);
  std::filesystem::remove_all(root);
  return 0;
}

}  // namespace
}  // namespace vroegsein

int main(int argc, char** argv) { return vroegsein::Run(argc, argv); }
