// The language of the FEEL tests: Feel("1 + 1") is "2", Why("1 + ") is the compile error.
#pragma once

#include <string>
#include <string_view>

#include "rules/feel/compiler.h"
#include "rules/feel/machine.h"

namespace vroegsein::feel {

struct FeelOutcome {
  Value value;
  std::string compile_error;
  bool exhausted = false;
};

inline FeelOutcome RunFeel(std::string_view text, const Limits& limits = {}) {
  Program program;
  const Environment environment;
  Compiler compiler(&program, &environment);
  compiler.Finish(compiler.Expression(text));
  FeelOutcome out;
  if (!compiler.errors().empty()) out.compile_error = compiler.errors()[0].message;
  Machine machine(limits);
  machine.set_now(*DateTime::Parse("2026-11-20T09:30:00Z"));
  out.value = machine.Run(program);
  out.exhausted = machine.exhausted();
  // A function points into the program, which ends here.
  if (out.value.IsFunction()) out.value = Value::String("function");
  return out;
}

inline std::string Feel(std::string_view text) {
  const FeelOutcome out = RunFeel(text);
  return out.compile_error.empty() ? out.value.ToString() : "error";
}

}  // namespace vroegsein::feel
