// The demo's files: what is committed, and whether it is what it says it is.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "ingest/simulator/names.h"
#include "tests/simulator/folder.h"

namespace vroegsein::simulator {
namespace {

namespace fs = std::filesystem;

const fs::path kDemo = fs::path(VROEGSEIN_SOURCE_DIR) / "deploy" / "demo";

struct Zone {
  std::string low, high, team;
};

std::vector<Zone> ReadZones() {
  std::vector<Zone> zones;
  for (const auto& cells : ReadCells(kDemo / "gebieden.csv")) {
    auto bound = [](const std::string& text, const char* fill) {
      return text.size() == 4 ? text + fill : text;
    };
    zones.push_back({bound(cells[1], "AA"), bound(cells[2], "ZZ"), cells[4]});
  }
  return zones;
}

bool InZone(const std::vector<Zone>& zones, const std::string& postcode) {
  return std::any_of(zones.begin(), zones.end(), [&](const Zone& zone) {
    return zone.low <= postcode && postcode <= zone.high;
  });
}

std::string Repaired(std::string postcode) {
  postcode.erase(std::remove(postcode.begin(), postcode.end(), ' '), postcode.end());
  for (char& c : postcode) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return postcode;
}

TEST(Demo, HasNineTeamsOneOfWhichCatchesTheRest) {
  std::set<std::string> teams, workers;
  int fallbacks = 0;
  for (const auto& cells : ReadCells(kDemo / "teams.csv")) {
    ASSERT_EQ(cells.size(), 7u);
    EXPECT_TRUE(teams.insert(cells[1]).second);
    fallbacks += cells[5] == "ja";
    for (const std::string& member : Split(cells[6], '|')) {
      EXPECT_TRUE(workers.insert(Split(member, ':')[0]).second) << member;
    }
  }
  EXPECT_EQ(teams.size(), 9u);
  EXPECT_EQ(fallbacks, 1);
  for (const Zone& zone : ReadZones()) EXPECT_TRUE(teams.contains(zone.team)) << zone.team;
}

TEST(Demo, ZonesDoNotOverlap) {
  std::vector<Zone> zones = ReadZones();
  for (size_t i = 0; i < zones.size(); ++i) {
    EXPECT_LE(zones[i].low, zones[i].high);
    if (i > 0) {
      EXPECT_LT(zones[i - 1].high, zones[i].low);
    }
  }
}

TEST(Demo, Has320SignalsOfFivePartnersInTheZones) {
  std::vector<Zone> zones = ReadZones();
  std::map<std::string, int> per_partner;
  std::set<std::string> ids;
  std::string last_day;
  int outside = 0;
  for (const fs::path& file : FilesIn(kDemo / "leveringen")) {
    std::string name = file.stem().string();
    for (const auto& cells : ReadCells(file)) {
      ASSERT_EQ(cells.size(), 28u) << name;
      ++per_partner[name.substr(0, name.size() - 8)];
      EXPECT_TRUE(ids.insert(cells[0]).second) << cells[0];
      outside += !InZone(zones, Repaired(cells[20]));
      last_day = std::max(last_day, cells[3]);
    }
  }
  EXPECT_EQ(ids.size(), 320u);
  EXPECT_EQ(per_partner, (std::map<std::string, int>{{"de-friesland", 131},
                                                     {"elkien", 30},
                                                     {"essent", 66},
                                                     {"vitens", 59},
                                                     {"woonfriesland", 34}}));
  EXPECT_EQ(outside, 3);
  EXPECT_EQ(last_day, "2015-07-30");
}

// make.py --check compares the files with what it makes, replays the timeline by its own reading of
// the rules, and fails unless 320 signals, nine teams and 92 prevented cases come out.
TEST(Demo, IsWhatItsGeneratorMakes) {
  if (std::system("python3 -c 'import csv' >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "no python3 here";
  std::string command = "python3 -B '" + (kDemo / "make.py").string() + "' --check";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(SimulatedPostcodes, LieInTheZonesButForTheLast) {
  std::vector<Zone> zones = ReadZones();
  constexpr size_t kAreas = std::size(kPostcodeAreas);
  for (size_t i = 0; i < kAreas; ++i) {
    EXPECT_EQ(InZone(zones, std::string(kPostcodeAreas[i].digits) + "NN"), i + 1 < kAreas);
  }
}

}  // namespace
}  // namespace vroegsein::simulator
