#include "store/decision_history.h"

#include <google/protobuf/io/coded_stream.h>

#include <algorithm>
#include <string>
#include <utility>

namespace vroegsein {
namespace {

using google::protobuf::io::CodedOutputStream;

// Field 4 of a CaseRecord, with a length.
constexpr char kDecisionsTag = CaseRecord::kDecisionsFieldNumber << 3 | 2;

void Pack(const CaseDecision& decision, CaseRecord* case_record) {
  std::string* earlier = case_record->mutable_earlier();
  uint8_t length[10];
  auto size = static_cast<uint32_t>(decision.ByteSizeLong());
  uint8_t* end = CodedOutputStream::WriteVarint32ToArray(size, length);
  earlier->push_back(kDecisionsTag);
  earlier->append(length, end);
  VROEGSEIN_CHECK(decision.AppendToString(earlier));
  auto* policies = case_record->mutable_earlier_policies();
  bool known =
      std::find(policies->begin(), policies->end(), decision.policy_text()) != policies->end();
  if (!known) policies->Add(decision.policy_text());
}

}  // namespace

void PackEarlier(CaseRecord* case_record) {
  auto* decisions = case_record->mutable_decisions();
  int last = decisions->size() - 1;
  for (int i = 0; i < last; ++i) Pack(decisions->Get(i), case_record);
  if (last <= 0) return;
  decisions->SwapElements(0, last);
  while (decisions->size() > 1) decisions->RemoveLast();
}

Status RecallDecisions(HouseholdRecord* household) {
  for (CaseRecord& case_record : *household->mutable_cases()) {
    // A case without one that counts is damaged, and stays so for who checks.
    if (case_record.earlier().empty() || case_record.decisions().empty()) continue;
    CaseRecord all;
    if (!all.ParseFromString(case_record.earlier())) {
      return Status::DataLoss("the decisions of before of a case cannot be read");
    }
    for (CaseDecision& decision : *case_record.mutable_decisions()) {
      all.add_decisions()->Swap(&decision);
    }
    case_record.mutable_decisions()->Swap(all.mutable_decisions());
    case_record.clear_earlier();
  }
  return Status::Ok();
}

}  // namespace vroegsein
