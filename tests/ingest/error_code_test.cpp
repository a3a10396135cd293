#include "ingest/error_code.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace vroegsein {
namespace {

std::string Row(const ErrorText& text) {
  return "| `" + std::string(text.name) + "` | " + std::string(text.message) + " |";
}

TEST(ErrorCode, ThePageListsExactlyTheCodesThatTheCodeCanEmit) {
  std::ifstream page(VROEGSEIN_SOURCE_DIR "/ingest/error_codes.md");
  ASSERT_TRUE(page.is_open());
  std::set<std::string> documented;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("| `")) documented.insert(line);
  }
  std::set<std::string> emitted;
  for (size_t i = 0; i < kErrorCodeCount; ++i)
    emitted.insert(Row(TextOf(static_cast<ErrorCode>(i))));
  EXPECT_EQ(documented, emitted);
  EXPECT_EQ(emitted.size(), kErrorCodeCount);
}

TEST(ErrorCode, NamesAreKebabCaseAndUnique) {
  std::set<std::string_view> names;
  for (size_t i = 0; i < kErrorCodeCount; ++i) {
    const ErrorText& text = TextOf(static_cast<ErrorCode>(i));
    EXPECT_TRUE(names.insert(text.name).second) << text.name;
    EXPECT_EQ(text.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos);
  }
}

TEST(ErrorCode, TheArgumentFillsTheMessage) {
  FieldError error = MakeError(ErrorCode::kTextTooLong, "/client/plaatsnaam", "80");
  EXPECT_EQ(error.code, "tekst-te-lang");
  EXPECT_EQ(error.field, "/client/plaatsnaam");
  EXPECT_NE(error.message.find("hoogstens 80 tekens"), std::string::npos);
}

}  // namespace
}  // namespace vroegsein
