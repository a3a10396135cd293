// The index of a decision table must say what its tests say, for any input: each table here is run
// beside a list of the same tests as FEEL's own `in`.
#include <gtest/gtest.h>

#include "rules/feel/compiler.h"
#include "tests/rules/dmn_language.h"
#include "tests/rules/feel_language.h"

namespace vroegsein::dmn {
namespace {

using feel::Value;

std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  }
  return out;
}

// A table that collects the numbers of the rules that match, and a decision that asks each test.
std::string TableAndTests(const std::vector<std::string>& tests) {
  std::vector<Cells> rules;
  std::string list;
  for (size_t i = 0; i < tests.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    rules.push_back({Escaped(tests[i]), number});
    const bool negated = tests[i].starts_with("not(");
    const std::string inner = negated ? tests[i].substr(4, tests[i].size() - 5) : tests[i];
    list += (i == 0 ? "" : ", ") + std::string("if x in (") + Escaped(inner) + ") " +
            (negated ? "= false" : "= true") + " then " + number + " else null";
  }
  return TableOver("Any", "COLLECT", rules) +
         Literal("asked", "[" + list + "][item != null]", NeedsInput("x"));
}

// Both answers to each of the inputs must be the same; returns how many rules matched in all.
size_t ExpectSameAnswers(const std::vector<std::string>& tests,
                         const std::vector<std::string>& inputs) {
  const LoadResult loaded = Model::Load(ModelText(TableAndTests(tests)));
  EXPECT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  if (loaded.model == nullptr) return 0;
  Session session(loaded.model, {"d", "asked"});
  size_t matched = 0;
  for (const std::string& input : inputs) {
    session.Set("x", feel::RunFeel(input).value);
    EXPECT_TRUE(session.Evaluate());
    EXPECT_EQ(session.Result("d")->ToString(), session.Result("asked")->ToString()) << input;
    matched += session.Result("d")->list().size();
  }
  return matched;
}

const std::vector<std::string> kInputs = {
    "0",      "4.99",  "5",    "5.000", "5.01",    "7",      "9.5",
    "10",     "11",    "-3",   "1e30",  "\"a\"",   "\"b\"",  "\"\"",
    "true",   "false", "null", "[5]",   "[\"a\"]", "[1, 5]", "@\"2026-01-01\"",
    "{a: 1}", "[4..6]"};

TEST(RuleIndexTest, NumbersAsTheirTestsSay) {
  EXPECT_GT(
      ExpectSameAnswers({"5", "< 5", "> 5", "<= 5", ">= 5.0", "[5..10)", "(5..10]", "1, 5, 9.5",
                         "not(5)", "not(< 3, > 8)", "[5..7], > 9", "!= 5", "= 5"},
                        kInputs),
      50u);
}

TEST(RuleIndexTest, StringsAndBooleansAsTheirTestsSay) {
  EXPECT_GT(ExpectSameAnswers(
                {"\"a\"", "\"a\", \"b\"", "not(\"a\")", "> \"a\"", "!= \"b\"", "\"\""}, kInputs),
            5u);
  EXPECT_GT(ExpectSameAnswers({"true", "false", "not(true)", "true, false", "!= true"}, kInputs),
            4u);
}

TEST(RuleIndexTest, AColumnOfManyKinds) {
  EXPECT_GT(ExpectSameAnswers({"5", "\"a\"", "true", "null", "5, \"a\"", "< @\"2027-01-01\"",
                               "[4..6]", "[\"a\"..\"c\"]"},
                              kInputs),
            10u);
}

TEST(RuleIndexTest, MoreRulesThanOneWordHolds) {
  std::vector<std::string> tests;
  for (int i = 0; i < 150; ++i) {
    const std::string low = std::to_string(i % 40);
    const std::string high = std::to_string(i % 40 + i % 7);
    tests.push_back(i % 3 == 0 ? low : i % 3 == 1 ? ">= " + low : "[" + low + ".." + high + "]");
  }
  EXPECT_GT(ExpectSameAnswers(tests, kInputs), 150u);
}

TEST(RuleIndexTest, NumbersBetweenWhichThereIsNone) {
  const std::string a = "1234567890123456789012345678901234";
  const std::string b = "1234567890123456789012345678901235";
  EXPECT_GT(ExpectSameAnswers({a, "> " + a, "< " + b, b}, {a, b, "1"}), 3u);
}

TEST(RuleIndexTest, TheFirstRuleThatMatchesWins) {
  const LoadResult loaded = Model::Load(
      ModelText(TableOver("number", "FIRST", {{"? - 1 &gt; 3", "1"}, {"5", "2"}, {"-", "3"}})));
  ASSERT_NE(loaded.model, nullptr);
  Session session(loaded.model, {"d"});
  for (const auto& [x, rule] : {std::pair(5, "1"), {4, "3"}}) {
    session.Set("x", Value::Number(int64_t{x}));
    Trace trace;
    session.Evaluate(&trace);
    EXPECT_EQ(session.Result("d")->ToString(), rule);
    ASSERT_EQ(trace.rules.size(), 1u);
  }
}

}  // namespace
}  // namespace vroegsein::dmn
