// Models: what loading says of bad ones, what sessions and traces give of good ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/rules/dmn_language.h"

namespace vroegsein::dmn {
namespace {

using feel::Value;
using ::testing::ElementsAre;

std::shared_ptr<const Model> Load(const std::string& elements) {
  LoadResult loaded = Model::Load(ModelText(elements));
  for (const LoadError& error : loaded.errors) ADD_FAILURE() << error.ToString();
  return loaded.model;
}

std::vector<LoadError> Refusals(const std::string& elements) {
  LoadResult loaded = Model::Load(ModelText(elements));
  EXPECT_EQ(loaded.model, nullptr);
  return loaded.errors;
}

std::string Decide(const std::shared_ptr<const Model>& model, const Value& x) {
  Session session(model, {"d"});
  EXPECT_TRUE(session.Set("x", x));
  session.Evaluate();
  return session.Result(size_t{0}).ToString();
}

TEST(LoadTest, EveryErrorIsToldWithElementAndPlace) {
  const auto errors = Refusals(Literal("een", "1 +") + "\n" + Literal("twee", "onbekend * 2") +
                               "\n" + Input("drie", "tNergens"));
  ASSERT_EQ(errors.size(), 3u);
  EXPECT_EQ(errors[0].element, "i_drie");
  EXPECT_EQ(errors[0].line, 5u);
  EXPECT_EQ(errors[1].element, "een");
  EXPECT_EQ(errors[1].line, 3u);
  EXPECT_GT(errors[1].column, 1u);
  EXPECT_EQ(errors[2].element, "twee");
  EXPECT_EQ(errors[2].line, 4u);
}

TEST(LoadTest, ExternalFunctionsAreRefused) {
  const auto errors = Refusals(
      "<businessKnowledgeModel id=\"b\" name=\"b\"><encapsulatedLogic kind=\"Java\"><context/>"
      "</encapsulatedLogic></businessKnowledgeModel>");
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].element, "b");
  EXPECT_EQ(Refusals(Literal("d", "function(a) external {java: {}}")).size(), 1u);
}

TEST(LoadTest, OtherLanguagesNamespacesAndCirclesAreRefused) {
  EXPECT_EQ(Model::Load("<definitions xmlns=\"urn:other\"/>").model, nullptr);
  EXPECT_EQ(Model::Load("no xml").errors.size(), 1u);
  EXPECT_EQ(Refusals("<decision id=\"d\" name=\"d\"><literalExpression expressionLanguage=\"js\">"
                     "<text>1</text></literalExpression></decision>")
                .size(),
            1u);
  const auto requires_decision = [](const std::string& id) {
    return "<informationRequirement><requiredDecision href=\"#" + id +
           "\"/></informationRequirement>";
  };
  EXPECT_FALSE(Refusals(Literal("a", "1", requires_decision("b")) +
                        Literal("b", "1", requires_decision("a")))
                   .empty());
  EXPECT_FALSE(
      Refusals("<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition>").empty());
  EXPECT_FALSE(
      Refusals("<import name=\"i\" namespace=\"urn:absent\" importType=\"https://www.omg.org/"
               "spec/DMN/20230324/MODEL/\"/>")
          .empty());
}

TEST(LoadTest, TheHashIsOfTheBytes) {
  const auto one = Model::Load(ModelText(Literal("d", "1"))).model;
  const auto same = Model::Load(ModelText(Literal("d", "1"))).model;
  const auto other = Model::Load(ModelText(Literal("d", "2"))).model;
  EXPECT_EQ(one->hash().size(), 64u);
  EXPECT_EQ(one->hash(), same->hash());
  EXPECT_NE(one->hash(), other->hash());
}

TEST(LoadTest, OlderVersionsOfDmnAreRead) {
  for (const char* space : {"http://www.omg.org/spec/DMN/20180521/MODEL/",
                            "https://www.omg.org/spec/DMN/20191111/MODEL/",
                            "https://www.omg.org/spec/DMN/20211108/MODEL/"}) {
    const std::string text = "<definitions xmlns=\"" + std::string(space) +
                             "\" name=\"m\" namespace=\"urn:test\">" + Literal("d", "1") +
                             "</definitions>";
    EXPECT_NE(Model::Load(text).model, nullptr) << space;
  }
}

TEST(TableTest, HitPolicies) {
  const std::vector<Cells> rules = {{"&gt; 1", "10"}, {"&gt; 2", "20"}, {"&gt; 3", "20"}};
  struct Row {
    const char* policy;
    int x;
    const char* expected;
  };
  const Row rows[] = {
      {"UNIQUE", 2, "10"},
      {"UNIQUE", 3, "null"},
      {"FIRST", 5, "10"},
      {"ANY", 5, "null"},
      {"COLLECT", 5, "[10, 20, 20]"},
      {"COLLECT\" aggregation=\"SUM", 5, "50"},
      {"COLLECT\" aggregation=\"COUNT", 5, "3"},
      {"COLLECT\" aggregation=\"MIN", 5, "10"},
      {"COLLECT\" aggregation=\"MAX", 5, "20"},
      {"RULE ORDER", 3, "[10, 20]"},
      {"UNIQUE", 0, "null"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Decide(Load(TableOver("number", row.policy, rules)), Value::Number(row.x)),
              row.expected)
        << row.policy << " " << row.x;
  }
  EXPECT_EQ(Decide(Load(TableOver("number", "UNIQUE", rules, "7")), Value::Number(0)), "7");
}

TEST(TableTest, CellsOfEveryForm) {
  const auto model = Load(TableOver("string", "FIRST",
                                    {{"\"a\", \"b\"", "1"},
                                     {"not(\"c\", \"d\")", "2"},
                                     {"string length(?) &gt; 3", "3"},
                                     {"-", "4"}}));
  EXPECT_EQ(Decide(model, Value::String("b")), "1");
  EXPECT_EQ(Decide(model, Value::String("z")), "2");
  EXPECT_EQ(Decide(model, Value::String("c")), "4");
  EXPECT_EQ(Decide(model, Value::Null()), "2");
}

TEST(SessionTest, ReusedItForgetsWhatItComputed) {
  const auto model =
      Load(TableOver("number", "UNIQUE", {{"&lt; 5", "\"laag\""}, {"&gt;= 5", "\"hoog\""}}));
  Session session(model, {"d"});
  const int x = session.InputSlot("x");
  ASSERT_GE(x, 0);
  for (int i = 0; i < 10; ++i) {
    session.Set(x, Value::Number(i));
    ASSERT_TRUE(session.Evaluate());
    EXPECT_EQ(session.Result(size_t{0}).ToString(), i < 5 ? "laag" : "hoog");
  }
  session.Clear();
  session.Evaluate();
  EXPECT_TRUE(session.Result(size_t{0}).IsNull());
}

TEST(SessionTest, WrongTypesAndUnknownNamesAreTold) {
  const auto model = Load(Input("x", "number") + Literal("d", "x + 1", NeedsInput("x")));
  Session session(model, {"d", "nergens"});
  EXPECT_THAT(session.unknown_decisions(), ElementsAre("nergens"));
  EXPECT_EQ(session.InputSlot("y"), -1);
  session.Set("x", Value::String("twee"));
  EXPECT_TRUE(session.Evaluate());
  EXPECT_TRUE(session.Result(size_t{0}).IsNull());
  EXPECT_FALSE(session.messages().empty());
}

TEST(SessionTest, AModelServesThreadsSideBySide) {
  const auto model =
      Load(TableOver("number", "UNIQUE", {{"&lt; 500", "\"laag\""}, {"&gt;= 500", "\"hoog\""}}));
  std::vector<std::thread> threads;
  std::vector<int> wrong(2, 0);
  for (size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&model, &wrong, t] {
      Session session(model, {"d"});
      for (int i = 0; i < 1000; ++i) {
        session.Set("x", Value::Number(i));
        session.Evaluate();
        if (session.Result(size_t{0}).ToString() != (i < 500 ? "laag" : "hoog")) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, ElementsAre(0, 0));
}

TEST(TraceTest, TellsTheRulesTheirInputsAndReasons) {
  const auto model = Load(TableOver("number", "COLLECT\" aggregation=\"SUM",
                                    {{"&gt; 1", "10", "Meer dan een."},
                                     {"&gt; 100", "5", "Heel veel."},
                                     {"&gt; 2", "20", "Meer dan twee."}}));
  Session session(model, {"d"});
  session.Set("x", Value::Number(3));
  Trace trace;
  session.Evaluate(&trace);
  ASSERT_EQ(trace.tables.size(), 1u);
  EXPECT_EQ(trace.tables[0].id, "t");
  EXPECT_EQ(trace.tables[0].decision, "d");
  EXPECT_EQ(trace.InputsOf(trace.tables[0])[0].ToString(), "3");
  EXPECT_EQ(trace.tables[0].result.ToString(), "30");
  ASSERT_EQ(trace.rules.size(), 2u);
  EXPECT_EQ(trace.rules[1].number, 3u);
  EXPECT_EQ(trace.rules[1].id, "r3");
  EXPECT_EQ(trace.rules[1].output.ToString(), "20");
  EXPECT_EQ(trace.rules[1].annotations[0], "Meer dan twee.");
  EXPECT_EQ(trace.tables[0].annotation_names[0], "Reden");
  ASSERT_EQ(trace.decisions.size(), 1u);
  EXPECT_EQ(trace.decisions[0].result.ToString(), "30");
}

TEST(ImportTest, ANamespaceTellsInputsOfTheSameNameApart) {
  LoadOptions options;
  options.resolve_import = [](std::string_view space,
                              std::string_view) -> std::optional<std::string> {
    std::string text = ModelText(Input("x", "number"));
    return text.replace(text.find("urn:test"), 8, space);
  };
  const auto import = [](const std::string& name) {
    return "<import name=\"" + name + "\" namespace=\"urn:" + name +
           "\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>";
  };
  const auto needs = [](const std::string& name) {
    return "<informationRequirement><requiredInput href=\"urn:" + name +
           "#i_x\"/></informationRequirement>";
  };
  const LoadResult loaded =
      Model::Load(ModelText(import("een") + import("twee") +
                            Literal("d", "een.x - twee.x", needs("een") + needs("twee"))),
                  options);
  ASSERT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  Session session(loaded.model, {"d"});
  session.Set(session.InputSlot("x", "urn:een"), feel::Value::Number(int64_t{44}));
  session.Set(session.InputSlot("x", "urn:twee"), feel::Value::Number(int64_t{2}));
  session.Evaluate();
  EXPECT_EQ(session.Result(size_t{0}).ToString(), "42");
  EXPECT_EQ(session.InputSlot("x", "urn:drie"), -1);
}

TEST(ImportTest, ElementsAndTypesOfAnotherFile) {
  LoadOptions options;
  options.resolve_import = [](std::string_view space,
                              std::string_view) -> std::optional<std::string> {
    if (space != "urn:other") return std::nullopt;
    std::string text =
        ModelText("<itemDefinition name=\"tGetal\"><typeRef>number</typeRef></itemDefinition>" +
                  Literal("basis", "40"));
    return text.replace(text.find("urn:test"), 8, "urn:other");
  };
  const std::string text = ModelText(
      "<import name=\"ander\" namespace=\"urn:other\" "
      "importType=\"https://www.omg.org/spec/DMN/20230324/"
      "MODEL/\"/>" +
      Literal("d", "ander.basis + 2",
              "<informationRequirement><requiredDecision href=\"urn:other#basis\"/>"
              "</informationRequirement>"));
  const LoadResult loaded = Model::Load(text, options);
  ASSERT_NE(loaded.model, nullptr) << loaded.errors[0].ToString();
  Session session(loaded.model, {"d"});
  session.Evaluate();
  EXPECT_EQ(session.Result(size_t{0}).ToString(), "42");
}

}  // namespace
}  // namespace vroegsein::dmn
