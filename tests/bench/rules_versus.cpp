// Our half of the comparison with another DMN engine (tests/bench/drools/run): evaluates the named
// decisions on each line of a file of facts, round and round, and prints its figures as JSON.
// A line of facts is JSON, which FEEL reads as a context.
//
// Arguments: model, facts, seconds to warm up, seconds to measure, results, decision...
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "rules/dmn/session.h"
#include "rules/feel/compiler.h"

namespace vroegsein::dmn {
namespace {

using Clock = std::chrono::steady_clock;
using feel::Number;
using feel::Value;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void Stop(const std::string& why) {
  std::fprintf(stderr, "rules_versus: %s\n", why.c_str());
  std::exit(2);
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Stop("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Fact {
  int slot;
  Value value;
};
using Facts = std::vector<std::vector<Fact>>;

Facts ReadFacts(const std::string& path, const Session& session) {
  Facts out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    feel::Program program;
    const feel::Environment environment;
    feel::Compiler compiler(&program, &environment);
    compiler.Finish(compiler.Expression(line));
    feel::Machine machine;
    const Value row = machine.Run(program);
    if (!row.IsContext()) Stop("a line of facts is no context: " + line);
    out.emplace_back();
    for (const auto& entry : row.context().entries()) {
      const int slot = session.InputSlot(entry.name());
      if (slot < 0) Stop("the model has no input " + entry.name());
      out.back().push_back({slot, entry.value});
    }
  }
  return out;
}

void Evaluate(Session* session, const std::vector<Fact>& facts, Trace* trace) {
  for (const Fact& fact : facts) session->Set(fact.slot, fact.value);
  if (!session->Evaluate(trace)) Stop("an evaluation went over its budget");
}

double Measure(Session* session, const Facts& facts, Trace* trace, double seconds) {
  const auto start = Clock::now();
  size_t count = 0;
  while (SecondsSince(start) < seconds) {
    for (const auto& row : facts) Evaluate(session, row, trace);
    count += facts.size();
  }
  return static_cast<double>(count) / SecondsSince(start);
}

// Members by name, numbers to twelve digits: engines differ in the last ones of a power.
std::string Text(const Value& value) {
  if (value.IsNumber()) {
    constexpr int kDigits = 12;
    int scale = kDigits;
    for (Number left = value.number().Abs(); Number::FromInt(1) < left && scale > 0; --scale) {
      left = *Number::Divide(left, Number::FromInt(10));
    }
    return Number::Round(value.number(), scale, feel::Rounding::kHalfUp)->ToString();
  }
  if (!value.IsContext()) return value.ToString();
  std::map<std::string, std::string> members;
  for (const auto& entry : value.context().entries()) members[entry.name()] = Text(entry.value);
  std::string out = "{";
  for (const auto& [name, member] : members) out += name + ": " + member + "; ";
  return out + "}";
}

void WriteResults(const std::string& path, Session* session, const Facts& facts,
                  const std::vector<std::string>& decisions) {
  std::ofstream out(path);
  for (const auto& row : facts) {
    Evaluate(session, row, nullptr);
    for (const std::string& decision : decisions) {
      out << decision << " = " << Text(*session->Result(decision)) << "\n";
    }
  }
}

double PeakMegabytes() {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

int Run(int argc, char** argv) {
  if (argc < 7) Stop("wrong use, see the top of rules_versus.cpp");
  const std::string text = ReadFile(argv[1]);
  constexpr int kLoads = 30;
  double first_load = 0;
  double best_load = 0;
  LoadResult loaded;
  for (int i = 0; i < kLoads; ++i) {
    const auto start = Clock::now();
    loaded = Model::Load(text);
    const double took = SecondsSince(start) * 1000;
    if (i == 0) first_load = took;
    best_load = i == 0 ? took : std::min(best_load, took);
  }
  if (loaded.model == nullptr) Stop("the model is refused");
  const std::vector<std::string> decisions(argv + 6, argv + argc);
  Session session(loaded.model, decisions);
  const Facts facts = ReadFacts(argv[2], session);
  WriteResults(argv[5], &session, facts, decisions);
  const double warm_up = std::stod(argv[3]);
  const double seconds = std::stod(argv[4]);
  Trace trace;
  Measure(&session, facts, &trace, warm_up);
  const double traced = Measure(&session, facts, &trace, seconds);
  const double plain = Measure(&session, facts, nullptr, seconds);
  std::printf(
      "{\"evaluations_per_second\": %.0f, \"without_trace\": %.0f, \"first_load_ms\": %.2f, "
      "\"load_ms\": %.3f, \"memory_mb\": %.1f}\n",
      traced, plain, first_load, best_load, PeakMegabytes());
  return 0;
}

}  // namespace
}  // namespace vroegsein::dmn

int main(int argc, char** argv) { return vroegsein::dmn::Run(argc, argv); }
