#include "ingest/field_check.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "ingest/utf8.h"

namespace vroegsein {
namespace {

TEST(FieldCheck, Postcode) {
  struct Row {
    std::string_view in;
    std::optional<std::string> out;
  };
  const Row rows[] = {
      {"8911AD", "8911AD"},
      {"8911 AD", "8911AD"},
      {"8911ad", "8911AD"},
      {" 89 11 a d ", "8911AD"},
      {"8911\xC2\xA0"
       "AD",
       "8911AD"},
      {"1000SB", "1000SB"},
      {"9999ZZ", "9999ZZ"},
      {"0911AD", {}},
      {"8911SA", {}},
      {"8911sd", {}},
      {"8911 SS", {}},
      {"8911A", {}},
      {"8911ADE", {}},
      {"891AD", {}},
      {"89111AD", {}},
      {"8911-AD", {}},
      {"AD8911", {}},
      {"8911A\xC3\x89", {}},
      {"", {}},
      {"8911", {}},
  };
  for (const Row& row : rows) EXPECT_EQ(RepairPostcode(row.in), row.out) << row.in;
}

TEST(FieldCheck, HouseNumber) {
  struct Row {
    std::string_view in;
    std::string_view out;
    std::optional<ErrorCode> error;
  };
  const Row rows[] = {
      {"1", "1", {}},
      {"012", "12", {}},
      {"99999", "99999", {}},
      {"0000099999", "99999", {}},
      {"100000", "", ErrorCode::kHouseNumberInvalid},
      {"99999999999999999999", "", ErrorCode::kHouseNumberInvalid},
      {"0", "", ErrorCode::kHouseNumberInvalid},
      {"000", "", ErrorCode::kHouseNumberInvalid},
      {"", "", ErrorCode::kHouseNumberInvalid},
      {"-1", "", ErrorCode::kHouseNumberInvalid},
      {"A", "", ErrorCode::kHouseNumberInvalid},
      {"12A", "", ErrorCode::kHouseNumberSuffix},
      {"12 bis", "", ErrorCode::kHouseNumberSuffix},
      {"12-2", "", ErrorCode::kHouseNumberSuffix},
      {"1.0", "", ErrorCode::kHouseNumberSuffix},
  };
  for (const Row& row : rows) {
    std::string out;
    EXPECT_EQ(RepairHouseNumber(row.in, &out), row.error) << row.in;
    EXPECT_EQ(out, row.out) << row.in;
  }
}

TEST(FieldCheck, Bsn) {
  for (std::string_view good : {"111222333", "123456782", "999990019", "000000012"}) {
    EXPECT_TRUE(IsBsn(good)) << good;
  }
  for (std::string_view bad : {"111222334", "000000000", "12345678", "1234567820", "12345678A", "",
                               "123 456 782", "123456789"}) {
    EXPECT_FALSE(IsBsn(bad)) << bad;
  }
}

TEST(FieldCheck, OneWrongDigitAlwaysFailsTheElevenTest) {
  std::mt19937 random(20151127);
  for (int sample = 0; sample < 2000; ++sample) {
    std::string bsn = std::to_string(100'000'000 + random() % 900'000'000);
    if (!IsBsn(bsn)) continue;
    for (char& digit : bsn) {
      const char right = digit;
      for (char wrong = '0'; wrong <= '9'; ++wrong) {
        digit = wrong;
        EXPECT_EQ(IsBsn(bsn), wrong == right) << bsn;
      }
      digit = right;
    }
  }
}

TEST(FieldCheck, Email) {
  for (std::string_view good : {"j@example.nl", "jan.de-vries+1@mail.example.co.uk",
                                "o'neil@example.org", "x@xn--p1ai.ru", "jos\xC3\xA9@example.nl",
                                "a@b\xC3\xBC"
                                "cher.example",
                                "1@2a.nl"}) {
    EXPECT_TRUE(IsPlausibleEmail(good)) << good;
  }
  std::string long_local(65, 'a');
  std::string long_all = "a@" + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
                         std::string(60, 'd') + "." + std::string(60, 'e') + "." +
                         std::string(10, 'f') + ".nl";
  for (std::string_view bad : {std::string_view(""),
                               std::string_view("j"),
                               std::string_view("@example.nl"),
                               std::string_view("j@"),
                               std::string_view("j@nl"),
                               std::string_view("j@@example.nl"),
                               std::string_view("j@example..nl"),
                               std::string_view(".j@example.nl"),
                               std::string_view("j.@example.nl"),
                               std::string_view("j..k@example.nl"),
                               std::string_view("j k@example.nl"),
                               std::string_view("j@exa mple.nl"),
                               std::string_view("j@-example.nl"),
                               std::string_view("j@example-.nl"),
                               std::string_view("j@example.n"),
                               std::string_view("j@127.0.0.1"),
                               std::string_view("j@example.nl,k@example.nl"),
                               std::string_view("j@example.nl."),
                               std::string_view("<j@example.nl>"),
                               std::string_view("mailto:j@example.nl")}) {
    EXPECT_FALSE(IsPlausibleEmail(bad)) << bad;
  }
  EXPECT_FALSE(IsPlausibleEmail(long_local + "@example.nl"));
  EXPECT_GT(long_all.size(), kEmailCharsMax);
  EXPECT_FALSE(IsPlausibleEmail(long_all));
}

TEST(FieldCheck, TextCountsCharactersAndRefusesControls) {
  EXPECT_FALSE(CheckText("\xC3\xA9\xC3\xA9\xC3\xA9", 3));
  EXPECT_EQ(CheckText("abcd", 3), ErrorCode::kTextTooLong);
  for (std::string_view bad :
       {std::string_view("a\tb"), std::string_view("a\nb"), std::string_view("a\0b", 3),
        std::string_view("a\x7F"), std::string_view("\xC2\x85"), std::string_view("\xE2\x80\xAE"),
        std::string_view("\xE2\x80\x8B"), std::string_view("\xEF\xBB\xBFz")}) {
    EXPECT_EQ(CheckText(bad, 10), ErrorCode::kTextControl) << bad;
  }
  EXPECT_EQ(CheckText("\xFFz", 10), ErrorCode::kEncoding);
}

TEST(FieldCheck, Ids) {
  for (std::string_view good : {"WS-2026-000123", "1", "a:b/c#d.e_f"}) EXPECT_FALSE(CheckId(good));
  for (std::string_view bad : {"", "-1", "a b", "a\"b", "\xC3\xA9", "a;b", "<a>"}) {
    EXPECT_EQ(CheckId(bad), ErrorCode::kIdInvalid) << bad;
  }
  EXPECT_FALSE(CheckId(std::string(kIdCharsMax, 'x')));
  EXPECT_EQ(CheckId(std::string(kIdCharsMax + 1, 'x')), ErrorCode::kTextTooLong);
}

TEST(FieldCheck, TrimTakesNoBreakSpacesToo) {
  EXPECT_EQ(TrimSpace(" \t\xC2\xA0 a b\xC2\xA0\r\n"), "a b");
  EXPECT_EQ(TrimSpace(" \xC2\xA0 "), "");
}

RC_GTEST_PROP(Utf8, WhatIsEncodedIsDecodedAgain, ()) {
  uint32_t c = *rc::gen::inRange<uint32_t>(0, 0x110000);
  RC_PRE(c < 0xD800 || c > 0xDFFF);
  std::string text;
  AppendUtf8(c, &text);
  auto point = DecodeUtf8(text, 0);
  RC_ASSERT(point.has_value());
  RC_ASSERT(point->value == c && point->bytes == text.size());
  for (size_t cut = 1; cut < text.size(); ++cut) {
    RC_ASSERT(FindInvalidUtf8(std::string_view(text).substr(0, cut)).has_value());
  }
}

TEST(Utf8, RefusesWhatIsNotShortestForm) {
  for (std::string_view bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80",
                               "\xF4\x90\x80\x80", "\x80", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_EQ(FindInvalidUtf8(bad), 0u);
  }
}

// Every byte at every place of a word, between bytes at the borders of what is printable.
TEST(Utf8, PrintableEndsWhereTheFirstOtherByteStands) {
  for (char around : {' ', '~', 'a'}) {
    for (size_t size = 0; size <= 20; ++size) {
      for (size_t at = 0; at < size; ++at) {
        for (int byte = 0; byte < 256; ++byte) {
          std::string text(size, around);
          text[at] = static_cast<char>(byte);
          bool printable = byte >= ' ' && byte <= '~';
          ASSERT_EQ(PrintableEnd(text, 0), printable ? size : at) << byte << " at " << at;
          ASSERT_EQ(PrintableEnd(text, at + 1), size);
        }
      }
    }
  }
}

TEST(Utf8, Windows1252) {
  std::string text = "Caf\xE9 \x80 \x93x\x94 \x81";
  Windows1252ToUtf8(&text);
  EXPECT_EQ(text, "Caf\xC3\xA9 \xE2\x82\xAC \xE2\x80\x9Cx\xE2\x80\x9D \xC2\x81");
}

}  // namespace
}  // namespace vroegsein
