#include "rules/feel/number.h"

// The ABI of libbidgcc000: arguments by value, rounding mode and status flags as parameters.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
extern "C" {
#include <bid_conf.h>
#include <bid_functions.h>
}

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace vroegsein::feel {

// The two words of the encoding: sign (1), biased exponent (14), coefficient (113).
struct NumberWords {
  static constexpr uint64_t kSign = 0x8000000000000000ULL;
  static constexpr uint64_t kCoefficientHigh = 0x0001FFFFFFFFFFFFULL;
  static constexpr int kExponentShift = 49;
  static constexpr int kBias = 6176;

  static BID_UINT128 Get(const Number& a) {
    BID_UINT128 words;
    words.w[0] = a.low_;
    words.w[1] = a.high_;
    return words;
  }
  static Number Make(uint64_t low, uint64_t high) {
    Number out;
    out.low_ = low;
    out.high_ = high;
    return out;
  }
  static Number Make(BID_UINT128 words) { return Make(words.w[0], words.w[1]); }
  static uint64_t Low(const Number& a) { return a.low_; }
  static uint64_t High(const Number& a) { return a.high_; }

  // Finite, and the coefficient fits the low word.
  static bool Small(const Number& a) {
    return (a.high_ & kCoefficientHigh) == 0 &&
           (a.high_ & 0x6000000000000000ULL) != 0x6000000000000000ULL;
  }
  static int Exponent(const Number& a) {
    return static_cast<int>((a.high_ >> kExponentShift) & 0x3FFF) - kBias;
  }
  static Number MakeSmall(bool negative, uint64_t coefficient, int exponent) {
    return Make(coefficient, (negative ? kSign : 0) |
                                 (static_cast<uint64_t>(exponent + kBias) << kExponentShift));
  }
};

namespace {

constexpr unsigned kToNearestEven = 0;
constexpr unsigned kTowardsNegative = 1;
constexpr unsigned kTowardsPositive = 2;
constexpr unsigned kTowardsZero = 3;
constexpr unsigned kToNearestAway = 4;

constexpr std::array<uint64_t, 20> kPowersOfTen = {1ULL,
                                                   10ULL,
                                                   100ULL,
                                                   1000ULL,
                                                   10000ULL,
                                                   100000ULL,
                                                   1000000ULL,
                                                   10000000ULL,
                                                   100000000ULL,
                                                   1000000000ULL,
                                                   10000000000ULL,
                                                   100000000000ULL,
                                                   1000000000000ULL,
                                                   10000000000000ULL,
                                                   100000000000000ULL,
                                                   1000000000000000ULL,
                                                   10000000000000000ULL,
                                                   100000000000000000ULL,
                                                   1000000000000000000ULL,
                                                   10000000000000000000ULL};

std::optional<Number> Finite(BID_UINT128 words) {
  if (!bid128_isFinite(words)) return std::nullopt;
  return NumberWords::Make(words);
}

// Brings two small numbers to one exponent without leaving the low word.
bool Align(const Number& a, const Number& b, uint64_t* coefficient_a, uint64_t* coefficient_b,
           int* exponent) {
  if (!NumberWords::Small(a) || !NumberWords::Small(b)) return false;
  const int exponent_a = NumberWords::Exponent(a);
  const int exponent_b = NumberWords::Exponent(b);
  *coefficient_a = NumberWords::Low(a);
  *coefficient_b = NumberWords::Low(b);
  *exponent = exponent_a < exponent_b ? exponent_a : exponent_b;
  const int shift = exponent_a < exponent_b ? exponent_b - exponent_a : exponent_a - exponent_b;
  if (shift == 0) return true;
  if (shift >= static_cast<int>(kPowersOfTen.size())) return false;
  uint64_t* larger = exponent_a > exponent_b ? coefficient_a : coefficient_b;
  return !__builtin_mul_overflow(*larger, kPowersOfTen[static_cast<size_t>(shift)], larger);
}

bool SignBit(const Number& a) { return (NumberWords::High(a) & NumberWords::kSign) != 0; }

}  // namespace

Number Number::FromInt(int64_t value) { return FromScaled(value, 0); }

Number Number::FromScaled(int64_t coefficient, int exponent) {
  const bool negative = coefficient < 0;
  const uint64_t magnitude =
      negative ? ~static_cast<uint64_t>(coefficient) + 1 : static_cast<uint64_t>(coefficient);
  return NumberWords::MakeSmall(negative, magnitude, exponent);
}

std::optional<Number> Number::FromDouble(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  std::array<char, 64> buffer;
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  if (error != std::errc()) return std::nullopt;
  return Parse(std::string_view(buffer.data(), static_cast<size_t>(end - buffer.data())));
}

std::optional<Number> Number::Parse(std::string_view text) {
  constexpr size_t kTextMax = 8192;
  size_t at = 0;
  size_t digits = 0;
  auto skip_digits = [&] {
    const size_t from = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    return at - from;
  };
  if (at < text.size() && text[at] == '-') ++at;
  digits += skip_digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    const size_t fraction = skip_digits();
    if (fraction == 0) return std::nullopt;
    digits += fraction;
  }
  if (digits == 0 || text.size() > kTextMax) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (const size_t exponent = skip_digits(); exponent == 0 || exponent > 9) return std::nullopt;
  }
  if (at != text.size()) return std::nullopt;
  std::string copy(text);
  _IDEC_flags flags = 0;
  return Finite(bid128_from_string(copy.data(), kToNearestEven, &flags));
}

std::string Number::ToString() const {
  std::array<char, 64> buffer{};
  _IDEC_flags flags = 0;
  bid128_to_string(buffer.data(), NumberWords::Get(*this), &flags);
  std::string_view raw(buffer.data());  // [+-]digitsE[+-]exponent
  const size_t mark = raw.find('E');
  if (mark == std::string_view::npos) return std::string(raw);
  std::string digits(raw.substr(1, mark - 1));
  int exponent = std::stoi(std::string(raw.substr(mark + 1)));
  if (IsZero()) return "0";
  while (exponent < 0 && digits.size() > 1 && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (exponent >= 0) {
    digits.append(static_cast<size_t>(exponent), '0');
  } else {
    const size_t places = static_cast<size_t>(-exponent);
    if (digits.size() <= places) digits.insert(0, places - digits.size() + 1, '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return raw[0] == '-' ? "-" + digits : digits;
}

double Number::ToDouble() const {
  // Both are exact as doubles, so that their quotient is rounded once, as the library does.
  constexpr uint64_t kExactIntegers = uint64_t{1} << 53;
  const int exponent = NumberWords::Small(*this) ? NumberWords::Exponent(*this) : 1;
  static_assert(kPowersOfTen.size() <= 23, "10^22 is the last that a double holds exactly");
  if (exponent <= 0 && -exponent < static_cast<int>(kPowersOfTen.size()) &&
      low_ <= kExactIntegers) {
    const double quotient = static_cast<double>(low_) /
                            static_cast<double>(kPowersOfTen[static_cast<size_t>(-exponent)]);
    return SignBit(*this) ? -quotient : quotient;
  }
  _IDEC_flags flags = 0;
  return bid128_to_binary64(NumberWords::Get(*this), kToNearestEven, &flags);
}

std::optional<int64_t> Number::ToInt64() const {
  if (!IsInteger()) return std::nullopt;
  return TruncateToInt64();
}

std::optional<int64_t> Number::TruncateToInt64() const {
  if (NumberWords::Small(*this) && NumberWords::Exponent(*this) == 0 &&
      low_ <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) {
    const auto magnitude = static_cast<int64_t>(low_);
    return SignBit(*this) ? -magnitude : magnitude;
  }
  constexpr _IDEC_flags kInvalid = 1;
  _IDEC_flags flags = 0;
  const auto value = bid128_to_int64_int(NumberWords::Get(*this), &flags);
  if ((flags & kInvalid) != 0) return std::nullopt;
  return static_cast<int64_t>(value);
}

bool Number::IsZero() const {
  if (NumberWords::Small(*this)) return low_ == 0;
  return bid128_isZero(NumberWords::Get(*this)) != 0;
}

bool Number::IsInteger() const {
  if (NumberWords::Small(*this) && NumberWords::Exponent(*this) >= 0) return true;
  _IDEC_flags flags = 0;
  const BID_UINT128 whole = bid128_round_integral_zero(NumberWords::Get(*this), &flags);
  return bid128_quiet_equal(whole, NumberWords::Get(*this), &flags) != 0;
}

int Number::Compare(const Number& a, const Number& b) {
  uint64_t left = 0;
  uint64_t right = 0;
  int exponent = 0;
  if (Align(a, b, &left, &right, &exponent)) {
    const bool negative_a = SignBit(a) && left != 0;
    const bool negative_b = SignBit(b) && right != 0;
    if (negative_a != negative_b) return negative_a ? -1 : 1;
    if (left == right) return 0;
    return (left < right) != negative_a ? -1 : 1;
  }
  _IDEC_flags flags = 0;
  const BID_UINT128 x = NumberWords::Get(a);
  const BID_UINT128 y = NumberWords::Get(b);
  if (bid128_quiet_less(x, y, &flags)) return -1;
  return bid128_quiet_equal(x, y, &flags) ? 0 : 1;
}

std::optional<Number> Number::Add(const Number& a, const Number& b) {
  uint64_t left = 0;
  uint64_t right = 0;
  int exponent = 0;
  if (SignBit(a) == SignBit(b) && Align(a, b, &left, &right, &exponent)) {
    uint64_t sum = 0;
    if (!__builtin_add_overflow(left, right, &sum)) {
      return NumberWords::MakeSmall(SignBit(a), sum, exponent);
    }
  }
  _IDEC_flags flags = 0;
  return Finite(bid128_add(NumberWords::Get(a), NumberWords::Get(b), kToNearestEven, &flags));
}

std::optional<Number> Number::Subtract(const Number& a, const Number& b) {
  _IDEC_flags flags = 0;
  return Finite(bid128_sub(NumberWords::Get(a), NumberWords::Get(b), kToNearestEven, &flags));
}

std::optional<Number> Number::Multiply(const Number& a, const Number& b) {
  if (NumberWords::Small(a) && NumberWords::Small(b)) {
    const int exponent = NumberWords::Exponent(a) + NumberWords::Exponent(b);
    uint64_t product = 0;
    if (exponent >= kExponentMin && exponent <= kExponentMax &&
        !__builtin_mul_overflow(a.low_, b.low_, &product)) {
      return NumberWords::MakeSmall(SignBit(a) != SignBit(b), product, exponent);
    }
  }
  _IDEC_flags flags = 0;
  return Finite(bid128_mul(NumberWords::Get(a), NumberWords::Get(b), kToNearestEven, &flags));
}

std::optional<Number> Number::Divide(const Number& a, const Number& b) {
  if (b.IsZero()) return std::nullopt;
  _IDEC_flags flags = 0;
  return Finite(bid128_div(NumberWords::Get(a), NumberWords::Get(b), kToNearestEven, &flags));
}

std::optional<Number> Number::Power(const Number& base, const Number& exponent) {
  constexpr int64_t kSteppedMax = 1024;
  const auto whole = exponent.ToInt64();
  _IDEC_flags flags = 0;
  if (!whole || *whole > kSteppedMax || *whole < -kSteppedMax) {
    return Finite(
        bid128_pow(NumberWords::Get(base), NumberWords::Get(exponent), kToNearestEven, &flags));
  }
  // Exact where a decimal128 can be exact; the library's pow goes through logarithms.
  BID_UINT128 result = NumberWords::Get(FromInt(1));
  BID_UINT128 factor = NumberWords::Get(base);
  auto left = static_cast<uint64_t>(*whole < 0 ? -*whole : *whole);
  for (; left != 0; left >>= 1) {
    if ((left & 1) != 0) result = bid128_mul(result, factor, kToNearestEven, &flags);
    if (left > 1) factor = bid128_mul(factor, factor, kToNearestEven, &flags);
  }
  if (*whole < 0) {
    if (bid128_isZero(result)) return std::nullopt;
    result = bid128_div(NumberWords::Get(FromInt(1)), result, kToNearestEven, &flags);
  }
  return Finite(result);
}

std::optional<Number> Number::Modulo(const Number& a, const Number& b) {
  if (b.IsZero()) return std::nullopt;
  _IDEC_flags flags = 0;
  auto remainder = Finite(bid128_fmod(NumberWords::Get(a), NumberWords::Get(b), &flags));
  if (!remainder || remainder->IsZero()) return remainder;
  return remainder->IsNegative() != b.IsNegative() ? Add(*remainder, b) : remainder;
}

std::optional<Number> Number::Round(const Number& a, int scale, Rounding rounding) {
  if (scale < -kExponentMax || scale > -kExponentMin) return std::nullopt;
  if (scale == -kExponentMin) return a;
  const BID_UINT128 unit = NumberWords::Get(FromScaled(1, -scale));
  const BID_UINT128 value = NumberWords::Get(a);
  const bool negative = a.IsNegative();
  unsigned mode = kToNearestEven;
  switch (rounding) {
    case Rounding::kHalfEven: break;
    case Rounding::kDown: mode = kTowardsZero; break;
    case Rounding::kUp: mode = negative ? kTowardsNegative : kTowardsPositive; break;
    case Rounding::kHalfUp: mode = kToNearestAway; break;
    case Rounding::kFloor: mode = kTowardsNegative; break;
    case Rounding::kCeiling: mode = kTowardsPositive; break;
    case Rounding::kHalfDown: mode = kTowardsZero; break;
  }
  _IDEC_flags flags = 0;
  BID_UINT128 result = bid128_quantize(value, unit, mode, &flags);
  if (bid128_isNaN(result)) {
    // More digits asked than there is room for: the value itself has no digit beyond them.
    return scale > 0 ? std::optional<Number>(a) : std::nullopt;
  }
  if (rounding == Rounding::kHalfDown) {
    const BID_UINT128 rest = bid128_abs(bid128_sub(value, result, kToNearestEven, &flags));
    const BID_UINT128 half = NumberWords::Get(FromScaled(5, -scale - 1));
    if (bid128_quiet_greater(rest, half, &flags)) {
      result = bid128_quantize(value, unit, negative ? kTowardsNegative : kTowardsPositive, &flags);
    }
  }
  return Finite(result);
}

std::optional<Number> Number::Sqrt(const Number& a) {
  if (a.IsNegative()) return std::nullopt;
  _IDEC_flags flags = 0;
  return Finite(bid128_sqrt(NumberWords::Get(a), kToNearestEven, &flags));
}

std::optional<Number> Number::Log(const Number& a) {
  if (a.IsNegative() || a.IsZero()) return std::nullopt;
  _IDEC_flags flags = 0;
  return Finite(bid128_log(NumberWords::Get(a), kToNearestEven, &flags));
}

std::optional<Number> Number::Exp(const Number& a) {
  _IDEC_flags flags = 0;
  return Finite(bid128_exp(NumberWords::Get(a), kToNearestEven, &flags));
}

Number Number::Negated() const {
  if (IsZero()) return *this;
  return NumberWords::Make(low_, high_ ^ NumberWords::kSign);
}

Number Number::Abs() const { return NumberWords::Make(low_, high_ & ~NumberWords::kSign); }

}  // namespace vroegsein::feel
