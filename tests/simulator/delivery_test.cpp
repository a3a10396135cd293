// The files on disk, the simulator's and the demo's, through the reader of partners' deliveries:
// CSV with each separator and NDJSON.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <utility>

#include "ingest/aftermath_reader.h"
#include "ingest/delivery_reader.h"
#include "ingest/simulator/simulator.h"
#include "tests/simulator/folder.h"

namespace vroegsein::simulator {
namespace {

namespace fs = std::filesystem;

struct Read {
  uint64_t accepted = 0;
  std::set<std::pair<std::string, std::string>> refused;  // partner, id
};

// vitens-2025-06.csv is of vitens.
std::string PartnerOf(const fs::path& file) {
  std::string name = file.stem().string();
  return name.substr(0, name.size() - std::string("-2025-06").size());
}

DecodeOptions OptionsFor(const fs::path& file, const char* today) {
  DecodeOptions options;
  options.partner = PartnerOf(file);
  options.municipalities = {"0080"};
  options.today = *ParseDate(today);
  return options;
}

Read ReadSignals(const fs::path& folder, const char* today) {
  Read read;
  DeliveryReader reader;
  DecodedSignal decoded;
  for (const fs::path& file : FilesIn(folder)) {
    auto source = FileSource::Open(file.string());
    EXPECT_TRUE(source.ok()) << file;
    EXPECT_TRUE(reader.Open(source->get(), OptionsFor(file, today)).ok()) << file;
    while (reader.Next(&decoded).value()) {
      if (decoded.ok()) ++read.accepted;
      if (!decoded.ok()) read.refused.emplace(PartnerOf(file), decoded.id);
    }
  }
  return read;
}

class Delivered : public ::testing::Test {
 protected:
  SimulationSummary Run() {
    options_.households = 4000;
    options_.months = 6;
    options_.seed = 17;
    options_.until = *ParseDate("2025-12-31");
    options_.out = folder_.path();
    return Simulate(options_).value();
  }

  TemporaryFolder folder_;
  SimulationOptions options_;
};

TEST_F(Delivered, EveryRowIsAccepted) {
  SimulationSummary summary = Run();
  Read read = ReadSignals(folder_.path() / "leveringen", "2025-12-31");
  EXPECT_EQ(read.accepted, summary.rows);
  EXPECT_TRUE(read.refused.empty());
}

TEST_F(Delivered, ExactlyTheBrokenRowsAreRefused) {
  options_.broken = 5 * kPercent;
  Run();
  Read read = ReadSignals(folder_.path() / "leveringen", "2025-12-31");
  std::set<std::pair<std::string, std::string>> broken;
  for (const auto& cells : ReadCells(folder_.path() / "waarheid.csv")) {
    if (cells[4] == "broken") broken.emplace(cells[0], cells[1]);
  }
  EXPECT_GT(broken.size(), 50u);
  EXPECT_EQ(read.refused, broken);
}

TEST_F(Delivered, EveryAftermathIsAccepted) {
  SimulationSummary summary = Run();
  uint64_t accepted = 0;
  AftermathReader reader;
  DecodedAftermath decoded;
  for (const fs::path& file : FilesIn(folder_.path() / "aflopen")) {
    auto source = FileSource::Open(file.string());
    ASSERT_TRUE(source.ok()) << file;
    ASSERT_TRUE(reader.Open(source->get(), OptionsFor(file, "2025-12-31")).ok()) << file;
    while (reader.Next(&decoded).value()) accepted += decoded.ok();
  }
  EXPECT_EQ(accepted, summary.sequels);
}

TEST(DemoDelivered, EveryRowIsAccepted) {
  Read read = ReadSignals(fs::path(VROEGSEIN_SOURCE_DIR) / "deploy/demo/leveringen", "2015-07-30");
  EXPECT_EQ(read.accepted, 320u);
  EXPECT_TRUE(read.refused.empty());
}

}  // namespace
}  // namespace vroegsein::simulator
