// Evaluations per second of the default policy's four decisions together, trace on and off, with
// the inputs set anew for each; and what loading the policy costs.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "rules/dmn/session.h"

namespace vroegsein::dmn {
namespace {

using feel::Number;
using feel::Value;

std::string PolicyText() {
  std::ifstream in(VROEGSEIN_SOURCE_DIR "/rules/policies/financieel-fit.dmn", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr std::array<const char*, 15> kInputs = {"soort",
                                                 "bedrag",
                                                 "dagen achterstand",
                                                 "dreiging",
                                                 "crisissignaal",
                                                 "aantal signalen",
                                                 "aantal soorten",
                                                 "totaalbedrag",
                                                 "langste achterstand",
                                                 "meervoudig",
                                                 "opeenvolgend",
                                                 "crisis zaak",
                                                 "zwaarste dreiging",
                                                 "warme overdracht",
                                                 "eerdere zaken"};

// Facts as a desk has them: no two evaluations in a row see the same.
class Facts {
 public:
  explicit Facts(Session* session) : session_(session) {
    for (size_t i = 0; i < kInputs.size(); ++i) slots_[i] = session->InputSlot(kInputs[i]);
    for (const char* sector : {"Water", "Zorg", "Huur", "Energie"}) {
      sectors_.push_back(Value::String(sector));
    }
    for (const char* threat : {"geen", "geen", "geen", "ontruiming", "geen", "afsluiting-water"}) {
      threats_.push_back(Value::String(threat));
    }
  }

  void SetNext() {
    const auto n = static_cast<int64_t>(++count_);
    Set(0, sectors_[count_ % sectors_.size()]);
    Set(1, Value::Number(Number::FromScaled(5000 + n * 737 % 90000, -2)));
    Set(2, Value::Number(20 + n * 7 % 100));
    Set(3, threats_[count_ % threats_.size()]);
    Set(4, Value::Boolean(n % 23 == 0));
    Set(5, Value::Number(1 + n % 5));
    Set(6, Value::Number(1 + n % 4));
    Set(7, Value::Number(Number::FromScaled(7500 + n * 1237 % 600000, -2)));
    Set(8, Value::Number(30 + n * 11 % 200));
    Set(9, Value::Boolean(n % 3 == 0));
    Set(10, Value::Boolean(n % 4 == 0));
    Set(11, Value::Boolean(count_ % threats_.size() == 3 || count_ % threats_.size() == 5));
    Set(12, threats_[count_ % threats_.size()]);
    Set(13, Value::Boolean(n % 7 == 0));
    Set(14, Value::Number(n % 3));
  }

 private:
  void Set(size_t input, Value value) { session_->Set(slots_[input], std::move(value)); }

  Session* session_;
  std::array<int, kInputs.size()> slots_{};
  std::vector<Value> sectors_;
  std::vector<Value> threats_;
  size_t count_ = 0;
};

void EvaluatePolicy(benchmark::State& state) {
  const LoadResult loaded = Model::Load(PolicyText());
  if (loaded.model == nullptr) return state.SkipWithError("the policy is refused");
  Session session(loaded.model, {"Crisis", "Toelating", "Score", "Aanpak"});
  Facts facts(&session);
  Trace trace;
  const bool traced = state.range(0) != 0;
  size_t reasons = 0;
  for (auto _ : state) {
    facts.SetNext();
    session.Evaluate(traced ? &trace : nullptr);
    reasons += trace.rules.size();
    benchmark::DoNotOptimize(session.Result(size_t{3}));
  }
  if (!session.messages().empty()) state.SkipWithError(session.messages()[0].c_str());
  state.SetItemsProcessed(state.iterations());
  state.counters["rules_fired"] =
      benchmark::Counter(static_cast<double>(reasons), benchmark::Counter::kAvgIterations);
}
BENCHMARK(EvaluatePolicy)->ArgName("trace")->Arg(0)->Arg(1);

void LoadPolicy(benchmark::State& state) {
  const std::string text = PolicyText();
  for (auto _ : state) benchmark::DoNotOptimize(Model::Load(text).model);
  state.SetBytesProcessed(static_cast<int64_t>(text.size()) * state.iterations());
}
BENCHMARK(LoadPolicy)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace vroegsein::dmn
