// The report over a data folder that a desk wrote: before and after erasure, and in any order of
// arrival.
#include "alerts/reading/report_of_store.h"

#include <gtest/gtest.h>

#include "alerts/report/report_writer.h"
#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

class ReportOfStoreTest : public DeskTest {
 protected:
  Report ReportOfAutumn() {
    auto municipalities = ChooseMunicipalities(Folder().database(), "");
    EXPECT_TRUE(municipalities.ok());
    auto report =
        ReportOfStore(Folder().database(), *municipalities, Autumn(), *ParseDate("2027-12-31"));
    EXPECT_TRUE(report.ok()) << report.status().message();
    return *report;
  }

  std::string DdasOfAutumn() {
    auto municipalities = ChooseMunicipalities(Folder().database(), "0080");
    EXPECT_TRUE(municipalities.ok());
    std::string text;
    auto write = [&](std::string_view part) {
      text += part;
      return Status::Ok();
    };
    Status status =
        ExportDdasOfStore(Folder().database(), *municipalities, {Autumn(), now_, ""}, write);
    EXPECT_TRUE(status.ok()) << status.message();
    return text;
  }

  static Period Autumn() { return {*ParseDate("2026-09-01"), *ParseDate("2026-12-31")}; }

  // An eviction averted, confirmed by the landlord; a signal to a legal person; a repeat.
  void Work() {
    Signal rent = ASignal("elkien", "H-1").Sector("Huur").Threatens(THREAT_EVICTION);
    std::string case_id = Deliver(rent).case_id.value_or("");
    Deliver(ASignal("elkien", "H-2").LegalPerson().At("8921AB 1"));
    Deliver(ASignal("elkien", "H-3").Sector("Huur").Threatens(THREAT_EVICTION).Customer("K-H-1"));
    Attempt(case_id, "a.wiersma", true);
    Close(case_id, "Vervolghulp en/of verwijzing financieel");
    Event event = At();
    event.mutable_aftermath()->mutable_aftermath()->set_partner("elkien");
    event.mutable_aftermath()->mutable_aftermath()->set_signal_id("H-1");
    event.mutable_aftermath()->mutable_aftermath()->set_kind(AFTERMATH_PAID);
    Do(std::move(event));
  }
};

TEST_F(ReportOfStoreTest, CountsWhatTheDeskDid) {
  Work();
  Figures total = ReportOfAutumn().total;
  EXPECT_EQ(total.signals, 3u);
  EXPECT_EQ(total.signals_with(SIGNAL_UNFOUNDED), 1u);
  EXPECT_EQ(total.signals_with(SIGNAL_REPEAT), 1u);
  EXPECT_EQ(total.cases, 1u);
  EXPECT_EQ(total.reached, 1u);
  EXPECT_EQ(total.threats[THREAT_EVICTION].Of(THREAT_PREVENTED_CONFIRMED), 1u);
}

TEST_F(ReportOfStoreTest, ErasureChangesNoFigure) {
  Work();
  std::string before = ReportJson(ReportOfAutumn());
  ASSERT_NE(DdasOfAutumn().find("elkien:H-1"), std::string::npos);
  Now("2027-12-01T09:00:00Z");
  Tick();
  ASSERT_TRUE(Households().empty());
  EXPECT_EQ(ReportJson(ReportOfAutumn()), before);
  EXPECT_EQ(DdasOfAutumn().find("elkien:H-1"), std::string::npos);
}

TEST_F(ReportOfStoreTest, AFolderHasOnlyItsOwnMunicipalities) {
  Work();
  EXPECT_EQ(ChooseMunicipalities(Folder().database(), "9999").status().code(),
            StatusCode::kNotFound);
  EXPECT_EQ(ChooseMunicipalities(Folder().database(), "0080")->size(), 1u);
}

TEST_F(ReportOfStoreTest, ArrivedInAnotherOrderTheSameReport) {
  std::vector<Signal> signals;
  for (int i = 0; i < 24; ++i) {
    std::string number = std::to_string(i % 8 + 1);
    signals.push_back(ASignal(i % 3 == 0 ? "elkien" : "vitens", "S-" + std::to_string(i))
                          .At("8911AD " + number)
                          .Customer("K-" + number)
                          .Cents(10'000 + 1'000 * (i % 5))
                          .Origin("2026-09-15"));
  }
  for (const Signal& signal : signals) Deliver(signal);
  std::string expected = ReportJson(ReportOfAutumn());
  Reopen();
  std::filesystem::remove_all(root_ + "/data");
  for (size_t i = 0; i < signals.size(); ++i) Deliver(signals[(i * 7 + 5) % signals.size()]);
  EXPECT_EQ(ReportJson(ReportOfAutumn()), expected);
}

}  // namespace
}  // namespace vroegsein
