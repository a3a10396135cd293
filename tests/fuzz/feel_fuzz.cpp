// FEEL on any text, as an expression and as unary tests: it must end within its budget, and what it
// gives must be a value that can be written and compared.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/feel/compiler.h"
#include "rules/feel/machine.h"

namespace {

using vroegsein::feel::Compiler;
using vroegsein::feel::Environment;
using vroegsein::feel::Machine;
using vroegsein::feel::Program;
using vroegsein::feel::Value;

void Run(std::string_view text, bool tests) {
  vroegsein::feel::Limits limits;
  limits.steps = 20'000;
  limits.depth = 400;
  limits.list_items = 2'000;
  limits.string_bytes = 20'000;
  limits.regex_ms = 5;
  Program program;
  Environment environment;
  environment.member_names = {"a b", "x-y"};
  Compiler compiler(&program, &environment);
  const int slot = compiler.NewSlot();
  compiler.Finish(tests ? compiler.UnaryTests(text, slot, nullptr) : compiler.Expression(text));
  Machine machine(limits);
  machine.set_now(*vroegsein::feel::DateTime::Parse("2026-11-20T09:30:00Z"));
  if (tests) {
    const auto verdict = machine.RunTests(program, Value::Number(int64_t{5}));
    if (!machine.exhausted() && !compiler.errors().empty() && verdict.has_value()) std::abort();
    return;
  }
  const Value value = machine.Run(program);
  if (machine.exhausted()) return;
  const bool broken = !compiler.errors().empty() && !value.IsNull();
  if (broken || value.ToString().empty() != (value.IsString() && value.string().empty()))
    std::abort();
  if (!vroegsein::feel::Identical(value, value)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Run(text, false);
  Run(text, true);
  return 0;
}
