// dmn check: what it must find, and what it must not say.
#include <gtest/gtest.h>

#include "rules/dmn/check.h"
#include "tests/rules/dmn_language.h"

namespace vroegsein::dmn {
namespace {

std::vector<Finding> Findings(const std::string& elements) {
  const LoadResult loaded = Model::Load(ModelText(elements));
  EXPECT_NE(loaded.model, nullptr);
  return loaded.model == nullptr ? std::vector<Finding>() : Check(*loaded.model);
}

TEST(CheckTest, AWholeTableHasNoFindings) {
  EXPECT_TRUE(Findings(TableOver("number", "UNIQUE",
                                 {{"&lt; 5", "1"}, {"[5..10)", "2"}, {"&gt;= 10", "3"}}))
                  .empty());
  EXPECT_TRUE(Findings(TableOver("boolean", "UNIQUE", {{"true", "1"}, {"false", "2"}})).empty());
  EXPECT_TRUE(Findings(TableOver("string", "FIRST", {{"\"a\"", "1"}, {"-", "2"}})).empty());
}

TEST(CheckTest, AGapHasAnExample) {
  const auto findings = Findings(TableOver("number", "UNIQUE", {{"&lt; 5", "1"}, {"&gt; 5", "2"}}));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].kind, FindingKind::kGap);
  EXPECT_NE(findings[0].text.find("x = 5"), std::string::npos) << findings[0].text;
}

TEST(CheckTest, ADefaultOrACollectionNeedsNoRuleForEveryCase) {
  EXPECT_TRUE(Findings(TableOver("number", "UNIQUE", {{"&lt; 5", "1"}}, "0")).empty());
  EXPECT_TRUE(Findings(TableOver("number", "COLLECT", {{"&lt; 5", "1"}})).empty());
}

TEST(CheckTest, OverlapsThatThePolicyForbids) {
  const std::vector<Cells> rules = {{"&lt;= 5", "1"}, {"&gt;= 5", "2"}};
  const auto unique = Findings(TableOver("number", "UNIQUE", rules));
  ASSERT_EQ(unique.size(), 1u);
  EXPECT_EQ(unique[0].kind, FindingKind::kForbiddenOverlap);
  EXPECT_EQ(unique[0].rule, 1u);
  EXPECT_EQ(unique[0].other_rule, 2u);
  EXPECT_EQ(Findings(TableOver("number", "ANY", rules)).size(), 1u);
  EXPECT_TRUE(Findings(TableOver("number", "FIRST", rules)).empty());
  EXPECT_TRUE(Findings(TableOver("number", "ANY", {{"&lt;= 5", "1"}, {"&gt;= 5", "1"}})).empty());
}

TEST(CheckTest, RulesThatCanNeverFire) {
  const auto covered =
      Findings(TableOver("number", "FIRST", {{"&lt; 10", "1"}, {"&gt;= 5", "2"}, {"[6..8]", "3"}}));
  ASSERT_EQ(covered.size(), 1u);
  EXPECT_EQ(covered[0].kind, FindingKind::kUnreachableRule);
  EXPECT_EQ(covered[0].rule, 3u);
  const std::string type =
      "<itemDefinition name=\"tKleur\"><typeRef>string</typeRef><allowedValues><text>\"rood\", "
      "\"groen\""
      "</text></allowedValues></itemDefinition>";
  const auto impossible =
      Findings(type + TableOver("tKleur", "UNIQUE",
                                {{"\"rood\"", "1"}, {"\"groen\"", "2"}, {"\"blauw\"", "3"}}));
  ASSERT_EQ(impossible.size(), 1u);
  EXPECT_EQ(impossible[0].rule, 3u);
}

TEST(CheckTest, InputsThatNothingUses) {
  const auto findings = Findings(Input("x", "number") + Input("y", "number") +
                                 Literal("d", "1 + 1", NeedsInput("x")));
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].kind, FindingKind::kUnusedInput);
  EXPECT_EQ(findings[1].table, "y");
}

TEST(CheckTest, WhatIsNotCertainIsNotSaid) {
  EXPECT_TRUE(
      Findings(TableOver("number", "UNIQUE", {{"&lt; x * 2", "1"}, {"&gt;= 5", "2"}})).empty());
}

}  // namespace
}  // namespace vroegsein::dmn
