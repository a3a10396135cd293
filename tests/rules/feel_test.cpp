// FEEL by tables: an expression and what it is. The TCK tests the breadth; here is what it leaves
// out and what once went wrong.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "rules/feel/lexer.h"
#include "rules/feel/unicode.h"
#include "tests/rules/feel_language.h"

namespace vroegsein::feel {
namespace {

struct Row {
  const char* text;
  const char* expected;
};

void ExpectAll(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(Feel(row.text), row.expected) << row.text;
}

TEST(FeelTest, Arithmetic) {
  ExpectAll({{"1 + 2 * 3", "7"},
             {"-2 ** 2", "4"},
             {"(1 + 2) * 3", "9"},
             {"10 / 4", "2.5"},
             {"1 / 0", "null"},
             {"\"a\" + \"b\"", "ab"},
             {"1 + \"b\"", "null"},
             {"1 - - 1", "2"},
             {"2 ** 10 ** 1", "1024"},
             {"0.1 + 0.2 = 0.3", "true"}});
}

TEST(FeelTest, RangesFromText) {
  ExpectAll({{"range(\"[1..3]\")", "[1..3]"},
             {"range(\"(1..3]\")", "(1..3]"},
             {"range(\"[\\\"a\\\"..\\\"b\\\"]\")", "[\"a\"..\"b\"]"},
             {"range(\"[@\\\"2020-01-01\\\"..@\\\"2021-01-01\\\"]\")", "[2020-01-01..2021-01-01]"},
             {"range(\"[duration(\\\"P1D\\\")..duration(\\\"P2D\\\")]\")", "[P1D..P2D]"},
             {"range(\"[2..)\") = (>= 2)", "true"},
             {"range(\"(..2)\") = (< 2)", "true"},
             {"3 in range(\"(..2]\")", "false"},
             {"range(\"[..]\")", "null"},
             {"range(\"[1..\")", "null"},
             {"range(\"[1 + 1..3]\")", "null"},
             {"range(\"\")", "null"}});
}

TEST(FeelTest, AnEmptyPatternMatchesEverywhere) {
  ExpectAll({{"matches(\"abc\", \"\")", "true"},
             {"matches(\"\", \"\")", "true"},
             {"replace(\"abc\", \"\", \"*\")", "null"},
             {"split(\"abc\", \"\")", "null"}});
}

TEST(FeelTest, APathGoesIntoEachItem) {
  ExpectAll({{"[{a: {b: 1}}, {a: {b: [2.1, 2.2]}}].a.b", "[1, [2.1, 2.2]]"},
             {"[[{a: 1}], [{a: 2}, {a: 3}]].a", "[[1], [2, 3]]"},
             {"[{a: [{b: 1}, {b: 2}]}, {a: [{b: 3}]}].a.b", "[[1, 2], [3]]"},
             {"[{a: 1}, {b: 2}].a", "[1, null]"},
             {"[].a", "[]"}});
}

TEST(FeelTest, ItemIsTheMemberOfThatNameWhereThereIsOne) {
  ExpectAll({{"[{item: 1}, {item: 2}][item = 2]", "[{item: 2}]"},
             {"[{a: 1}, {a: 2}][item.a = 2]", "[{a: 2}]"},
             {"[1, 2, 3][item >= 2]", "[2, 3]"},
             {"[[1], [2, 3]][count(item) = 2]", "[[2, 3]]"},
             {"[{item: 1}, 5][item = 5]", "[5]"}});
}

TEST(FeelTest, AFunctionInAContextMayCallItself) {
  ExpectAll(
      {{"{f: function(x) if x <= 1 then 1 else x * f(x - 1), r: f(5)}.r", "120"},
       {"{f: function(x) function(y) if y <= 0 then 0 else 1 + f(x)(y - 1), r: f(5)(3)}.r", "3"},
       {"{f: function(f) f, r: f(5)}.r", "5"},
       {"{abs: function(n) abs(n) + 1, r: abs(-5)}.r", "6"},
       {"{f: function(x) f(x), r: f(1)}.r", "null"}});
}

TEST(FeelTest, ThreeValuedLogic) {
  ExpectAll({{"true and null", "null"},
             {"false and null", "false"},
             {"true or null", "true"},
             {"null or false", "null"},
             {"1 = null", "false"},
             {"null = null", "true"},
             {"1 < \"a\"", "null"},
             {"not(null)", "null"},
             {"if null then 1 else 2", "2"}});
}

TEST(FeelTest, WhatHoldsTheSameIsTheSame) {
  EXPECT_EQ(Feel("{a: [not], r: is(a, a)}.r"), "true");
  EXPECT_EQ(Feel("{a: {b: [function(x) x]}, r: is(a, a)}.r"), "true");
  EXPECT_EQ(Feel("is([function(x) x], [function(x) x])"), "false");
  EXPECT_EQ(Feel("is([1, {b: (1..5)}], [1, {b: (1..5)}])"), "true");
  EXPECT_EQ(Feel("is([1, {b: (1..5)}], [1, {b: (1..5]}])"), "false");
  // The same moment, in other parts: equal, and not the same.
  EXPECT_EQ(Feel("[time(\"10:00:00Z\")] = [time(\"11:00:00+01:00\")]"), "true");
  EXPECT_EQ(Feel("is([time(\"10:00:00Z\")], [time(\"11:00:00+01:00\")])"), "false");
}

TEST(FeelTest, RangesAndTests) {
  ExpectAll({{"5 in [1..10]", "true"},
             {"10 in [1..10)", "false"},
             {"1 in ]1..10]", "false"},
             {"10 in [1..10[", "false"},
             {"5 in (> 3, < 1)", "true"},
             {"5 in > 3", "true"},
             {"3 between 1 and 3", "true"},
             {"[1..5].start", "1"},
             {"(1..5].start included", "false"},
             {"[5..1]", "null"},
             {"1 in [[1..2], [5..6]]", "true"}});
}

TEST(FeelTest, ListsAndFilters) {
  ExpectAll({{"[1, 2, 3][2]", "2"},
             {"[1, 2, 3][-1]", "3"},
             {"[1, 2, 3][4]", "null"},
             {"[1, 2, 3][item > 1]", "[2, 3]"},
             {"[{a: 1}, {a: 2}][a = 2].a", "[2]"},
             {"[{a: 1}, {a: 2}].a", "[1, 2]"},
             {"5[1]", "5"},
             {"flatten([1, [2, [3]]])", "[1, 2, 3]"},
             {"sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"},
             {"distinct values([1, 2, 1])", "[1, 2]"},
             {"count([])", "0"},
             {"sum([])", "null"},
             {"list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"}});
}

TEST(FeelTest, LoopsAndFunctions) {
  ExpectAll(
      {{"for i in 1..3 return i * i", "[1, 4, 9]"},
       {"for i in 3..1 return i", "[3, 2, 1]"},
       {"for i in 1..2, j in 1..i return i * 10 + j", "[11, 21, 22]"},
       {"for i in 1..5 return if i <= 2 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"},
       {"some x in [1, 2] satisfies x > 1", "true"},
       {"every x in [1, 2] satisfies x > 1", "false"},
       {"every x in [] satisfies x > 1", "true"},
       {"{f: function(x) x + 1, r: f(2)}.r", "3"},
       {"{n: 5, f: function(x) x + n, r: f(n: 1)}.r", "null"},
       {"{n: 5, f: function(x) x + n, r: f(x: 1)}.r", "6"},
       {"{k: function(x) function(y) x * 10 + y, r: k(4)(2)}.r", "42"},
       {"(function(a: number) a)(\"x\")", "null"}});
}

TEST(FeelTest, NamesWithSpacesAndSigns) {
  ExpectAll({{"{first name: \"A\", last name: \"B\", r: first name + last name}.r", "AB"},
             {"{a: 5, b: 3, r: a-b}.r", "2"},
             {"{a-b: 1, r: a-b}.r", "1"},
             {"{bedrag in euro: 7, r: bedrag   in euro}.r", "7"},
             {"{\"with space\": 1}.with space", "1"},
             {"{x: 1 /* one */, y: 2 // two\n}.y", "2"}});
}

TEST(FeelTest, DatesAndDurations) {
  ExpectAll({{"date(\"2024-02-29\") + duration(\"P1Y\")", "2025-02-28"},
             {"date(\"2024-01-31\") + duration(\"P1M\")", "2024-02-29"},
             {"date(\"2026-11-20\") - date(\"2026-08-01\")", "P111D"},
             {"(date(\"2026-11-20\") - date(\"2026-08-01\")).days", "111"},
             {"@\"2026-03-29T01:30:00@Europe/Amsterdam\" + @\"PT1H\"",
              "2026-03-29T03:30:00@Europe/Amsterdam"},
             {"time(\"23:00:00\") + duration(\"PT2H\")", "01:00:00"},
             {"duration(\"PT36H\")", "P1DT12H"},
             {"duration(\"-P13M\")", "-P1Y1M"},
             {"duration(\"P1Y\") / duration(\"P1M\")", "12"},
             {"date(2023, 2, 29)", "null"},
             {"day of week(date(\"2026-11-20\"))", "Friday"},
             {"week of year(date(\"2021-01-03\"))", "53"},
             {"today()", "2026-11-20"},
             {"date and time(\"2026-01-01T24:00:00\")", "2026-01-02T00:00:00"}});
}

TEST(FeelTest, StringsCountCodePoints) {
  ExpectAll({{"string length(\"\\uD83D\\uDE00é\")", "2"},
             {"substring(\"\\uD83D\\uDE00bc\", 2)", "bc"},
             {"upper case(\"straße\")", "STRASSE"},
             {"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
             {"replace(\"abc\", \"b\", \"[$0]\")", "a[b]c"},
             {"matches(\"foobar\", \"^fo*bar$\")", "true"},
             {"matches(\"a\", \"[\")", "null"},
             {"string(1.50)", "1.5"},
             {"string([1, \"a\"])", "[1, \"a\"]"},
             {"number(\"1.000,5\", \".\", \",\")", "1000.5"}});
}

TEST(FeelTest, Contexts) {
  ExpectAll({{"context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}"},
             {"context put({a: {b: 1}}, [\"a\", \"b\"], 2).a.b", "2"},
             {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
             {"get entries({a: 1})[1].key", "a"},
             {"get value({a: 1}, \"b\")", "null"},
             {"{a: 1}.b", "null"},
             {"null.b", "null"}});
}

TEST(FeelTest, InstanceOf) {
  ExpectAll({{"1 instance of number", "true"},
             {"\"a\" instance of number", "false"},
             {"[1] instance of list<number>", "true"},
             {"[\"a\"] instance of list<number>", "false"},
             {"{a: 1} instance of context<a: number>", "true"},
             {"@\"P1Y\" instance of years and months duration", "true"},
             {"[1..2] instance of range<number>", "true"}});
}

TEST(FeelTest, BrokenTextIsAnErrorAndNullNotACrash) {
  for (const char* text : {"", "1 +", "(1", "[1", "{a: 1", "if 1 then 2", "for x in", "\"open",
                           "1 2", "unknown", "@\"x\"", "function(", "]", "1..", "[1..", "x[",
                           "some x in [1]", "\"\\uZZZZ\"", "{a: 1, a: 2}"}) {
    const FeelOutcome out = RunFeel(text);
    EXPECT_FALSE(out.compile_error.empty()) << text;
    EXPECT_TRUE(out.value.IsNull()) << text;
  }
}

TEST(FeelTest, AnyTextEndsInAValueOrAnError) {
  rc::check("the compiler takes any bytes", [](const std::string& text) {
    const FeelOutcome out = RunFeel(text);
    RC_ASSERT(out.compile_error.empty() || out.value.IsNull());
  });
}

TEST(FeelTest, TextOfAValueReadsBackAsThatValue) {
  rc::check("string() of numbers in a list", [](const std::vector<int32_t>& numbers) {
    std::vector<Value> items;
    for (const int32_t number : numbers)
      items.push_back(Value::Number(Number::FromScaled(number, -2)));
    const Value list = MakeList(items);
    RC_ASSERT(Equal(RunFeel(list.ToString()).value, list).value_or(false));
  });
}

TEST(FeelTest, DaysAndDatesAgree) {
  rc::check("a day number is its date's", [] {
    const auto days = *rc::gen::inRange<int64_t>(-800000000, 800000000);
    const auto date = Date::FromDays(days);
    RC_ASSERT(date.has_value());
    RC_ASSERT(date->Days() == days);
    RC_ASSERT(Date::FromDays(days + 1)->Weekday() == date->Weekday() % 7 + 1);
  });
}

TEST(UnicodeTest, BrokenBytesCountAsOneEach) {
  EXPECT_EQ(CountCodePoints("a\xFF\xC3"), 3u);
  EXPECT_EQ(CountCodePoints("\xC3\xA9"), 1u);
  EXPECT_EQ(NormalizeName("  a \n b "), "a b");
}

}  // namespace
}  // namespace vroegsein::feel
