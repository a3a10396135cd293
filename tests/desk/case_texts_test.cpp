// What a search looks in is what the store says, also right after it changed.
#include "alerts/api/case_texts.h"

#include "tests/desk/desk_fixture.h"

namespace vroegsein {
namespace {

class CaseTextsTest : public DeskTest {
 protected:
  CaseTexts& Texts() {
    if (texts_ == nullptr) {
      texts_ = std::make_unique<CaseTexts>(&Folder().database());
      Folder().desk().Observe(
          [this](const auto& entries, const auto& outcomes) { texts_->Note(entries, outcomes); });
    }
    return *texts_;
  }
  std::shared_ptr<const CaseText> TextOf(const std::string& case_id) {
    auto text = Texts().Of(*CaseId::Parse(case_id));
    EXPECT_TRUE(text.ok());
    return *text;
  }

  std::unique_ptr<CaseTexts> texts_;
};

TEST_F(CaseTextsTest, ANewSignalIsSeen) {
  std::string id = *Deliver(ASignal("vitens", "S-1").Surname("Vries")).case_id;
  EXPECT_NE(TextOf(id)->folded.find("vries"), std::string::npos);
  EXPECT_EQ(TextOf(id), TextOf(id)) << "it is kept";
  auto before = TextOf(id);
  Task(id, TASK_CLAIM, "anneke");
  EXPECT_EQ(TextOf(id), before) << "work changes no name";
  Deliver(ASignal("essent", "S-2").Sector("Energie").Surname("Vries"));
  EXPECT_NE(TextOf(id), before);
  EXPECT_TRUE(TextOf(id)->sectors.contains("Energie"));
  EXPECT_FALSE(before->sectors.contains("Energie"));
}

TEST_F(CaseTextsTest, WhatIsErasedIsForgotten) {
  std::string id = *Deliver(ASignal("vitens", "S-1")).case_id;
  EXPECT_NE(TextOf(id), nullptr);
  Close(id, "Inwoner is overleden");
  Now("2027-12-01T09:00:00Z");
  Tick();
  EXPECT_EQ(TextOf(id), nullptr);
}

TEST_F(CaseTextsTest, ANeighbourKeepsItsText) {
  std::string one = *Deliver(ASignal("vitens", "S-1").At("8911AD 12")).case_id;
  std::string other = *Deliver(ASignal("vitens", "S-2").At("8911AD 14").Surname("Bakker")).case_id;
  auto before = TextOf(other);
  TextOf(one);
  Deliver(ASignal("essent", "S-3").Sector("Energie").At("8911AD 12"));
  EXPECT_EQ(TextOf(other), before);
}

}  // namespace
}  // namespace vroegsein
