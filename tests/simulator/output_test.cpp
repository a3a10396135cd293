#include <gtest/gtest.h>

#include <map>
#include <set>

#include "ingest/simulator/simulator.h"
#include "ingest/simulator/written.h"
#include "tests/simulator/folder.h"

namespace vroegsein::simulator {
namespace {

namespace fs = std::filesystem;

class Output : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.households = 400;
    options_.months = 6;
    options_.seed = 42;
    options_.until = *ParseDate("2025-12-31");
    options_.out = folder_.path() / "deliveries";
  }

  SimulationSummary Run() {
    auto summary = Simulate(options_);
    EXPECT_TRUE(summary.ok()) << summary.status().message();
    return summary.ok() ? *summary : SimulationSummary{};
  }

  TemporaryFolder folder_;
  SimulationOptions options_;
};

// Changing this number says: every simulation made so far comes out differently. Say so in the
// commit.
constexpr uint64_t kGoldenHash = 14006556139611002048ULL;

TEST_F(Output, SameSeedSameBytes) {
  Run();
  uint64_t first = HashOf(options_.out);
  EXPECT_EQ(first, kGoldenHash) << std::hex << first;
  options_.out = folder_.path() / "again";
  Run();
  EXPECT_EQ(HashOf(options_.out), first);
}

TEST_F(Output, AnotherSeedOtherBytes) {
  Run();
  uint64_t first = HashOf(options_.out);
  options_.seed = 43;
  Run();
  EXPECT_NE(HashOf(options_.out), first);
}

TEST_F(Output, ReplacesItsOwnFilesAndNoOthers) {
  options_.months = 12;
  Run();
  fs::path own = options_.out / "leveringen" / "essent-2025-01.ndjson";
  fs::path other = options_.out / "leveringen" / "essent-mine.ndjson";
  ASSERT_TRUE(fs::exists(own));
  std::ofstream(other) << "kept\n";
  options_.months = 6;
  Run();
  EXPECT_FALSE(fs::exists(own));
  EXPECT_EQ(ReadFile(other), "kept\n");
  fs::remove(other);
  EXPECT_EQ(HashOf(options_.out), kGoldenHash);
}

TEST_F(Output, TheTruthHasEveryRow) {
  options_.duplicates = 10 * kPercent;
  options_.broken = 5 * kPercent;
  SimulationSummary summary = Run();
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> kinds;
  for (const auto& cells : ReadCells(options_.out / "waarheid.csv")) {
    ASSERT_EQ(cells.size(), 5u);
    kinds[{cells[0], cells[1]}].push_back(cells[4]);
  }
  uint64_t rows = 0, duplicates = 0;
  for (const auto& [id, of_id] : kinds) {
    rows += of_id.size();
    EXPECT_NE(of_id.front(), "duplicate");
    ASSERT_LE(of_id.size(), 2u);
    if (of_id.size() == 2 && of_id[1] == "duplicate") ++duplicates;
  }
  EXPECT_EQ(rows, summary.rows);
  EXPECT_GT(duplicates, summary.rows / 20);
  EXPECT_EQ(duplicates, summary.rows_per_kind[static_cast<size_t>(NoticeKind::kDuplicate)]);
  EXPECT_GT(summary.rows_per_kind[static_cast<size_t>(NoticeKind::kBroken)], summary.rows / 40);
}

TEST_F(Output, FilesHoldTheRowsThatTheSummaryCounts) {
  SimulationSummary summary = Run();
  uint64_t signals = 0, sequels = 0, files = 0;
  for (const fs::path& file : FilesIn(options_.out)) {
    std::string text = ReadFile(file), folder = file.parent_path().filename();
    auto lines = static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n'));
    if (file.extension() == ".csv") --lines;
    if (folder == "leveringen") signals += lines;
    if (folder == "aflopen") sequels += lines;
    files += folder == "leveringen" || folder == "aflopen";
  }
  EXPECT_EQ(signals, summary.rows);
  EXPECT_EQ(sequels, summary.sequels);
  EXPECT_EQ(files, summary.files);
  EXPECT_GT(summary.sequels, 0u);
}

TEST_F(Output, EveryAftermathIsOfAnEarlierSignal) {
  options_.households = 3000;
  Run();
  std::set<std::string> known;
  for (const auto& cells : ReadCells(options_.out / "waarheid.csv")) known.insert(cells[1]);
  int checked = 0;
  for (int month = 7; month <= 12; ++month) {
    fs::path file =
        options_.out / "aflopen" /
        ("vitens-2025-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + ".csv");
    if (!fs::exists(file)) continue;
    for (const auto& cells : ReadCells(file)) {
      EXPECT_TRUE(known.contains(cells[0]));
      EXPECT_LT(cells[0].substr(3, 7), cells[2].substr(0, 7));
      ++checked;
    }
  }
  EXPECT_GT(checked, 50);
}

TEST_F(Output, RefusesWhatIsOutOfRange) {
  auto code = [](SimulationOptions options) { return Simulate(options).status().code(); };
  SimulationOptions wrong = options_;
  wrong.households = 0;
  EXPECT_EQ(code(wrong), StatusCode::kInvalid);
  wrong = options_;
  wrong.months = kMonthsMax + 1;
  EXPECT_EQ(code(wrong), StatusCode::kInvalid);
  wrong = options_;
  wrong.until = *ParseDate("2001-05-01");
  EXPECT_EQ(code(wrong), StatusCode::kInvalid);
  wrong = options_;
  wrong.out = "/proc/no-such-folder";
  EXPECT_EQ(code(wrong), StatusCode::kUnavailable);
}

TEST_F(Output, SaysWhenTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_directories(options_.out);
  fs::create_symlink("/dev/full", options_.out / "waarheid.csv");
  EXPECT_EQ(Simulate(options_).status().code(), StatusCode::kExhausted);
}

}  // namespace
}  // namespace vroegsein::simulator
