// The DMN Technology Compatibility Kit, and the default policy: valid, checked, and its tests pass.
#include "rules/dmn/tck.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "rules/dmn/check.h"
#include "rules/dmn/import_folder.h"

namespace vroegsein::dmn {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = VROEGSEIN_SOURCE_DIR;

fs::path Shared() {
  const char* given = std::getenv("VROEGSEIN_SHARED");
  return given != nullptr ? fs::path(given) : kSource.parent_path() / "shared";
}

std::string FirstFailures(const TestTotals& totals) {
  std::string out;
  for (size_t i = 0; i < totals.failures.size() && i < 30; ++i) {
    out += totals.failures[i].ToString() + "\n";
  }
  return out;
}

TEST(TckTest, LevelTwoWhole) {
  const fs::path folder = Shared() / "tck" / "compliance-level-2";
  if (!fs::exists(folder))
    GTEST_SKIP() << "no TCK: set VROEGSEIN_SHARED to the folder that holds tck/";
  const TestTotals totals = RunFolder(folder.string());
  EXPECT_EQ(totals.failed, 0u) << FirstFailures(totals);
  EXPECT_GE(totals.passed, 116u);
}

TEST(TckTest, LevelThreeAllButJava) {
  const fs::path folder = Shared() / "tck" / "compliance-level-3";
  if (!fs::exists(folder))
    GTEST_SKIP() << "no TCK: set VROEGSEIN_SHARED to the folder that holds tck/";
  const TestTotals totals = RunFolder(folder.string());
  for (const TestFailure& failure : totals.failures) {
    EXPECT_TRUE(failure.file.starts_with("0076-feel-external-java")) << failure.ToString();
  }
  EXPECT_GE(totals.passed, 2417u) << FirstFailures(totals);
}

// The kit tests mistakes on purpose in its models of FEEL's functions and operators; the others
// have none.
TEST(TckTest, NoTypeFindingsInModelsWithoutMistakes) {
  const fs::path folder = Shared() / "tck";
  if (!fs::exists(folder)) GTEST_SKIP() << "no TCK: set VROEGSEIN_SHARED";
  size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool on_purpose = name.find("feel") != std::string::npos || name.starts_with("0085") ||
                            name.starts_with("0100") || name.starts_with("115");
    if (entry.path().extension() != ".dmn" || on_purpose) continue;
    LoadOptions options;
    options.keep_broken_expressions = true;
    options.resolve_import = ImportsFrom(entry.path().parent_path().string());
    const LoadResult loaded = Model::Load(*ReadWholeFile(entry.path().string()), options);
    ASSERT_NE(loaded.model, nullptr) << name;
    ++checked;
    for (const Finding& finding : Check(*loaded.model)) {
      EXPECT_NE(finding.kind, FindingKind::kType) << name << ": " << finding.ToString();
    }
  }
  EXPECT_GE(checked, 40u);
}

TEST(PolicyTest, ItsTestsPassAndItHasNoFindings) {
  const TestTotals totals = RunFolder((kSource / "rules" / "policies").string());
  EXPECT_EQ(totals.failed, 0u) << FirstFailures(totals);
  EXPECT_GE(totals.passed, 72u);
  const auto text = ReadWholeFile((kSource / "rules/policies/financieel-fit.dmn").string());
  ASSERT_TRUE(text.has_value());
  const LoadResult loaded = Model::Load(*text);
  ASSERT_NE(loaded.model, nullptr);
  for (const Finding& finding : Check(*loaded.model)) ADD_FAILURE() << finding.ToString();
}

TEST(PolicyTest, IsValidAgainstTheSchemaOfDmn) {
  if (!fs::exists(Shared() / "tck" / "DMN15.xsd")) {
    GTEST_SKIP() << "no DMN15.xsd: set VROEGSEIN_SHARED to the folder that holds tck/";
  }
  if (std::system("command -v xmllint >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "no xmllint: install libxml2-utils";
  }
  const fs::path folder = fs::temp_directory_path() / ("dmn-schema-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  for (const char* name : {"DMN15.xsd", "DMNDI15.xsd", "DI.xsd"}) {
    fs::copy_file(Shared() / "tck" / name, folder / name, fs::copy_options::overwrite_existing);
  }
  fs::copy_file(kSource / "tests/rules/dc.xsd", folder / "DC.xsd",
                fs::copy_options::overwrite_existing);
  const std::string command =
      "xmllint --noout --nonet --schema '" + (folder / "DMN15.xsd").string() + "' '" +
      (kSource / "rules/policies/financieel-fit.dmn").string() + "' >/dev/null 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace vroegsein::dmn
