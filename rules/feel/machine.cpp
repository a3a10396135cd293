#include "rules/feel/machine.h"

#include <algorithm>

#include "rules/feel/builtins.h"
#include "rules/feel/temporal_values.h"

namespace vroegsein::feel {

namespace {

// The first chunk is all that most evaluations need, and a machine is made for each that loading
// tries.
constexpr size_t kFirstChunkValues = 128;
constexpr size_t kChunkValues = 4096;

Value FromTernary(std::optional<bool> value) {
  return value ? Value::Boolean(*value) : Value::Null();
}

}  // namespace

Machine::Frame::Frame(Machine* machine, int size)
    : machine_(machine),
      size_(static_cast<size_t>(size)),
      chunk_(machine->chunk_),
      used_(machine->used_) {
  if (machine->chunks_.empty() || machine->chunks_[machine->chunk_].size - used_ < size_) {
    if (!machine->chunks_.empty()) ++machine->chunk_;
    if (machine->chunk_ == machine->chunks_.size()) machine->chunks_.emplace_back();
    Chunk& chunk = machine->chunks_[machine->chunk_];
    if (chunk.size < size_) {
      const size_t usual = machine->chunk_ == 0 ? kFirstChunkValues : kChunkValues;
      chunk.size = std::max(usual, size_);
      chunk.values = std::make_unique<Value[]>(chunk.size);
    }
    machine->used_ = 0;
  }
  slots_ = machine->chunks_[machine->chunk_].values.get() + machine->used_;
  machine->used_ += size_;
}

Machine::Frame::~Frame() {
  for (size_t i = 0; i < size_; ++i) slots_[i] = Value();
  machine_->chunk_ = chunk_;
  machine_->used_ = used_;
}

void Machine::Reset() {
  steps_left_ = limits_.steps;
  items_left_ = static_cast<uint64_t>(limits_.list_items) * 10;
  depth_ = 0;
  exhausted_ = false;
  message_count_ = 0;
  messages_.clear();
}

Value Machine::Fail(std::string_view message) {
  ++message_count_;
  if (messages_.size() < kMessagesMax) messages_.emplace_back(message);
  return Value();
}

Value Machine::Exhaust(std::string_view message) {
  if (!exhausted_) {
    if (messages_.size() == kMessagesMax) messages_.pop_back();
    Fail(message);
  }
  exhausted_ = true;
  return Value();
}

bool Machine::StepsSpent() {
  Exhaust("the budget of steps is spent");
  return false;
}

Value Machine::List(std::vector<Value> items) {
  if (items.size() > limits_.list_items || items.size() > items_left_) {
    return Exhaust("a list is too long");
  }
  items_left_ -= items.size();
  Value list = MakeList(std::move(items));
  return list.IsNull() ? Exhaust("a value is nested too deeply or too large") : list;
}

Value Machine::String(std::string text) {
  if (text.size() > limits_.string_bytes) return Exhaust("a string is too long");
  if (!Spend(text.size() / 64)) return Value();
  return Value::Adopt(Kind::kString, new StringObject(std::move(text)));
}

Value Machine::Run(const Program& program) {
  if (program.root == nullptr) return Value();
  Frame frame(this, program.frame_size);
  Value value = Evaluate(program.root, frame.slots());
  return exhausted_ ? Value() : value;
}

std::optional<bool> Machine::RunTests(const Program& program, const Value& input) {
  if (program.frame_size <= 1) {
    Value only = input;
    return Test(program.root, &only);
  }
  Frame frame(this, program.frame_size);
  frame.slots()[0] = input;
  return Test(program.root, frame.slots());
}

const Value& Machine::Peek(const Node* node, Value* frame, Value* scratch) {
  switch (node->op) {
    case Op::kConstant: return node->value;
    case Op::kLocal: return frame[node->a];
    case Op::kGlobal:
      if (globals_ != nullptr && Spend(1)) return globals_->Global(*this, node->a);
      break;
    default: *scratch = Evaluate(node, frame);
  }
  return *scratch;
}

Value Machine::Evaluate(const Node* node, Value* frame) {
  switch (node->op) {
    case Op::kConstant: return node->value;
    case Op::kLocal: return frame[node->a];
    default: break;
  }
  if (!Spend(1)) return Value();
  if (depth_ >= limits_.depth) return Exhaust("the evaluation is nested too deeply");
  ++depth_;
  Value value = EvaluateInner(node, frame);
  --depth_;
  return value;
}

Value Machine::EvaluateInner(const Node* node, Value* frame) {
  switch (node->op) {
    case Op::kConstant: return node->value;
    case Op::kLocal: return frame[node->a];
    case Op::kGlobal: return globals_ != nullptr ? globals_->Global(*this, node->a) : Value();
    case Op::kPath: return Path(node, frame);
    case Op::kItemName: return ItemName(node, frame);
    case Op::kFilter: return FilterList(node, frame);
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kPower:
    case Op::kNegate: return Arithmetic(node, frame);
    case Op::kAnd:
    case Op::kOr: return Logic(node, frame);
    case Op::kCompare: return CompareNodes(node, frame);
    case Op::kBetween: return BetweenNodes(node, frame);
    case Op::kIn: return InNode(node, frame);
    case Op::kIf:
      return Evaluate(Evaluate(node->kids[0], frame).IsTrue() ? node->kids[1] : node->kids[2],
                      frame);
    case Op::kFor:
    case Op::kSome:
    case Op::kEvery: return Loop(node, frame);
    case Op::kList: return ListNode(node, frame);
    case Op::kContext: return ContextNode(node, frame);
    case Op::kRange: return RangeNode(node, frame);
    case Op::kLambda: return LambdaNode(node, frame);
    case Op::kCall: return CallNode(node, frame);
    case Op::kInstanceOf:
      return Value::Boolean(InstanceOf(*this, Evaluate(node->kids[0], frame), *node->asked));
    case Op::kTests:
    case Op::kTestCompare:
    case Op::kTestValue:
    case Op::kTestAny: return FromTernary(Test(node, frame));
    case Op::kCoerce: return Coerce(Evaluate(node->kids[0], frame), *node->type);
    case Op::kExtension: return node->extension->Evaluate(*this, frame);
    case Op::kFailure: return Fail(node->value.string());
  }
  return Value();
}

Value Machine::Member(const Value& value, const Node* node) {
  const std::string& name = node->value.string();
  if (const Value* found = value.Find(name)) return *found;
  bool known = false;
  Value property = Property(value, name, &known);
  if (known) return property;
  if (value.IsNull()) return Fail("null has no member '" + name + "'");
  return Fail(std::string("a ") + KindName(value.kind()) + " has no member '" + name + "'");
}

Value Machine::Path(const Node* node, Value* frame) {
  Value scratch;
  const Value& from = Peek(node->kids[0], frame, &scratch);
  return from.IsList() ? MemberOfEach(from, node) : Member(from, node);
}

// The member of each item; of the items of a list in it, again.
Value Machine::MemberOfEach(const Value& list, const Node* node) {
  std::vector<Value> out;
  out.reserve(list.list().size());
  for (const Value& item : list.list()) {
    if (!Spend(1)) return Value();
    out.push_back(item.IsList() ? MemberOfEach(item, node) : Member(item, node));
  }
  return List(std::move(out));
}

Value Machine::ItemName(const Node* node, Value* frame) {
  if (const Value* found = frame[node->a].Find(node->value.string())) return *found;
  bool known = false;
  Value property = Property(frame[node->a], node->value.string(), &known);
  if (known) return property;
  if (node->kids[0] != nullptr) return Evaluate(node->kids[0], frame);
  return Fail("unknown name '" + node->value.string() + "'");
}

Value Machine::FilterList(const Node* node, Value* frame) {
  const Value source = Evaluate(node->kids[0], frame);
  const Node* condition = node->kids[1];
  const Value* items = &source;
  size_t count = source.IsNull() ? 0 : 1;
  if (source.IsList()) {
    items = source.list().data();
    count = source.list().size();
  }
  const Value outer = frame[node->a];
  std::vector<Value> kept;
  for (size_t i = 0; i < std::max<size_t>(count, 1); ++i) {
    frame[node->a] = i < count ? items[i] : Value();
    const Value verdict = Evaluate(condition, frame);
    if (exhausted_) return Value();
    if (i == 0 && verdict.IsNumber() && node->b == 0) {
      frame[node->a] = outer;
      const auto index = verdict.number().ToInt64();
      const auto size = static_cast<int64_t>(count);
      if (index && *index >= 1 && *index <= size) return items[*index - 1];
      if (index && *index <= -1 && *index >= -size) return items[size + *index];
      return Fail("no item of the list has this index");
    }
    if (node->b != 0 && i < count && !verdict.IsBoolean() && !verdict.IsNull()) {
      frame[node->a] = outer;
      return Fail("the condition of a boxed filter is not true or false");
    }
    if (i < count && verdict.IsTrue()) kept.push_back(items[i]);
  }
  frame[node->a] = outer;
  return List(std::move(kept));
}

Value Machine::Arithmetic(const Node* node, Value* frame) {
  const Value left = Evaluate(node->kids[0], frame);
  if (node->op == Op::kNegate) {
    if (left.IsNumber()) return Value::Number(left.number().Negated());
    if (left.kind() == Kind::kDaysDuration) return Value::Of(left.days_duration().Negated());
    if (left.kind() == Kind::kMonthsDuration) {
      return Value::Of(MonthsDuration{-left.months_duration().months});
    }
    return Fail(std::string("a ") + KindName(left.kind()) + " has no negative");
  }
  const Value right = Evaluate(node->kids[1], frame);
  return Combine(*this, node->op, left, right);
}

Value Machine::Logic(const Node* node, Value* frame) {
  const bool decides = node->op == Op::kOr;  // the value that settles it
  bool unknown = false;
  for (const Node* kid : node->kids) {
    const Value value = Evaluate(kid, frame);
    if (!value.IsBoolean()) {
      unknown = true;
    } else if (value.boolean() == decides) {
      return value;
    }
  }
  return unknown ? Value() : Value::Boolean(!decides);
}

std::optional<bool> CompareValues(Comparison comparison, const Value& a, const Value& b) {
  if (comparison == Comparison::kEqual) return Equal(a, b);
  if (comparison == Comparison::kNotEqual) {
    const auto equal = Equal(a, b);
    return equal ? std::optional<bool>(!*equal) : std::nullopt;
  }
  const auto order = Order(a, b);
  if (!order) return std::nullopt;
  switch (comparison) {
    case Comparison::kLess: return *order < 0;
    case Comparison::kLessOrEqual: return *order <= 0;
    case Comparison::kGreater: return *order > 0;
    default: return *order >= 0;
  }
}

std::optional<bool> Machine::Compare(Comparison comparison, const Value& a, const Value& b) {
  return SpendOnBoth(a, b) ? CompareValues(comparison, a, b) : std::nullopt;
}

Value Machine::CompareNodes(const Node* node, Value* frame) {
  const Value left = Evaluate(node->kids[0], frame);
  const Value right = Evaluate(node->kids[1], frame);
  const auto result = Compare(static_cast<Comparison>(node->a), left, right);
  if (result) return Value::Boolean(*result);
  return Fail(std::string("a ") + KindName(left.kind()) + " cannot be compared with a " +
              KindName(right.kind()));
}

Value Machine::BetweenNodes(const Node* node, Value* frame) {
  const Value value = Evaluate(node->kids[0], frame);
  const Value low = Evaluate(node->kids[1], frame);
  const Value high = Evaluate(node->kids[2], frame);
  const auto above = CompareValues(Comparison::kGreaterOrEqual, value, low);
  const auto below = CompareValues(Comparison::kLessOrEqual, value, high);
  if (!above || !below) return Fail("the values of 'between' cannot be compared");
  return Value::Boolean(*above && *below);
}

Value Machine::InNode(const Node* node, Value* frame) {
  frame[node->a] = Evaluate(node->kids[0], frame);
  const auto result = Test(node->kids[1], frame);
  return result ? Value::Boolean(*result) : Fail("the values of 'in' cannot be compared");
}

std::optional<bool> Machine::Test(const Node* test, Value* frame) {
  switch (test->op) {
    case Op::kTestAny: return true;
    case Op::kTestCompare: {
      const auto comparison = static_cast<Comparison>(test->a);
      const Node* kid = test->kids[0];
      if (kid->op == Op::kConstant) return Compare(comparison, frame[test->b], kid->value);
      return Compare(comparison, frame[test->b], Evaluate(kid, frame));
    }
    case Op::kTestValue: return TestValue(test, frame);
    case Op::kTests: break;
    default: {
      const Value value = Evaluate(test, frame);
      return value.IsBoolean() ? std::optional<bool>(value.boolean()) : std::nullopt;
    }
  }
  bool unknown = false;
  for (const Node* kid : test->kids) {
    const auto result = Test(kid, frame);
    if (!result) unknown = true;
    if (result && *result) return test->a == 0;
  }
  if (unknown) return std::nullopt;
  return test->a != 0;
}

std::optional<bool> Machine::TestValue(const Node* test, Value* frame) {
  const Node* kid = test->kids[0];
  const Value& input = frame[test->b];
  if (kid->op == Op::kConstant && test->a == 0) return TestAgainst(kid->value, input);
  const Value wanted = Evaluate(kid, frame);
  if (test->a != 0) {
    if (wanted.IsBoolean()) return wanted.boolean();
    if (wanted.IsNull()) return std::nullopt;
  }
  return TestAgainst(wanted, frame[test->b]);
}

// Equal to the value, in the range, or one of the list.
std::optional<bool> Machine::TestAgainst(const Value& wanted, const Value& input) {
  if (wanted.IsString() && input.IsString()) {
    return wanted.object() == input.object() || wanted.string() == input.string();
  }
  if (wanted.IsRange()) {
    if (input.IsRange()) return Equals(input, wanted);
    return SpendOnBoth(wanted, input) ? Contains(wanted.range(), input) : std::nullopt;
  }
  if (wanted.IsList()) {
    if (input.IsList()) {
      const auto same = Equals(input, wanted);
      if (same && *same) return true;
    }
    bool unknown = false;
    for (const Value& item : wanted.list()) {
      if (!Spend(1) || !SpendOnBoth(item, input)) return std::nullopt;
      const auto result =
          item.IsRange() && !input.IsRange() ? Contains(item.range(), input) : Equal(input, item);
      if (result && *result) return true;
      if (!result && item.IsRange()) unknown = true;
    }
    return unknown ? std::nullopt : std::optional<bool>(false);
  }
  return Equals(input, wanted);
}

Value Machine::ListNode(const Node* node, Value* frame) {
  std::vector<Value> items;
  items.reserve(node->kids.size());
  for (const Node* kid : node->kids) items.push_back(Evaluate(kid, frame));
  return List(std::move(items));
}

Value Machine::ContextNode(const Node* node, Value* frame) {
  std::vector<ContextObject::Entry> entries;
  entries.reserve(node->kids.size());
  for (size_t i = 0; i < node->kids.size(); ++i) {
    Value value = Evaluate(node->kids[i], frame);
    if (node->names[i].IsNull()) return value;  // a boxed context's result
    frame[node->slots[i]] = value;
    entries.push_back({node->names[i], std::move(value)});
  }
  Value context = MakeContext(std::move(entries));
  return context.IsNull() ? Exhaust("a value is nested too deeply or too large") : context;
}

Value Machine::RangeNode(const Node* node, Value* frame) {
  Value start = Evaluate(node->kids[0], frame);
  Value end = node->kids[0] == node->kids[1] ? start : Evaluate(node->kids[1], frame);
  const bool unary = (node->a & (kUnaryForm | kNotEqualForm)) != 0;
  const auto form = (node->a & kNotEqualForm) != 0
                        ? RangeObject::Form::kNotEqual
                        : (unary ? RangeObject::Form::kUnaryTest : RangeObject::Form::kEnds);
  if (!unary && !start.IsNull() && !end.IsNull()) {
    const auto order = Order(start, end);
    if (!order) return Fail("the ends of a range cannot be compared");
    if (*order > 0) return Fail("a range ends before it starts");
  }
  Value range = MakeRange(std::move(start), (node->a & kStartIncluded) != 0, std::move(end),
                          (node->a & kEndIncluded) != 0, form);
  return range.IsNull() ? Exhaust("a value is nested too deeply or too large") : range;
}

Value Machine::LambdaNode(const Node* node, Value* frame) {
  auto* function = new FunctionObject();
  Value out = Value::Adopt(Kind::kFunction, function);
  function->lambda = node->lambda;
  uint32_t depth = 0;
  for (const Capture& capture : node->lambda->captures) {
    Value value;
    if (!capture.global) {
      value = frame[capture.from];
    } else if (globals_ != nullptr) {
      value = globals_->Global(*this, capture.from);
    }
    depth = std::max(depth, value.depth());
    function->captures.push_back(std::move(value));
  }
  function->SetDepth(depth + 1);
  return depth >= Value::kDepthMax ? Exhaust("a value is nested too deeply") : out;
}

Value Machine::CallNode(const Node* node, Value* frame) {
  const size_t count = node->kids.size() - 1;
  if (node->builtin != nullptr && node->names.empty() && count <= 4) {
    Value arguments[4];
    for (size_t i = 0; i < count; ++i) arguments[i] = Evaluate(node->kids[i + 1], frame);
    if (exhausted_) return Value();
    return CallBuiltin(*this, *node->builtin, arguments, count);
  }
  const Value function = Evaluate(node->kids[0], frame);
  if (!function.IsFunction()) {
    return Fail(std::string("a ") + KindName(function.kind()) + " cannot be called");
  }
  std::vector<Value> arguments;
  arguments.reserve(count);
  for (size_t i = 0; i < count; ++i) arguments.push_back(Evaluate(node->kids[i + 1], frame));
  if (exhausted_) return Value();
  if (!node->names.empty()) return CallNamed(node, function, &arguments);
  return Call(function, arguments.data(), arguments.size());
}

Value Machine::CallNamed(const Node* node, const Value& function, std::vector<Value>* arguments) {
  const FunctionObject& object = function.function();
  if (object.builtin != nullptr) {
    return CallBuiltinNamed(*this, *object.builtin, node->names, *arguments);
  }
  const std::vector<std::string>& wanted =
      object.lambda != nullptr ? object.lambda->parameter_names : object.host->parameter_names();
  std::vector<Value> ordered(wanted.size());
  if (arguments->size() != wanted.size()) return Fail("the function takes other arguments");
  for (size_t i = 0; i < arguments->size(); ++i) {
    const auto at = std::find(wanted.begin(), wanted.end(), node->names[i].string());
    if (at == wanted.end()) {
      return Fail("the function has no parameter '" + node->names[i].string() + "'");
    }
    ordered[static_cast<size_t>(at - wanted.begin())] = std::move((*arguments)[i]);
  }
  return Call(function, ordered.data(), ordered.size());
}

Value Machine::Call(const Value& function, const Value* arguments, size_t count) {
  const FunctionObject& object = function.function();
  if (object.builtin != nullptr) return CallBuiltin(*this, *object.builtin, arguments, count);
  if (object.host != nullptr) {
    if (count != object.host->parameter_names().size()) {
      return Fail("the decision service takes another number of arguments");
    }
    return object.host->Call(*this, arguments, count);
  }
  return CallLambda(function, arguments, count);
}

Value Machine::CallLambda(const Value& function, const Value* arguments, size_t count) {
  const Lambda& lambda = *function.function().lambda;
  if (count != lambda.parameter_names.size()) {
    return Fail("the function takes another number of arguments");
  }
  if (!Spend(1 + static_cast<uint64_t>(lambda.frame_size) / 8)) return Value();
  if (depth_ >= limits_.depth) return Exhaust("the evaluation is nested too deeply");
  Frame frame(this, lambda.frame_size);
  for (size_t i = 0; i < count; ++i) {
    const Type* type = lambda.parameter_types[i];
    Value& slot = frame.slots()[i];
    slot = type != nullptr ? Coerce(arguments[i], *type) : arguments[i];
    if (slot.IsNull() && !arguments[i].IsNull()) {
      return Fail("an argument is not of the type that the function asks for");
    }
  }
  const std::vector<Value>& captures = function.function().captures;
  for (size_t i = 0; i < captures.size(); ++i) {
    frame.slots()[lambda.captures[i].to] = captures[i];
  }
  if (lambda.self_slot >= 0) frame.slots()[lambda.self_slot] = function;
  ++depth_;
  Value result = Evaluate(lambda.body, frame.slots());
  --depth_;
  return lambda.result_type != nullptr ? Coerce(result, *lambda.result_type) : result;
}

}  // namespace vroegsein::feel
