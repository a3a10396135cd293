// dmn check on types: expressions that can never work are found, those that may are left alone.
#include <gtest/gtest.h>

#include "rules/dmn/check.h"
#include "tests/rules/dmn_language.h"

namespace vroegsein::dmn {
namespace {

std::vector<Finding> TypeFindings(const std::string& elements) {
  const LoadResult loaded = Model::Load(ModelText(elements));
  EXPECT_NE(loaded.model, nullptr) << (loaded.errors.empty() ? "" : loaded.errors[0].ToString());
  if (loaded.model == nullptr) return {};
  std::vector<Finding> out = Check(*loaded.model);
  std::erase_if(out, [](const Finding& finding) { return finding.kind != FindingKind::kType; });
  return out;
}

// A decision over inputs of every type, named after it.
std::string Over(const std::string& text) {
  std::string inputs;
  std::string needs;
  for (const auto& [name, type] : {std::pair("getal", "number"),
                                   {"tekst", "string"},
                                   {"dag", "date"},
                                   {"ja", "boolean"},
                                   {"moment", "date and time"},
                                   {"termijn", "days and time duration"},
                                   {"iets", "Any"},
                                   {"persoon", "tPersoon"},
                                   {"getallen", "tGetallen"}}) {
    inputs += Input(name, type);
    needs += NeedsInput(name);
  }
  return "<itemDefinition name=\"tPersoon\"><itemComponent name=\"naam\"><typeRef>string</typeRef>"
         "</itemComponent><itemComponent name=\"leeftijd\"><typeRef>number</typeRef>"
         "</itemComponent></itemDefinition>"
         "<itemDefinition name=\"tGetallen\" isCollection=\"true\"><typeRef>number</typeRef>"
         "</itemDefinition>" +
         inputs + Literal("d", text, needs);
}

TEST(TypeCheckTest, ExpressionsThatCanNeverWork) {
  for (const char* text : {"tekst = getal",
                           "getal &lt; tekst",
                           "dag + tekst",
                           "dag + dag",
                           "getal - tekst",
                           "ja &lt; true",
                           "ja + 1",
                           "-tekst * 2",
                           "if getal then 1 else 2",
                           "ja and getal",
                           "getal between 1 and \"b\"",
                           "getal in (\"a\", 2)",
                           "tekst in [1..3]",
                           "getal in (&lt; \"a\")",
                           "string length(getal)",
                           "sqrt(16, 2)",
                           "substring(tekst)",
                           "substring(string: tekst, begin: 1)",
                           "getallen[tekst]",
                           "some x in getallen satisfies x + 1",
                           "persoon.naam &gt; 3",
                           "for x in getallen return upper case(x)",
                           "tekst(1)",
                           "(function(x: number) x)(tekst)",
                           "(function(x) x)(1, 2)",
                           "sum(getallen) + tekst",
                           "(dag - dag) + 1",
                           "{a: 1, b: a + \"x\"}.b",
                           "[dag, dag][1] = 5",
                           "getallen[item &gt; \"a\"]",
                           "if ja then (if getal then 1 else 2) else 3"}) {
    const auto findings = TypeFindings(Over(text));
    EXPECT_EQ(findings.size(), 1u) << text;
  }
}

TEST(TypeCheckTest, ExpressionsThatMayWork) {
  for (const char* text : {"getal = null",
                           "null = tekst",
                           "iets = 5",
                           "iets + 1",
                           "iets.naam = 3",
                           "dag &lt; moment",
                           "dag + termijn",
                           "dag - dag &gt; termijn",
                           "moment - dag",
                           "getal * termijn",
                           "termijn / termijn + 1",
                           "getallen = 5",
                           "getal = getallen",
                           "sum(getallen) + 1",
                           "sum(1, 2, 3)",
                           "getallen[1] + 1",
                           "getallen[-1]",
                           "getallen[item &gt; 2]",
                           "count(getal)",
                           "string(iets)",
                           "persoon.naam + \"!\"",
                           "persoon.leeftijd + getal",
                           "for x in 1..3 return x + 1",
                           "for x in dag..dag return x.year",
                           "for x in [1..3] return x * 2",
                           "some x in getallen satisfies x &gt; 1",
                           "if iets then 1 else \"een\"",
                           "tekst in (\"a\", \"b\")",
                           "getal in [1..3]",
                           "getal in ([1..3], 7)",
                           "iets in (1, \"a\")",
                           "ja and iets",
                           "date and time(dag) = moment",
                           "(function(x) x + 1)(iets)",
                           "sort(getallen, function(x, y) x &lt; y)",
                           "max(dag, dag) - dag",
                           "getallen instance of number",
                           "{a: iets, b: a + 1}.b",
                           "number(tekst) + 1"}) {
    for (const Finding& finding : TypeFindings(Over(text))) {
      ADD_FAILURE() << text << ": " << finding.ToString();
    }
  }
}

TEST(TypeCheckTest, ATestAgainstAnotherTypeNamesItsRule) {
  const auto findings =
      TypeFindings(TableOver("number", "FIRST", {{"1", "1"}, {"\"a\"", "2"}, {"? &gt; 3", "3"}}));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].table, "d");
  EXPECT_EQ(findings[0].rule, 2u);
  EXPECT_EQ(findings[0].element, "r2");
  EXPECT_GT(findings[0].line, 0u);
  EXPECT_TRUE(
      TypeFindings(TableOver("number", "FIRST", {{"not(1, &gt; 5)", "1"}, {"-", "2"}})).empty());
  EXPECT_EQ(TypeFindings(TableOver("date", "FIRST", {{"&lt; 5", "1"}})).size(), 1u);
  EXPECT_EQ(TypeFindings(TableOver("string", "FIRST", {{"[1..3]", "1"}})).size(), 1u);
}

std::string Column(const std::string& type, const std::string& values, const std::string& output) {
  return "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><decisionTable id=\"t\" "
         "hitPolicy=\"FIRST\"><output id=\"o\" name=\"uit\"" +
         (type.empty() ? "" : " typeRef=\"" + type + "\"") + ">" +
         (values.empty() ? "" : "<outputValues><text>" + values + "</text></outputValues>") +
         "</output><rule id=\"r1\"><outputEntry><text>" + output +
         "</text></outputEntry></rule></decisionTable></decision>";
}

TEST(TypeCheckTest, AnOutputThatItsColumnDoesNotAllow) {
  EXPECT_EQ(TypeFindings(Column("number", "", "\"a\"")).size(), 1u);
  EXPECT_EQ(TypeFindings(Column("string", "\"a\", \"b\"", "\"c\"")).size(), 1u);
  EXPECT_TRUE(TypeFindings(Column("string", "\"a\", \"b\"", "\"a\"")).empty());
  EXPECT_TRUE(TypeFindings(Column("number", "", "null")).empty());
  EXPECT_TRUE(TypeFindings(Column("", "", "\"a\"")).empty());
  const std::string type =
      "<itemDefinition name=\"tKleur\"><typeRef>string</typeRef><allowedValues><text>\"rood\""
      "</text></allowedValues></itemDefinition>";
  EXPECT_EQ(TypeFindings(type + Column("tKleur", "", "\"blauw\"")).size(), 1u);
  EXPECT_TRUE(TypeFindings(type + Column("tKleur", "", "\"rood\"")).empty());
}

TEST(TypeCheckTest, KnowledgeIsCalledAsItAsks) {
  const std::string knowledge =
      "<businessKnowledgeModel id=\"b\" name=\"b\"><variable name=\"b\" typeRef=\"number\"/>"
      "<encapsulatedLogic><formalParameter name=\"x\" "
      "typeRef=\"number\"/><literalExpression><text>x"
      " * 2</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>";
  const std::string needs =
      "<knowledgeRequirement><requiredKnowledge href=\"#b\"/></knowledgeRequirement>";
  EXPECT_TRUE(TypeFindings(knowledge + Literal("d", "b(2) + 1", needs)).empty());
  EXPECT_TRUE(TypeFindings(knowledge + Literal("d", "b(x: 2)", needs)).empty());
  EXPECT_EQ(TypeFindings(knowledge + Literal("d", "b(\"a\")", needs)).size(), 1u);
  EXPECT_EQ(TypeFindings(knowledge + Literal("d", "b(1, 2)", needs)).size(), 1u);
  EXPECT_EQ(TypeFindings(knowledge + Literal("d", "b(y: 2)", needs)).size(), 1u);
  EXPECT_EQ(TypeFindings(knowledge + Literal("d", "b(2) + \"a\"", needs)).size(), 1u);
}

TEST(TypeCheckTest, AResultThatItsVariableDoesNotTake) {
  const auto decision = [](const std::string& type, const std::string& text) {
    return "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"" + type +
           "\"/><literalExpression id=\"l\"><text>" + text +
           "</text></literalExpression></decision>";
  };
  EXPECT_EQ(TypeFindings(decision("number", "\"a\"")).size(), 1u);
  EXPECT_TRUE(TypeFindings(decision("date and time", "@\"2026-01-01\"")).empty());
  EXPECT_TRUE(TypeFindings(decision("number", "[1]")).empty());
}

}  // namespace
}  // namespace vroegsein::dmn
