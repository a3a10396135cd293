#include "alerts/cli/simulate_command.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "tests/simulator/folder.h"

namespace vroegsein {
namespace {

class SimulateCommand : public ::testing::Test {
 protected:
  // The exit code, or -1 when CLI11 refuses the words.
  int Run(const std::string& words, const char* today = "2026-11-22") {
    CLI::App app;
    int exit_code = 0;
    RegisterSimulate(app, *ParseDate(today), &exit_code);
    try {
      app.parse("simulate --out " + out() + " " + words);
    } catch (const CLI::ParseError&) {
      return -1;
    }
    return exit_code;
  }

  std::string out() const { return (folder_.path() / "out").string(); }
  bool Has(const std::string& name) const { return std::filesystem::exists(out() + "/" + name); }

  simulator::TemporaryFolder folder_;
};

TEST_F(SimulateCommand, EndsOnItsFixedDay) {
  EXPECT_EQ(Run("--households 300 --months 2 --seed 1"), 0);
  EXPECT_TRUE(Has("leveringen/de-friesland-2025-12.ndjson"));
  EXPECT_TRUE(Has("leveringen/de-friesland-2025-11.ndjson"));
  EXPECT_FALSE(Has("leveringen/de-friesland-2025-10.ndjson"));
  EXPECT_TRUE(Has("waarheid.csv"));
  EXPECT_TRUE(Has("README.md"));
}

TEST_F(SimulateCommand, EndsTodayWhenTheClockIsBehind) {
  EXPECT_EQ(Run("--households 300 --months 1", "2025-03-21"), 0);
  EXPECT_TRUE(Has("leveringen/de-friesland-2025-03.ndjson"));
}

TEST_F(SimulateCommand, EndsWhenToldTo) {
  EXPECT_EQ(Run("--households 300 --months 1 --until 2026-07-31"), 0);
  EXPECT_TRUE(Has("leveringen/de-friesland-2026-07.ndjson"));
}

TEST_F(SimulateCommand, WrongUseIsTwoOrRefused) {
  EXPECT_EQ(Run("--until tomorrow"), 2);
  EXPECT_EQ(Run("--months 0"), -1);
  EXPECT_EQ(Run("--broken 101"), -1);
  EXPECT_EQ(Run("--no-such-flag"), -1);
}

TEST_F(SimulateCommand, SaysItCouldNotWrite) {
  std::ofstream(out()) << "a file, not a folder\n";
  EXPECT_EQ(Run("--households 10"), 1);
}

}  // namespace
}  // namespace vroegsein
