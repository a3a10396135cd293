// The functions that FEEL brings along (DMN 1.5, 10.3.4), found by name.
//
// Each has signatures: names and kinds of its parameters. The caller's arguments are put in their
// order, converted where FEEL converts (a list of one for its element), and refused, with null and
// a message, where no signature fits.
// Threads: the tables are made once and only read after that.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/machine.h"

namespace vroegsein::feel {

struct Arguments {
  const Value* values = nullptr;
  size_t count = 0;
  const Value& operator[](size_t i) const { return values[i]; }
  bool Given(size_t i) const { return i < count && !values[i].IsNull(); }
};

using BuiltinCode = Value (*)(Machine&, const Arguments&);

struct Parameter {
  std::string name;
  // n number, s string, b boolean, l list, c context, f function, r range, p point, d date, D date
  // and time, t time, m either of date and date and time, y years and months duration, * anything
  char kind = '*';
  bool nullable = false;
  bool optional = false;
};

struct Signature {
  std::vector<Parameter> parameters;
  bool variadic = false;  // the last parameter may come any number of times
  BuiltinCode code = nullptr;
};

bool TakesCount(const Signature& signature, size_t count);

struct Builtin {
  std::string name;
  const Type* result = nullptr;
  std::vector<Signature> signatures;
};

// A row of the tables below: "name(parameter:kind, parameter:kind?, ...)", a second row of the
// same name is a second signature.
struct BuiltinRow {
  const char* declaration;
  BuiltinCode code;
};

const Builtin* FindBuiltin(std::string_view name);
const std::vector<std::string_view>& BuiltinNames();
Value BuiltinValue(const Builtin* builtin);
const Type* ResultType(const Builtin* builtin);

Value CallBuiltin(Machine& machine, const Builtin& builtin, const Value* arguments, size_t count);
Value CallBuiltinNamed(Machine& machine, const Builtin& builtin, const std::vector<Value>& names,
                       const std::vector<Value>& arguments);

// One table per room of functions.
const std::vector<BuiltinRow>& ConversionBuiltins();
const std::vector<BuiltinRow>& StringBuiltins();
const std::vector<BuiltinRow>& NumberBuiltins();
const std::vector<BuiltinRow>& ListBuiltins();
const std::vector<BuiltinRow>& ContextBuiltins();
const std::vector<BuiltinRow>& TemporalBuiltins();
const std::vector<BuiltinRow>& RangeBuiltins();

}  // namespace vroegsein::feel
