// Program is a compiled FEEL expression: a compact tree whose names are resolved to slots.
//
// A Program owns its nodes and lambdas and is immutable once built (Compiler builds it, Machine
// runs it). Frame: every function call, and the expression itself, has `frame_size` slots; the
// parameters come first.
// Threads: shared by all of them after building.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "rules/feel/type.h"
#include "rules/feel/value.h"

namespace vroegsein::feel {

class Machine;
struct Builtin;

enum class Op : uint8_t {
  kConstant,  // value
  kLocal,     // a: slot
  kGlobal,    // a: index of the model's element
  kPath,      // kids[0].name
  kItemName,  // a: slot of the filter's item; kids[0] (may be null): the name outside the filter
  kFilter,    // kids[0] list, kids[1] condition, a: slot of the item, b: 1 when it must be boolean
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kNegate,
  kAnd,
  kOr,
  kCompare,  // a: Comparison
  kBetween,  // kids: value, low, high
  kIn,       // kids: value, tests; a: slot for the value
  kIf,
  kFor,   // kids: from, to (or null) per slot, then the body; a: slot of `partial`, b: 1 when used
  kSome,  // as kFor; b: 1 when the condition must be boolean
  kEvery,
  kList,
  kContext,      // names, kids, slots; a name that is null: the result
  kRange,        // kids: start, end; a: RangeBits
  kLambda,       // lambda
  kCall,         // builtin or kids[0], then the arguments; names when they are named
  kInstanceOf,   // asked
  kTests,        // kids: kTest..., a: 1 when negated, b: slot of `?`
  kTestCompare,  // kids[0]; a: Comparison, b: slot of `?`
  kTestValue,    // kids[0]; a: 1 when it mentions `?`, b: slot of `?`
  kTestAny,      // "-"
  kCoerce,       // kids[0], type
  kExtension,    // extension
  kFailure,      // value: the message of an expression that could not be compiled
};

enum class Comparison : uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual
};

enum RangeBits : int { kStartIncluded = 1, kEndIncluded = 2, kUnaryForm = 4, kNotEqualForm = 8 };

// What the layer above puts into an expression (a decision table).
class Extension {
 public:
  virtual ~Extension() = default;
  virtual Value Evaluate(Machine& machine, Value* frame) const = 0;
};

struct Lambda;

struct Node {
  Op op = Op::kConstant;
  int a = 0;
  int b = 0;
  Value value;
  std::vector<Node*> kids;
  std::vector<Value> names;
  std::vector<int> slots;
  const Type* type = nullptr;   // what is known of the result; for kCoerce also: what it must be
  const Type* asked = nullptr;  // kInstanceOf
  const Builtin* builtin = nullptr;
  const Lambda* lambda = nullptr;
  const Extension* extension = nullptr;
};

struct Capture {
  bool global = false;
  int from = 0;  // slot in the enclosing frame, or index of the global
  int to = 0;    // slot in the own frame
};

struct Lambda {
  std::string name;
  std::vector<std::string> parameter_names;
  std::vector<const Type*> parameter_types;
  const Type* result_type = nullptr;
  const Node* body = nullptr;
  int frame_size = 0;
  std::vector<Capture> captures;
  int self_slot = -1;  // where the function finds itself, when it calls itself by its entry's name
};

// A function that the layer above runs (a decision service).
class HostFunction {
 public:
  virtual ~HostFunction() = default;
  virtual const std::vector<std::string>& parameter_names() const = 0;
  virtual Value Call(Machine& machine, const Value* arguments, size_t count) const = 0;
};

struct Program {
  std::deque<Node> nodes;
  std::deque<Lambda> lambdas;
  std::vector<std::unique_ptr<Extension>> extensions;
  TypeArena types;
  Node* root = nullptr;
  int frame_size = 0;
};

}  // namespace vroegsein::feel
