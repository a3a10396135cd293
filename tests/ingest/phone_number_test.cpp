#include "ingest/phone_number.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace vroegsein {
namespace {

TEST(PhoneNumber, Table) {
  struct Row {
    std::string_view in;
    std::optional<std::string> out;
  };
  const Row rows[] = {
      {"0612345678", "+31612345678"},
      {"06-12345678", "+31612345678"},
      {"06 12 34 56 78", "+31612345678"},
      {"+31612345678", "+31612345678"},
      {"+31 6 12345678", "+31612345678"},
      {"0031612345678", "+31612345678"},
      {"+31 (0)6 12345678", "+31612345678"},
      {"(058) 212 34 56", "+31582123456"},
      {"058-2123456", "+31582123456"},
      {"0511-123456", "+31511123456"},
      {"+49 30 901820", "+4930901820"},
      {"0032 2 555 12 12", "+3225551212"},
      {"061234567", {}},
      {"06123456789", {}},
      {"0602345678", {}},
      {"0000000000", {}},
      {"1234", {}},
      {"geen", {}},
      {"", {}},
      {"+999123456789", {}},
  };
  for (const Row& row : rows) EXPECT_EQ(PhoneToE164(row.in), row.out) << row.in;
  EXPECT_FALSE(PhoneToE164(std::string(kPhoneCharsMax + 1, '1')));
}

// Whatever the quick half settles, libphonenumber says too: every start of three digits, in every
// notation that the quick half reads.
TEST(PhoneNumber, TheQuickHalfAgreesWithTheJudgeOnEveryAreaCode) {
  std::mt19937 random(20260401);
  size_t settled = 0;
  for (int start = 0; start < 1000; ++start) {
    std::string area = std::to_string(start + 1000).substr(1);
    for (int sample = 0; sample < 3; ++sample) {
      std::string rest = std::to_string(1000000 + random() % 1000000).substr(1);
      for (const std::string& text :
           {"0" + area + rest, "+31" + area + rest, "0031 " + area + "-" + rest}) {
        auto quick = SettleDutchPhone(text);
        auto judged = JudgePhone(text);
        EXPECT_TRUE(!quick || quick == judged) << text;
        settled += quick ? 1 : 0;
      }
    }
  }
  EXPECT_GT(settled, 2000u);
}

RC_GTEST_PROP(PhoneNumber, TheQuickHalfNeverContradictsTheJudge, ()) {
  std::string text = *rc::gen::element<std::string>("", "+", "0", "00", "06", "+31", "0031",
                                                    "+31 0", "058", "0511");
  auto tail = *rc::gen::container<std::string>(rc::gen::weightedElement<char>({{6, '1'},
                                                                               {6, '2'},
                                                                               {4, '5'},
                                                                               {3, '6'},
                                                                               {3, '7'},
                                                                               {3, '8'},
                                                                               {2, '0'},
                                                                               {2, '9'},
                                                                               {2, '3'},
                                                                               {2, '4'},
                                                                               {1, ' '},
                                                                               {1, '-'},
                                                                               {1, '('},
                                                                               {1, '+'}}));
  text += tail.substr(0, 14);
  if (auto quick = SettleDutchPhone(text)) RC_ASSERT(quick == JudgePhone(text));
}

TEST(PhoneNumber, TheCommonShapesNeedNoJudge) {
  for (std::string_view text : {"0612345678", "06-12345678", "06 12345678", "+31612345678",
                                "0031612345678", "058-2123456", "0582123456", "0511-123456"}) {
    EXPECT_TRUE(SettleDutchPhone(text)) << text;
  }
}

}  // namespace
}  // namespace vroegsein
