// Models of strangers: whatever they ask, an evaluation ends, in an error where it must.
#include <gtest/gtest.h>

#include "rules/dmn/check.h"
#include "tests/rules/dmn_language.h"
#include "tests/rules/feel_language.h"

namespace vroegsein::dmn {
namespace {

feel::Limits Small() {
  feel::Limits limits;
  limits.steps = 200'000;
  limits.list_items = 10'000;
  limits.string_bytes = 100'000;
  limits.regex_ms = 20;
  return limits;
}

TEST(LimitsTest, WorkWithoutEndIsStopped) {
  for (const char* text : {
           "for a in 1..1000000, b in 1..1000000 return a",
           "some a in 1..1000000, b in 1..1000000 satisfies a * b = 0",
           "{f: function(s, n) if n = 0 then s else s + s, a: for i in 1..1000 return "
           "if i = 1 then \"xxxxxxxxxx\" else partial[-1] + partial[-1]}",
           "for i in 1..100000 return if i = 1 then [1] else [partial[-1]]",
           "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"((a+)+)+$\")",
           "for i in 1..100000 return concatenate(1..5, partial)",
       }) {
    const feel::FeelOutcome out = feel::RunFeel(text, Small());
    EXPECT_TRUE(out.exhausted || !out.compile_error.empty()) << text;
    EXPECT_TRUE(out.value.IsNull()) << text;
  }
}

// Each list holds the one before it twice: forty lines are a million million items.
std::string Doubling(const std::string& name, int times) {
  std::string out = name + "0: [1, 1]";
  for (int i = 1; i < times; ++i) {
    const std::string before = name + std::to_string(i - 1);
    out += ", ";
    out += name + std::to_string(i) + ": [" + before + ", " + before + "]";
  }
  return out;
}

TEST(LimitsTest, ValuesThatSharePartsDoNotExplode) {
  constexpr int kTimes = 40;
  for (const char* text : {"string(a39)", "a39 = b39", "flatten(a39)", "list contains(a39, b39)",
                           "is(a39, b39)", "a39 in b39", "distinct values(a39)", "a39"}) {
    const feel::FeelOutcome out = feel::RunFeel(
        "{" + Doubling("a", kTimes) + ", " + Doubling("b", kTimes) + ", r: " + text + "}.r",
        Small());
    EXPECT_TRUE(out.exhausted) << text;
  }
  // Below the limit of weight it is the work that is counted.
  for (const char* text : {"string(a20)", "a20 = b20", "flatten(a20)", "is(a20, b20)"}) {
    const feel::FeelOutcome out = feel::RunFeel(
        "{" + Doubling("a", 21) + ", " + Doubling("b", 21) + ", r: " + text + "}.r", Small());
    EXPECT_TRUE(out.exhausted || out.value.IsBoolean()) << text;
  }
  EXPECT_EQ(feel::Feel("{" + Doubling("a", 10) + ", r: count(flatten(a9))}.r"), "1024");
}

TEST(LimitsTest, TestsThatHoldTestsTwiceDoNotExplode) {
  std::string open;
  std::string close;
  for (int i = 0; i < 35; ++i) {
    open += "(= ";
    close += ")";
  }
  const feel::FeelOutcome out =
      feel::RunFeel("string(" + open + "1" + close + ") = string(" + open + "2" + close + ")");
  EXPECT_TRUE(out.exhausted);
  const LoadResult loaded =
      Model::Load(ModelText(TableOver("number", "FIRST", {{open + "1" + close, "1"}, {"-", "2"}})));
  ASSERT_NE(loaded.model, nullptr);
  Check(*loaded.model);
}

TEST(LimitsTest, EndlessRecursionIsStopped) {
  LoadOptions options;
  options.limits = Small();
  const LoadResult loaded = Model::Load(
      ModelText(
          "<businessKnowledgeModel id=\"b\" name=\"b\"><variable name=\"b\"/><encapsulatedLogic>"
          "<formalParameter name=\"n\"/><literalExpression><text>1 + b(n + 1)</text>"
          "</literalExpression></encapsulatedLogic></businessKnowledgeModel>" +
          Literal("d", "b(1)",
                  "<knowledgeRequirement><requiredKnowledge href=\"#b\"/></knowledgeRequirement>")),
      options);
  ASSERT_NE(loaded.model, nullptr);
  Session session(loaded.model, {"d"});
  EXPECT_FALSE(session.Evaluate());
  EXPECT_TRUE(session.exhausted());
  EXPECT_TRUE(session.Result(size_t{0}).IsNull());
  EXPECT_FALSE(session.messages().empty());
}

TEST(LimitsTest, TextNestedDeeplyIsAnError) {
  const std::string opened(100'000, '(');
  EXPECT_FALSE(feel::RunFeel(opened).compile_error.empty());
  const std::string lists = std::string(50'000, '[') + std::string(50'000, ']');
  EXPECT_FALSE(feel::RunFeel(lists).compile_error.empty());
  const std::string minus = std::string(100'000, '-') + "1";
  EXPECT_FALSE(feel::RunFeel(minus).compile_error.empty());
}

TEST(LimitsTest, LongChainsAreNoDeepNesting) {
  std::string sum = "1";
  for (int i = 0; i < 400; ++i) sum += " + 1";
  EXPECT_EQ(feel::Feel(sum), "401");
}

TEST(LimitsTest, HostileXml) {
  std::string deep = "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\">";
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  for (int i = 0; i < 5000; ++i) deep += "</a>";
  EXPECT_EQ(Model::Load(deep + "</definitions>").model, nullptr);
  const std::string entities =
      "<!DOCTYPE d [<!ENTITY a \"1\"><!ENTITY b SYSTEM \"file:///etc/hostname\">]>" +
      ModelText(Literal("d", "&a;&b;")).substr(39);
  EXPECT_EQ(Model::Load(entities).model, nullptr);
  LoadOptions options;
  options.xml_bytes_max = 100;
  EXPECT_EQ(Model::Load(ModelText(Literal("d", "1")), options).model, nullptr);
  EXPECT_EQ(Model::Load("").model, nullptr);
}

TEST(LimitsTest, ASpentBudgetIsOverWithTheNextEvaluation) {
  LoadOptions options;
  options.limits = Small();
  const auto model =
      Model::Load(ModelText(Input("x", "number") +
                            Literal("d", "count(for i in 1..x return i)", NeedsInput("x"))),
                  options)
          .model;
  Session session(model, {"d"});
  session.Set("x", feel::Value::Number(100'000'000));
  EXPECT_FALSE(session.Evaluate());
  session.Set("x", feel::Value::Number(10));
  EXPECT_TRUE(session.Evaluate());
  EXPECT_EQ(session.Result(size_t{0}).ToString(), "10");
}

}  // namespace
}  // namespace vroegsein::dmn
