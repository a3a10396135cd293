// Numbers: the library is linked with the ABI that we call it by, and our own short ways give the
// same as the library.
#include "rules/feel/number.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace vroegsein::feel {
namespace {

Number N(std::string_view text) { return Number::Parse(text).value(); }
std::string S(const std::optional<Number>& number) { return number ? number->ToString() : "none"; }

TEST(NumberTest, TheLibraryKeepsThirtyFourDigits) {
  EXPECT_EQ(S(Number::Divide(N("1"), N("3"))), "0.3333333333333333333333333333333333");
  EXPECT_EQ(S(Number::Divide(N("2"), N("3"))), "0.6666666666666666666666666666666667");
  EXPECT_EQ(S(Number::Add(N("9999999999999999999999999999999999"), N("1"))),
            "10000000000000000000000000000000000");
  EXPECT_EQ(S(Number::Add(N("0.1"), N("0.2"))), "0.3");
  EXPECT_EQ(S(Number::Sqrt(N("16"))), "4");
  EXPECT_EQ(S(Number::Divide(N("1"), N("0"))), "none");
  EXPECT_EQ(S(Number::Multiply(N("1e6000"), N("1e6000"))), "none");
}

TEST(NumberTest, WritesWithoutExponentAndWithoutTrailingZeros) {
  EXPECT_EQ(N("1.10").ToString(), "1.1");
  EXPECT_EQ(N("1e3").ToString(), "1000");
  EXPECT_EQ(N("1.23e-4").ToString(), "0.000123");
  EXPECT_EQ(N("-0").ToString(), "0");
  EXPECT_EQ(N("-75.00").ToString(), "-75");
}

// The nearest double, which is what the text of the number reads as too.
TEST(NumberTest, IsTheNearestDouble) {
  for (const char* text : {"0", "-0.5", "12.345", "9007199254740993", "0.1", "123456789.987654321",
                           "-9007199254740992", "1e30", "1e-19", "1e-20", "18446744073709551615"}) {
    EXPECT_EQ(N(text).ToDouble(), std::stod(text)) << text;
  }
  rc::check("of any number", [] {
    const auto coefficient = *rc::gen::arbitrary<int64_t>();
    const int exponent = *rc::gen::inRange(-30, 10);
    const auto shift = static_cast<unsigned>(*rc::gen::inRange(0, 63));
    const Number number = Number::FromScaled(coefficient >> shift, exponent);
    RC_ASSERT(number.ToDouble() == std::stod(number.ToString()));
  });
}

TEST(NumberTest, RefusesWhatIsNoNumber) {
  for (const char* text :
       {"", "-", ".", "1.", "1e", "0x10", "1 ", " 1", "inf", "nan", "+1", "1e99999"}) {
    EXPECT_FALSE(Number::Parse(text).has_value()) << text;
  }
}

struct RoundingCase {
  const char* number;
  Rounding rounding;
  const char* expected;
};

TEST(NumberTest, RoundsEachWay) {
  const RoundingCase cases[] = {
      {"2.5", Rounding::kHalfEven, "2"},   {"3.5", Rounding::kHalfEven, "4"},
      {"2.5", Rounding::kHalfUp, "3"},     {"-2.5", Rounding::kHalfUp, "-3"},
      {"2.5", Rounding::kHalfDown, "2"},   {"2.51", Rounding::kHalfDown, "3"},
      {"-2.5", Rounding::kHalfDown, "-2"}, {"-2.51", Rounding::kHalfDown, "-3"},
      {"2.1", Rounding::kUp, "3"},         {"-2.1", Rounding::kUp, "-3"},
      {"2.9", Rounding::kDown, "2"},       {"-2.9", Rounding::kDown, "-2"},
      {"-2.1", Rounding::kFloor, "-3"},    {"-2.9", Rounding::kCeiling, "-2"},
  };
  for (const RoundingCase& row : cases) {
    EXPECT_EQ(S(Number::Round(N(row.number), 0, row.rounding)), row.expected) << row.number;
  }
  EXPECT_EQ(S(Number::Round(N("1234.567"), 2, Rounding::kHalfUp)), "1234.57");
  EXPECT_EQ(S(Number::Round(N("1250"), -2, Rounding::kHalfEven)), "1200");
}

TEST(NumberTest, ModuloHasTheSignOfTheDivisor) {
  EXPECT_EQ(S(Number::Modulo(N("10"), N("4"))), "2");
  EXPECT_EQ(S(Number::Modulo(N("-12"), N("5"))), "3");
  EXPECT_EQ(S(Number::Modulo(N("12"), N("-5"))), "-3");
  EXPECT_EQ(S(Number::Modulo(N("10.1"), N("4.5"))), "1.1");
}

TEST(NumberTest, ShortWaysAgreeWithIntegers) {
  rc::check("sum, product and order of small decimals are those of scaled integers", [] {
    const auto a = *rc::gen::inRange<int64_t>(-1000000000, 1000000000);
    const auto b = *rc::gen::inRange<int64_t>(-1000000000, 1000000000);
    const Number x = Number::FromScaled(a, -2);
    const Number y = Number::FromScaled(b, -2);
    RC_ASSERT(*Number::Add(x, y) == Number::FromScaled(a + b, -2));
    RC_ASSERT(*Number::Subtract(x, y) == Number::FromScaled(a - b, -2));
    RC_ASSERT(*Number::Multiply(x, y) == Number::FromScaled(a * b, -4));
    RC_ASSERT(Number::Compare(x, y) == (a < b ? -1 : (b < a ? 1 : 0)));
  });
}

TEST(NumberTest, ShortWaysAgreeAcrossExponents) {
  rc::check("a number is the same however it is scaled", [] {
    const auto a = *rc::gen::inRange<int64_t>(-100000, 100000);
    const auto shift = *rc::gen::inRange(0, 25);
    int64_t ignored = a;
    const Number x = Number::FromScaled(ignored, -shift);
    const Number y = Number::Parse(x.ToString()).value();
    RC_ASSERT(x == y);
    RC_ASSERT(Number::Subtract(x, y)->IsZero());
    RC_ASSERT(x.Negated().Negated() == y);
    RC_ASSERT((Number::Compare(x, x.Negated()) > 0) == (a > 0));
  });
}

TEST(NumberTest, WholeNumbersComeBack) {
  rc::check("int64 there and back", [](int64_t value) {
    RC_ASSERT(Number::FromInt(value).ToInt64() == value);
    RC_ASSERT(Number::FromInt(value).ToString() == std::to_string(value));
  });
  EXPECT_FALSE(N("1.5").ToInt64().has_value());
  EXPECT_FALSE(N("1e30").ToInt64().has_value());
  EXPECT_EQ(N("-1.9").TruncateToInt64(), -1);
}

}  // namespace
}  // namespace vroegsein::feel
