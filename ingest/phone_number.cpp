#include "ingest/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <array>

namespace vroegsein {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr size_t kNationalDigits = 9;

// The national numbering plan: the three-digit starts (without the 0) of geographic numbers, by
// their first digit, then which third digits go with which second one.
struct AreaRow {
  char first;
  char second;
  std::string_view thirds;
};
constexpr std::array kAreas = {
    AreaRow{'1', '0', "0123456789"}, AreaRow{'1', '3', "0123456789"},
    AreaRow{'1', '5', "0123456789"}, AreaRow{'1', '1', "134578"},
    AreaRow{'1', '6', "1245678"},    AreaRow{'1', '7', "24"},
    AreaRow{'1', '8', "0467"},       AreaRow{'2', '0', "0123456789"},
    AreaRow{'2', '3', "0123456789"}, AreaRow{'2', '4', "0123456789"},
    AreaRow{'2', '6', "0123456789"}, AreaRow{'2', '2', "2346789"},
    AreaRow{'2', '5', "125"},        AreaRow{'2', '9', "479"},
    AreaRow{'3', '0', "0123456789"}, AreaRow{'3', '3', "0123456789"},
    AreaRow{'3', '5', "0123456789"}, AreaRow{'3', '6', "0123456789"},
    AreaRow{'3', '8', "0123456789"}, AreaRow{'3', '1', "345678"},
    AreaRow{'3', '2', "01"},         AreaRow{'3', '4', "12345678"},
    AreaRow{'4', '0', "0123456789"}, AreaRow{'4', '3', "0123456789"},
    AreaRow{'4', '5', "0123456789"}, AreaRow{'4', '6', "0123456789"},
    AreaRow{'4', '1', "12368"},      AreaRow{'4', '7', "58"},
    AreaRow{'4', '8', "15678"},      AreaRow{'4', '9', "23579"},
    AreaRow{'5', '0', "0123456789"}, AreaRow{'5', '3', "0123456789"},
    AreaRow{'5', '5', "0123456789"}, AreaRow{'5', '8', "0123456789"},
    AreaRow{'5', '1', "123456789"},  AreaRow{'5', '9', "123456789"},
    AreaRow{'5', '2', "12345789"},   AreaRow{'5', '4', "1345678"},
    AreaRow{'5', '6', "126"},        AreaRow{'5', '7', "0123578"},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsDutchMobile(std::string_view national) {
  return national[0] == '6' && national[1] != '0' && national[1] != '6' && national[1] != '7' &&
         national[1] != '9';
}

bool IsDutchGeographic(std::string_view national) {
  if (national[0] == '7') return true;
  for (const AreaRow& row : kAreas) {
    if (row.first == national[0] && row.second == national[1]) {
      return row.thirds.find(national[2]) != std::string_view::npos;
    }
  }
  return false;
}

// The digits, when there is nothing else but single spaces or hyphens between them, and perhaps a
// plus in front (kept).
std::optional<std::string> PlainDigits(std::string_view text) {
  std::string digits;
  bool separator = true;  // none may come first
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (IsDigit(c)) {
      digits.push_back(c);
      separator = false;
    } else if (c == '+' && i == 0) {
      digits.push_back(c);
    } else if ((c == ' ' || c == '-') && !separator && i + 1 < text.size()) {
      separator = true;
    } else {
      return std::nullopt;
    }
  }
  return digits;
}

}  // namespace

std::optional<std::string> SettleDutchPhone(std::string_view text) {
  if (text.size() > kPhoneCharsMax) return std::nullopt;
  auto digits = PlainDigits(text);
  if (!digits) return std::nullopt;
  std::string_view national = *digits;
  if (national.starts_with("+31")) {
    national.remove_prefix(3);
  } else if (national.starts_with("0031")) {
    national.remove_prefix(4);
  } else if (national.starts_with("0")) {
    national.remove_prefix(1);
  } else {
    return std::nullopt;
  }
  if (national.size() != kNationalDigits) return std::nullopt;
  if (!IsDutchMobile(national) && !IsDutchGeographic(national)) return std::nullopt;
  return "+31" + std::string(national);
}

std::optional<std::string> JudgePhone(std::string_view text) {
  if (text.size() > kPhoneCharsMax) return std::nullopt;
  const PhoneNumberUtil& judge = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (judge.Parse(std::string(text), "NL", &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return std::nullopt;
  }
  if (!judge.IsValidNumber(number)) return std::nullopt;
  std::string e164;
  judge.Format(number, PhoneNumberUtil::E164, &e164);
  return e164;
}

std::optional<std::string> PhoneToE164(std::string_view text) {
  if (auto settled = SettleDutchPhone(text)) return settled;
  return JudgePhone(text);
}

}  // namespace vroegsein
