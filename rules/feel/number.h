// Number is FEEL's number: an IEEE 754-2008 decimal128, 34 digits, rounded half even.
// The arithmetic is Intel's decimal library; what every policy does all day (compare, add and
// multiply small amounts) is done here on the words of the encoding and gives the same bits.
//
// Threads: a value; every call is reentrant (status flags are locals).
// Errors: a result that is no finite number (overflow, division by zero) is std::nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vroegsein::feel {

enum class Rounding { kHalfEven, kDown, kUp, kHalfUp, kHalfDown, kFloor, kCeiling };

class Number {
 public:
  static constexpr int kDigitsMax = 34;
  static constexpr int kExponentMin = -6176;
  static constexpr int kExponentMax = 6111;

  constexpr Number() = default;
  // REQUIRES: nothing; every int64 is exact.
  static Number FromInt(int64_t value);
  // coefficient * 10^exponent. REQUIRES: kExponentMin <= exponent <= kExponentMax.
  static Number FromScaled(int64_t coefficient, int exponent);
  // The shortest decimal that reads back as this double; nullopt for NaN and infinity.
  static std::optional<Number> FromDouble(double value);
  // [-] digits [. digits] [e [+-] digits], nothing around it. nullopt when it is anything else
  // or too large for a decimal128.
  static std::optional<Number> Parse(std::string_view text);

  // Without exponent and without zeros after the last digit of the fraction.
  std::string ToString() const;
  double ToDouble() const;
  // Only when it is a whole number that fits.
  std::optional<int64_t> ToInt64() const;
  // The whole part, cut towards zero, when that fits.
  std::optional<int64_t> TruncateToInt64() const;

  bool IsZero() const;
  bool IsNegative() const { return (high_ >> 63) != 0 && !IsZero(); }
  bool IsInteger() const;

  // -1, 0, 1
  static int Compare(const Number& a, const Number& b);
  static std::optional<Number> Add(const Number& a, const Number& b);
  static std::optional<Number> Subtract(const Number& a, const Number& b);
  static std::optional<Number> Multiply(const Number& a, const Number& b);
  static std::optional<Number> Divide(const Number& a, const Number& b);
  static std::optional<Number> Power(const Number& base, const Number& exponent);
  // The remainder with the sign of the divisor, as FEEL's modulo defines it.
  static std::optional<Number> Modulo(const Number& a, const Number& b);
  // To `scale` digits after the point (negative: before it).
  static std::optional<Number> Round(const Number& a, int scale, Rounding rounding);
  static std::optional<Number> Sqrt(const Number& a);
  static std::optional<Number> Log(const Number& a);
  static std::optional<Number> Exp(const Number& a);
  Number Negated() const;
  Number Abs() const;

  friend bool operator==(const Number& a, const Number& b) { return Compare(a, b) == 0; }
  friend bool operator<(const Number& a, const Number& b) { return Compare(a, b) < 0; }

 private:
  friend struct NumberWords;
  uint64_t low_ = 0;
  uint64_t high_ = 0x3040000000000000ULL;  // exponent 0, coefficient 0
};

}  // namespace vroegsein::feel
