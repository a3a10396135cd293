// The national exchange file, made from hand-made records. With VROEGSEIN_DDAS_SAMPLE it is also
// written to that file, where tests/report checks it with a JSON Schema validator.
#include "alerts/report/ddas_export.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/alerts/case_maker.h"

namespace vroegsein {
namespace {

using testing::AddAttempt;
using testing::CaseRow;
using testing::Day;
using testing::MakeCase;
using testing::MakeHousehold;
using testing::MakeSignal;
using testing::SignalRow;

constexpr char kHelp[] = "Vervolghulp en/of verwijzing financieel";

MunicipalitySettings Municipality(const std::string& code, const std::string& name) {
  MunicipalitySettings settings;
  settings.set_code(code);
  settings.set_name(name);
  return settings;
}

// A closed case of two signals of March, one of them with a BSN, and of one of April.
HouseholdRecord ClosedCase() {
  HouseholdRecord household = MakeHousehold();
  SignalRow rent;
  rent.id = "H-1";
  rent.partner = "elkien";
  rent.sector = "Huur";
  rent.threat = THREAT_EVICTION;
  SignalRow april;
  april.id = "W-2";
  april.day = "2026-04-02";
  *household.add_signals() = MakeSignal({}, 1);
  *household.add_signals() = MakeSignal(rent, 1);
  *household.add_signals() = MakeSignal(april, 1);
  Client* with_bsn = household.mutable_signals(1)->mutable_signal()->mutable_client();
  with_bsn->set_bsn("999999990");
  with_bsn->set_birth_day(DaysOf(Day("1984-03-12")));
  Client* with_suffix = household.mutable_signals(0)->mutable_signal()->mutable_client();
  with_suffix->set_house_number_suffix("A \"bis\"");
  with_suffix->set_birth_day(DaysOf(Day("1984-03-12")));
  for (SignalRecord& record : *household.mutable_signals()) record.set_status(SIGNAL_TAKEN_UP);
  CaseRow row;
  row.outcome = kHelp;
  *household.add_cases() = MakeCase(row);
  AddAttempt("Telefoon", "2026-03-20", false, household.mutable_cases(0));
  AddAttempt("Huisbezoek", "2026-03-18", true, household.mutable_cases(0));
  household.mutable_cases(0)->mutable_attempts(1)->set_day_part("Avond");
  return household;
}

// An open case without an attempt, and a repeat.
HouseholdRecord OpenCaseAndRepeat() {
  HouseholdRecord household = MakeHousehold(2);
  SignalRow first, repeat;
  first.id = "E-1";
  first.partner = "essent";
  first.sector = "Energie";
  first.cents = 34'550;
  first.day = "2026-03-31";
  repeat = first;
  repeat.id = "E-2";
  *household.add_signals() = MakeSignal(first, 1);
  *household.add_signals() = MakeSignal(repeat, 0);
  household.mutable_signals(1)->set_status(SIGNAL_REPEAT);
  CaseRow row;
  row.opened = "2026-03-31";
  *household.add_cases() = MakeCase(row);
  return household;
}

std::string Export(const std::vector<MunicipalitySettings>& municipalities, const char* from,
                   const char* to) {
  std::string text;
  auto walk = [](const std::string& code, const EachHouseholdFunction& each) {
    if (code != "0080") return Status::Ok();
    VROEGSEIN_RETURN_IF_ERROR(each(ClosedCase()));
    return each(OpenCaseAndRepeat());
  };
  auto write = [&](std::string_view part) {
    text += part;
    return Status::Ok();
  };
  DdasExportOptions options{{Day(from), Day(to)}, *ParseInstant("2026-05-01T08:00:00Z"), ""};
  EXPECT_TRUE(ExportDdas(options, municipalities, walk, write).ok());
  return text;
}

std::string ExportOfMarch() {
  return Export({Municipality("0080", "Leeuwarden"), Municipality("0074", "")}, "2026-03-01",
                "2026-03-31");
}

class DdasExport : public ::testing::Test {
 protected:
  void Read(const std::string& text) { json_ = parser_.parse(text).value(); }
  std::string At(const std::string& pointer) {
    simdjson::dom::element found = json_.at_pointer(pointer).value();
    return simdjson::to_string(found);
  }
  size_t Size(const std::string& pointer) {
    return simdjson::dom::array(json_.at_pointer(pointer)).size();
  }
  bool Has(const std::string& pointer) {
    return json_.at_pointer(pointer).error() == simdjson::SUCCESS;
  }

  simdjson::dom::parser parser_;
  simdjson::dom::element json_;
};

TEST_F(DdasExport, ALeveringPerMunicipality) {
  Read(ExportOfMarch());
  EXPECT_EQ(At("/startdatumLevering"), "\"2026-03-01\"");
  EXPECT_EQ(At("/einddatumLevering"), "\"2026-03-31\"");
  EXPECT_EQ(At("/aanleverdatumEnTijd"), "\"2026-05-01T08:00:00Z\"");
  EXPECT_EQ(At("/codeGegevensleverancier"), "\"0080\"");
  ASSERT_EQ(Size("/leveringen"), 2u);
  EXPECT_EQ(At("/leveringen/0/teller"), "1");
  EXPECT_EQ(At("/leveringen/0/aanleverendeOrganisatie/naam"), "\"Leeuwarden\"");
  EXPECT_EQ(At("/leveringen/1/teller"), "2");
  EXPECT_EQ(At("/leveringen/1/gemeentecode"), "\"0074\"");
  EXPECT_EQ(Size("/leveringen/1/vroegsignalen"), 0u);
}

TEST_F(DdasExport, SignalsReceivedInThePeriod) {
  Read(ExportOfMarch());
  ASSERT_EQ(Size("/leveringen/0/vroegsignalen"), 4u);
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/0/ID"), "\"vitens:1\"");
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/1/ID"), "\"elkien:H-1\"");
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/1/crisissignaal"), "true");
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/3/status"), "\"Niet opgepakt: herhaalde melding\"");
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/3/signaalpartner/type"), "\"Energie\"");
}

TEST_F(DdasExport, TheClientIsABsnOrAnAddress) {
  Read(ExportOfMarch());
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/0/client"),
            "{\"geboortedatum\":\"1984-03-12\",\"postcode\":\"8911AD\",\"huisnummer\":\"12\","
            "\"huisnummertoevoeging\":\"A \\\"bis\\\"\"}");
  EXPECT_EQ(At("/leveringen/0/vroegsignalen/1/client"), "{\"burgerservicenummer\":\"999999990\"}");
  EXPECT_EQ(ExportOfMarch().find("Vries"), std::string::npos);
}

TEST_F(DdasExport, EurosAreWholeHalvesUp) {
  struct Row {
    int64_t cents;
    const char* euros;
  };
  for (const Row& row : {Row{1, "0"}, Row{49, "0"}, Row{50, "1"}, Row{149, "1"}, Row{150, "2"},
                         Row{34'512, "345"}, Row{34'550, "346"}}) {
    std::string text;
    auto walk = [&](const std::string&, const EachHouseholdFunction& each) {
      HouseholdRecord household = MakeHousehold();
      SignalRow signal;
      signal.cents = row.cents;
      *household.add_signals() = MakeSignal(signal, 0);
      return each(household);
    };
    auto write = [&](std::string_view part) {
      text += part;
      return Status::Ok();
    };
    ASSERT_TRUE(ExportDdas({{Day("2026-03-01"), Day("2026-03-31")}, Instant{}, "code"},
                           {Municipality("0080", "")}, walk, write)
                    .ok());
    Read(text);
    EXPECT_EQ(At("/leveringen/0/vroegsignalen/0/bedrag"), row.euros) << row.cents;
  }
}

TEST_F(DdasExport, ACaseWithItsSignalsAttemptsAndResult) {
  Read(ExportOfMarch());
  const std::string kCase = "/leveringen/0/vroegsignaalzaken/0";
  ASSERT_EQ(Size("/leveringen/0/vroegsignaalzaken"), 2u);
  EXPECT_EQ(At(kCase + "/resultaat"), "\"Vervolghulp en/of verwijzing financieel\"");
  EXPECT_EQ(At(kCase + "/matchingsdatum"), "\"2026-03-10\"");
  EXPECT_EQ(At(kCase + "/startdatumMatchingperiode"), "\"2026-03-01\"");
  EXPECT_EQ(At(kCase + "/einddatumMatchingperiode"), "\"2026-03-31\"");
  EXPECT_EQ(At(kCase + "/datumOpgepakt"), "\"2026-03-18\"");
  EXPECT_EQ(At(kCase + "/vroegsignalen"), "[{\"ID\":\"vitens:1\"},{\"ID\":\"elkien:H-1\"}]");
  EXPECT_EQ(At(kCase + "/contactpogingen/1"),
            "{\"soort\":\"Huisbezoek\",\"bereikt\":true,\"datum\":\"2026-03-18\","
            "\"dagdeel\":\"Avond\"}");
  EXPECT_FALSE(Has(kCase + "/contactpogingen/0/dagdeel"));
}

TEST_F(DdasExport, AnOpenCaseHasNoResult) {
  Read(ExportOfMarch());
  const std::string kCase = "/leveringen/0/vroegsignaalzaken/1";
  EXPECT_FALSE(Has(kCase + "/resultaat"));
  EXPECT_FALSE(Has(kCase + "/datumOpgepakt"));
  EXPECT_EQ(Size(kCase + "/contactpogingen"), 0u);
}

TEST_F(DdasExport, ACaseComesAlongWithWhatOfItIsInThePeriod) {
  Read(Export({Municipality("0080", "Leeuwarden")}, "2026-04-01", "2026-04-30"));
  ASSERT_EQ(Size("/leveringen/0/vroegsignalen"), 1u);
  ASSERT_EQ(Size("/leveringen/0/vroegsignaalzaken"), 1u);
  EXPECT_EQ(At("/leveringen/0/vroegsignaalzaken/0/vroegsignalen"), "[{\"ID\":\"vitens:W-2\"}]");
  // The matching period is the case's, not the delivery's.
  EXPECT_EQ(At("/leveringen/0/vroegsignaalzaken/0/startdatumMatchingperiode"), "\"2026-03-01\"");
}

TEST_F(DdasExport, WithoutMunicipalitiesThereIsNoEmptyList) {
  Read(Export({}, "2026-04-01", "2026-04-30"));
  EXPECT_FALSE(Has("/leveringen"));
}

TEST(DdasExportErrors, AFailedWriteEndsIt) {
  int calls = 0;
  auto walk = [](const std::string&, const EachHouseholdFunction& each) {
    return each(ClosedCase());
  };
  auto write = [&](std::string_view) {
    return ++calls == 2 ? Status::Exhausted("full") : Status::Ok();
  };
  Status status = ExportDdas({{Day("2026-03-01"), Day("2026-03-31")}, Instant{}, "code"},
                             {Municipality("0080", ""), Municipality("0074", "")}, walk, write);
  EXPECT_EQ(status.code(), StatusCode::kExhausted);
  EXPECT_EQ(calls, 2);
}

TEST(DdasExportSample, IsWrittenWhereAValidatorCanReadIt) {
  const char* named = std::getenv("VROEGSEIN_DDAS_SAMPLE");
  std::string path = named != nullptr ? named : ::testing::TempDir() + "/vroegsein-ddas-sample";
  std::ofstream(path, std::ios::binary) << ExportOfMarch();
  EXPECT_EQ(std::filesystem::file_size(path), ExportOfMarch().size());
  if (named == nullptr) std::filesystem::remove(path);
}

}  // namespace
}  // namespace vroegsein
