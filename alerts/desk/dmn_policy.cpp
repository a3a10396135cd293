// The policy as a DMN model: facts in under the names of the model's input data, decisions out.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "alerts/ddas/values.h"
#include "alerts/desk/policy.h"
#include "rules/dmn/model.h"
#include "rules/dmn/session.h"
#include "store/texts.h"

namespace vroegsein {
namespace {

using feel::Number;
using feel::Value;

constexpr char kReasonColumn[] = "Reden";
constexpr char kNoAnswer[] = "Het beleid gaf geen uitkomst; daarom wordt dit opgepakt.";

// The policy's hash among its texts.
constexpr uint32_t kHashText = 1;

// The few words that facts are made of, each made once.
class Words {
 public:
  const Value& Of(std::string_view word) {
    auto known = values_.find(word);
    if (known != values_.end()) return known->second;
    if (values_.size() >= kWordsMax) values_.clear();
    return values_.emplace(word, Value::String(word)).first->second;
  }

 private:
  static constexpr size_t kWordsMax = 100;
  std::map<std::string, Value, std::less<>> values_;
};

Value Euros(int64_t cents) { return Value::Number(Number::FromScaled(cents, -2)); }

// The inputs of a session by their place, looked up once.
class Inputs {
 public:
  Inputs(dmn::Session* session) : session_(session) {}  // NOLINT: made from it, lives with it
  void Add(std::string_view name) { slots_.push_back(session_->InputSlot(name)); }
  // A model need not ask for every fact.
  void Set(size_t index, Value value) {
    if (slots_[index] >= 0) session_->Set(slots_[index], std::move(value));
  }

 private:
  dmn::Session* session_;
  std::vector<int> slots_;
};

enum SignalInput { kSector, kAmount, kArrearsDays, kThreat, kCrisisFlag };
constexpr std::array<std::string_view, 5> kSignalInputs = {"soort", "bedrag", "dagen achterstand",
                                                           "dreiging", "crisissignaal"};

enum CaseInput {
  kSignals,
  kSectors,
  kTotal,
  kLongest,
  kMultiple,
  kConsecutive,
  kCrisis,
  kHeaviest,
  kHandover,
  kEarlier
};
constexpr std::array<std::string_view, 10> kCaseInputs = {
    "aantal signalen",  "aantal soorten", "totaalbedrag", "langste achterstand",
    "meervoudig",       "opeenvolgend",   "crisis zaak",  "zwaarste dreiging",
    "warme overdracht", "eerdere zaken"};

// Decisions made before, by what of the facts made a difference. Most differ from one before in
// nothing that a rule asks about.
template <typename Decision>
class Decided {
 public:
  // The one of these inputs; `decide` makes it when there is none.
  template <typename Decide>
  const Decision& Of(dmn::Session* session, const Decide& decide) {
    key_.clear();
    if (!session->AppendTelling(&key_)) {
      key_.clear();
      known_.erase(key_);
    }
    auto known = known_.find(key_);
    if (known != known_.end()) return known->second;
    if (known_.size() >= kDecidedMax) known_.clear();
    Decision& decision = known_[key_];
    decide(&decision);
    return decision;
  }

 private:
  static constexpr size_t kDecidedMax = 4'096;
  std::unordered_map<std::string, Decision> known_;
  std::string key_;
};

std::string_view TextOf(const Value* value) {
  return value != nullptr && value->IsString() ? std::string_view(value->string())
                                               : std::string_view();
}

std::optional<uint32_t> CountOf(const Value* value) {
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  auto whole = value->number().ToInt64();
  if (!whole || *whole < 1 || *whole > 3'650) return std::nullopt;
  return static_cast<uint32_t>(*whole);
}

// The texts that decisions name by number, found again by where they stand in the model.
class Sentences {
 public:
  explicit Sentences(const std::string& hash) { texts_.add_texts(hash); }

  const TextsRecord& texts() const { return texts_; }

  // A rule that fired, with the sentence of its annotation column.
  uint32_t NumberOf(const dmn::Trace::Table& table, const dmn::Trace::Rule& rule) {
    RuleKey key{table.decision.data(), rule.id.data(), rule.number};
    auto [at, is_new] = rules_.try_emplace(key, 0);
    if (!is_new) return at->second;
    FiredRule fired;
    fired.set_table(std::string(table.decision));
    fired.set_rule(static_cast<uint32_t>(rule.number));
    for (size_t i = 0; i < rule.annotations.size() && i < table.annotation_names.size(); ++i) {
      if (table.annotation_names[i] == kReasonColumn) fired.set_reason(rule.annotations[i]);
    }
    return at->second = Number(TextOf(fired));
  }
  uint32_t NumberOf(const char* table, const char* reason) {
    FiredRule fired;
    fired.set_table(table);
    fired.set_reason(reason);
    return Number(TextOf(fired));
  }
  // `Telefoon; Huisbezoek`: of each step.
  const std::vector<uint32_t>& NumbersOfLadder(std::string_view ladder) {
    auto known = ladders_.find(ladder);
    if (known != ladders_.end()) return known->second;
    std::vector<uint32_t>& steps = ladders_[std::string(ladder)];
    while (!ladder.empty()) {
      size_t end = std::min(ladder.find(';'), ladder.size());
      std::string_view step = ladder.substr(0, end);
      while (!step.empty() && step.front() == ' ') step.remove_prefix(1);
      if (!step.empty()) steps.push_back(Number(std::string(step)));
      ladder.remove_prefix(std::min(end + 1, ladder.size()));
    }
    return steps;
  }
  uint32_t NumberOfStep(std::string_view step) { return Number(std::string(step)); }

 private:
  // Where a rule stands in the model.
  struct RuleKey {
    const char* table;
    const char* id;
    size_t number;
    bool operator==(const RuleKey&) const = default;
  };
  struct HashOfRule {
    size_t operator()(const RuleKey& key) const {
      auto place = reinterpret_cast<uintptr_t>(key.table) ^ reinterpret_cast<uintptr_t>(key.id);
      return place / alignof(std::string) + key.number;
    }
  };

  uint32_t Number(std::string text) {
    auto next = static_cast<uint32_t>(texts_.texts_size() + 1);
    auto [at, is_new] = numbers_.try_emplace(std::move(text), next);
    if (is_new) texts_.add_texts(at->first);
    return at->second;
  }

  TextsRecord texts_;
  std::map<std::string, uint32_t, std::less<>> numbers_;
  std::unordered_map<RuleKey, uint32_t, HashOfRule> rules_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> ladders_;
};

template <typename Decision>
void AddFired(const dmn::Trace& trace, Sentences* sentences, Decision* decision) {
  int with_points = 0;
  for (const dmn::Trace::Rule& rule : trace.rules) {
    decision->add_fired_texts(sentences->NumberOf(trace.tables[rule.table], rule));
    double points = rule.output.IsNumber() ? rule.output.number().ToDouble() : 0;
    decision->add_fired_points(points);
    if (points != 0) with_points = decision->fired_points_size();
  }
  decision->mutable_fired_points()->Truncate(with_points);
}

void AddLadder(const Value* value, Sentences* sentences, CaseDecision* decision) {
  if (value == nullptr) return;
  if (value->IsList()) {
    for (const Value& step : value->list()) {
      decision->add_ladder_texts(sentences->NumberOfStep(TextOf(&step)));
    }
    return;
  }
  for (uint32_t step : sentences->NumbersOfLadder(TextOf(value))) decision->add_ladder_texts(step);
}

class DmnPolicy final : public Policy {
 public:
  explicit DmnPolicy(std::shared_ptr<const dmn::Model> model)
      : model_(model),
        sentences_(model->hash()),
        of_signal_(model, {"Crisis", "Toelating"}),
        of_case_(model, {"Score", "Aanpak"}),
        signal_inputs_(&of_signal_),
        case_inputs_(&of_case_) {
    for (std::string_view name : kSignalInputs) signal_inputs_.Add(name);
    for (std::string_view name : kCaseInputs) case_inputs_.Add(name);
  }

  std::vector<std::string> Missing() const {
    std::vector<std::string> missing = of_signal_.unknown_decisions();
    const auto& more = of_case_.unknown_decisions();
    missing.insert(missing.end(), more.begin(), more.end());
    return missing;
  }

  const std::string& hash() const override { return model_->hash(); }
  const TextsRecord& texts() const override { return sentences_.texts(); }

  SignalDecision DecideSignal(const Signal& signal) override {
    int32_t arrears_days = signal.signal_day() - signal.origin_day();
    signal_inputs_.Set(kSector, words_.Of(signal.sector()));
    signal_inputs_.Set(kAmount, Euros(signal.arrears_cents()));
    signal_inputs_.Set(kArrearsDays, Value::Number(int64_t{arrears_days}));
    signal_inputs_.Set(kThreat, words_.Of(ddas::NameOf(signal.threat())));
    signal_inputs_.Set(kCrisisFlag, Value::Boolean(signal.crisis()));
    SignalDecision decision = signals_.Of(&of_signal_, [this](auto* made) { DecideSignal(made); });
    decision.set_arrears_days(arrears_days);
    if (decision.policy_text() != 0) return decision;
    // No usable answer.
    decision.set_policy_text(kHashText);
    decision.set_crisis(signal.crisis() || signal.threat() != THREAT_NONE);
    decision.set_admitted(true);
    decision.add_fired_texts(sentences_.NumberOf("Toelating", kNoAnswer));
    return decision;
  }

  void DecideCase(const CaseFacts& facts, CaseDecision* decision) override {
    SetFacts(facts);
    decision->MergeFrom(cases_.Of(&of_case_, [this](auto* made) { DecideCase(made); }));
    if (decision->policy_text() != 0) return;
    decision->set_policy_text(kHashText);
    decision->set_priority(facts.crisis() ? "crisis" : "normaal");
    decision->add_fired_texts(sentences_.NumberOf("Aanpak", kNoAnswer));
  }

 private:
  // With the inputs as they are. Without a usable answer it names no policy.
  void DecideSignal(SignalDecision* decision) {
    bool done = of_signal_.Evaluate(&trace_);
    const Value& crisis = of_signal_.Result(0);
    const Value* admitted = of_signal_.Result(1).Find("toegelaten");
    if (!done || !crisis.IsBoolean() || admitted == nullptr || !admitted->IsBoolean()) return;
    decision->set_policy_text(kHashText);
    decision->set_crisis(crisis.boolean());
    decision->set_admitted(admitted->boolean());
    if (!decision->admitted()) {
      decision->set_refusal(std::string(TextOf(of_signal_.Result(1).Find("reden"))));
    }
    AddFired(trace_, &sentences_, decision);
  }

  void DecideCase(CaseDecision* decision) {
    bool done = of_case_.Evaluate(&trace_);
    const Value& score = of_case_.Result(0);
    const Value& approach = of_case_.Result(1);
    std::string_view priority = TextOf(approach.Find("prioriteit"));
    // No rule of the score fired: no points.
    if (score.IsNumber()) decision->set_score(score.number().ToDouble());
    if (!done || priority.empty()) return;
    decision->set_policy_text(kHashText);
    decision->set_priority(std::string(priority));
    decision->set_specialism(std::string(TextOf(approach.Find("specialisme"))));
    AddLadder(approach.Find("contactladder"), &sentences_, decision);
    if (auto days = CountOf(approach.Find("termijn werkdagen"))) {
      decision->set_term_working_days(*days);
    }
    if (auto days = CountOf(approach.Find("termijn dagen"))) decision->set_term_days(*days);
    AddFired(trace_, &sentences_, decision);
  }

  void SetFacts(const CaseFacts& facts) {
    case_inputs_.Set(kSignals, Value::Number(int64_t{facts.signals()}));
    case_inputs_.Set(kSectors, Value::Number(int64_t{facts.sectors()}));
    case_inputs_.Set(kTotal, Euros(facts.arrears_cents()));
    case_inputs_.Set(kLongest, Value::Number(int64_t{facts.longest_arrears_days()}));
    case_inputs_.Set(kMultiple, Value::Boolean(facts.multiple()));
    case_inputs_.Set(kConsecutive, Value::Boolean(facts.consecutive()));
    case_inputs_.Set(kCrisis, Value::Boolean(facts.crisis()));
    case_inputs_.Set(kHeaviest, words_.Of(ddas::NameOf(facts.heaviest_threat())));
    case_inputs_.Set(kHandover, Value::Boolean(facts.warm_handover()));
    case_inputs_.Set(kEarlier, Value::Number(int64_t{facts.earlier_cases()}));
  }

  std::shared_ptr<const dmn::Model> model_;
  Sentences sentences_;
  dmn::Session of_signal_;
  dmn::Session of_case_;
  Inputs signal_inputs_;
  Inputs case_inputs_;
  dmn::Trace trace_;
  Words words_;
  Decided<SignalDecision> signals_;
  Decided<CaseDecision> cases_;
};

}  // namespace

Result<std::unique_ptr<Policy>> CompilePolicy(std::string_view dmn) {
  dmn::LoadResult loaded = dmn::Model::Load(dmn);
  if (loaded.model == nullptr) {
    std::string text = "the policy is refused:";
    for (const dmn::LoadError& error : loaded.errors) text += "\n  " + error.ToString();
    return Status::Invalid(std::move(text));
  }
  auto policy = std::make_unique<DmnPolicy>(loaded.model);
  std::string text;
  for (const std::string& name : policy->Missing()) text += " " + name;
  if (!text.empty()) return Status::Invalid("the policy lacks the decisions:" + text);
  return std::unique_ptr<Policy>(std::move(policy));
}

}  // namespace vroegsein
