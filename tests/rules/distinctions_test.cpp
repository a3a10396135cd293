// What the inputs have in common must be enough: evaluations with the same telling inputs give the
// same results by the same rules.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "tests/rules/dmn_language.h"
#include "tests/rules/feel_language.h"

namespace vroegsein::dmn {
namespace {

using feel::Value;

struct Column {
  std::string expression;
  std::string type;
};

std::string Table(const std::string& name, const std::string& policy,
                  const std::vector<Column>& columns, const std::vector<Cells>& rules,
                  const std::string& requirements) {
  std::string out = "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
                    "\"/>" + requirements + "<decisionTable hitPolicy=\"" + policy + "\">";
  for (const Column& column : columns) {
    out += "<input><inputExpression typeRef=\"" + column.type + "\"><text>" + column.expression +
           "</text></inputExpression></input>";
  }
  out += "<output/>";
  for (size_t i = 0; i < rules.size(); ++i) {
    out += "<rule id=\"" + name + std::to_string(i) + "\">";
    for (size_t cell = 0; cell < rules[i].size(); ++cell) {
      const std::string entry = cell < columns.size() ? "inputEntry" : "outputEntry";
      out += "<" + entry + "><text>" + rules[i][cell] + "</text></" + entry + ">";
    }
    out += "</rule>";
  }
  return out + "</decisionTable></decision>";
}

std::string NeedsDecision(const std::string& name) {
  return "<informationRequirement><requiredDecision href=\"#" + name +
         "\"/></informationRequirement>";
}

std::string Inputs() {
  return Input("soort", "string") + Input("x", "number") + Input("y", "number");
}

// Borders that follow from the word alone; one kind has none.
std::string Borders() {
  return Table(
      "grens", "UNIQUE", {{"soort", "string"}},
      {{"\"huur\"", "{onder: 75, boven: 100.50}"}, {"\"water\"", "{onder: 20, boven: null}"}},
      NeedsInput("soort"));
}

std::string TableOfX(const std::string& test, const std::string& output) {
  return Table("d", "COLLECT", {{"x", "number"}, {"y", "number"}},
               {{"&lt; grens.onder", "-", "1"},
                {"[50..75)", "&gt; 3", "2"},
                {"&gt;= grens.boven", "-", "3"},
                {"10, 20", "3", "4"},
                {"not(&lt; 60, &gt; 90)", "-", "5"},
                {test, "-", output}},
               NeedsInput("x") + NeedsInput("y") + NeedsDecision("grens"));
}

struct Told {
  size_t evaluations = 0;
  size_t keys = 0;
};

// Random inputs, many of them at and beside the borders.
Told TellAll(const std::string& elements) {
  const LoadResult loaded = Model::Load(ModelText(elements));
  EXPECT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  if (loaded.model == nullptr) return {};
  Session session(loaded.model, {"d"});
  std::mt19937 random(7);
  const std::vector<std::string> words = {"\"huur\"", "\"water\"", "\"zorg\"", "null"};
  const std::vector<int64_t> near = {3, 10, 20, 30, 50, 60, 75, 90, 100, 101};
  std::map<std::string, std::string> answers;
  Told told;
  for (; told.evaluations < 3'000; ++told.evaluations) {
    const int64_t x = near[random() % near.size()] * 100 + static_cast<int>(random() % 5) - 2;
    session.Set("soort", feel::RunFeel(words[random() % words.size()]).value);
    session.Set("x", Value::Number(feel::Number::FromScaled(x, -2)));
    session.Set("y", Value::Number(static_cast<int64_t>(random() % 6)));
    std::string key;
    EXPECT_TRUE(session.AppendTelling(&key));
    Trace trace;
    session.Evaluate(&trace);
    std::string answer = session.Result("d")->ToString();
    for (const auto& rule : trace.rules) answer += " " + std::string(rule.id);
    const auto [known, is_new] = answers.try_emplace(key, answer);
    EXPECT_EQ(known->second, answer) << "x = " << x << " hundredths";
  }
  told.keys = answers.size();
  return told;
}

constexpr size_t kWholeNumbers = 400;  // of 4 words, 50 values of x and 6 of y nearly all come

TEST(DistinctionsTest, NumbersThatAreOnlyComparedFallIntoRows) {
  const Told told = TellAll(Inputs() + Borders() + TableOfX("&gt; 80", "6"));
  EXPECT_GT(told.keys, 20u);
  EXPECT_LT(told.keys, 350u);
}

TEST(DistinctionsTest, ANumberThatIsUsedOtherwiseCountsWhole) {
  for (const std::string& last : {
           TableOfX("&gt; 80", "x"),                                   // it is in the output
           TableOfX("? * 2 &gt; 100", "6"),                            // counted with
           TableOfX("&gt; y", "6"),                                    // beside another number
           TableOfX("&gt; 80", "if x = 60 then 1 else 2"),             // in an expression
           TableOfX("&gt; 80", "some n in [60, 75] satisfies n = x"),  // in a loop
           TableOfX("&gt; 80", "(function(n) n + x)(1)"),              // in a function
       }) {
    EXPECT_GT(TellAll(Inputs() + Borders() + last).keys, kWholeNumbers);
  }
}

TEST(DistinctionsTest, ABorderThatMovesWithAnotherNumberIsNoBorder) {
  const std::string moving =
      Table("grens", "UNIQUE", {{"soort", "string"}}, {{"-", "{onder: y * 20, boven: y * 30}"}},
            NeedsInput("soort") + NeedsInput("y"));
  EXPECT_GT(TellAll(Inputs() + moving + TableOfX("&gt; 80", "6")).keys, kWholeNumbers);
}

TEST(DistinctionsTest, ABorderThatIsNoNumber) {
  const std::string odd =
      Table("grens", "UNIQUE", {{"soort", "string"}},
            {{"\"huur\"", "{onder: \"a\", boven: [1, 2]}"}, {"\"water\"", "{onder: 20}"}},
            NeedsInput("soort"));
  EXPECT_GT(TellAll(Inputs() + odd + TableOfX("&gt; 80", "6")).keys, 50u);
}

TEST(DistinctionsTest, WhatCannotBeSaidIsRefused) {
  const std::string any =
      Table("grens", "UNIQUE", {{"z", "Any"}}, {{"-", "{onder: 20, boven: 80}"}}, NeedsInput("z"));
  const LoadResult loaded =
      Model::Load(ModelText(Input("z", "Any") + Inputs() + any + TableOfX("&gt; 80", "6")));
  ASSERT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  std::string key;
  Session session(loaded.model, {"d"});
  session.Set("x", Value::Number(int64_t{5}));
  EXPECT_TRUE(session.AppendTelling(&key));
  session.Set("z", feel::RunFeel("[1, 2]").value);
  EXPECT_FALSE(session.AppendTelling(&key));
  Session given(loaded.model, {"d"});
  given.Set("grens", feel::RunFeel("{onder: 5}").value);
  EXPECT_FALSE(given.AppendTelling(&key));
}

TEST(DistinctionsTest, WhatIsNotAskedForMakesNoDifference) {
  const std::string other = Table("ander", "UNIQUE", {{"z", "Any"}}, {{"-", "z"}}, NeedsInput("z"));
  const LoadResult loaded = Model::Load(
      ModelText(Input("z", "Any") + Inputs() + Borders() + other + TableOfX("&gt; 80", "6")));
  ASSERT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  auto key_of = [](Session* session) {
    std::string key;
    EXPECT_TRUE(session->AppendTelling(&key));
    return key;
  };
  Session session(loaded.model, {"d"}), both(loaded.model, {"d", "ander"});
  const std::string key = key_of(&session), key_of_both = key_of(&both);
  for (Session* one : {&session, &both}) one->Set("z", Value::Number(int64_t{5}));
  EXPECT_EQ(key_of(&session), key);
  EXPECT_NE(key_of(&both), key_of_both);
}

}  // namespace
}  // namespace vroegsein::dmn
