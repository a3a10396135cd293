// Machine evaluates compiled FEEL within a budget.
//
// It owns the stack of frames and the messages of one evaluation; programs and values come from
// outside. Reset() makes it ready for the next evaluation and keeps its memory.
//
// Threads: one. Errors: never thrown. In FEEL a failure is null; why is in messages(). A spent
// budget makes every further evaluation null at once, and exhausted() true until Reset().
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/feel/program.h"

namespace vroegsein::feel {

struct Limits {
  uint64_t steps = 20'000'000;    // nodes evaluated
  int depth = 1500;               // nodes within nodes; REQUIRES: at most 3,000
  size_t list_items = 2'000'000;  // in one list, and by all that one evaluation makes x 10
  size_t string_bytes = 4 << 20;  // in one string
  int regex_ms = 100;             // one match
};

// The values of the model's elements, for Op::kGlobal.
class GlobalSource {
 public:
  virtual ~GlobalSource() = default;
  // The reference holds until the evaluation ends.
  virtual const Value& Global(Machine& machine, int index) = 0;
};

// Whoever follows an evaluation (the trace of the layer above); FEEL itself never looks at it.
class Observer {
 public:
  virtual ~Observer() = default;
};

class Machine {
 public:
  static constexpr size_t kMessagesMax = 16;

  explicit Machine(const Limits& limits = {}) : limits_(limits) { Reset(); }

  void Reset();
  Value Run(const Program& program);
  // A program of unary tests whose slot 0 is the input.
  std::optional<bool> RunTests(const Program& program, const Value& input);

  Value Evaluate(const Node* node, Value* frame);
  // The value of a node: where it lies when it lies somewhere, else in `scratch`. The reference
  // holds until the next node is evaluated.
  const Value& Peek(const Node* node, Value* frame, Value* scratch);
  Value Call(const Value& function, const Value* arguments, size_t count);
  // REQUIRES: the function has a lambda.
  Value CallLambda(const Value& function, const Value* arguments, size_t count);
  // Whether the input fulfils a test (kTest..., kTests): true, false or unknown.
  std::optional<bool> Test(const Node* test, Value* frame);

  // `value` as `type` asks for it: itself, converted, or null with a message.
  Value Coerce(const Value& value, const Type& type);
  bool Fits(const Value& value, const Type& type, int depth_left = 64);

  // A null with its reason.
  Value Fail(std::string_view message);
  Value Exhaust(std::string_view message);
  bool exhausted() const { return exhausted_; }
  // Charges work that no node stands for. False when the budget is spent.
  bool Spend(uint64_t steps) {
    if (exhausted_) return false;
    if (steps > steps_left_) return StepsSpent();
    steps_left_ -= steps;
    return true;
  }
  // As feel::Equal, charged for what it may walk.
  std::optional<bool> Equals(const Value& a, const Value& b) {
    return SpendOnBoth(a, b) ? Equal(a, b) : std::nullopt;
  }
  std::optional<bool> Compare(Comparison comparison, const Value& a, const Value& b);
  // Checked constructors: null when the budget does not allow the size.
  Value List(std::vector<Value> items);
  Value String(std::string text);

  const Limits& limits() const { return limits_; }
  const std::vector<std::string>& messages() const { return messages_; }
  uint64_t message_count() const { return message_count_; }
  void set_globals(GlobalSource* globals) { globals_ = globals; }
  GlobalSource* globals() const { return globals_; }
  void set_observer(Observer* observer) { observer_ = observer; }
  Observer* observer() const { return observer_; }
  void set_now(const DateTime& now) { now_ = now; }
  const std::optional<DateTime>& now() const { return now_; }

  // Frames: a stack of slots that never move while in use.
  class Frame {
   public:
    Frame(Machine* machine, int size);
    ~Frame();
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;
    Value* slots() { return slots_; }

   private:
    Machine* machine_;
    Value* slots_;
    size_t size_;
    size_t chunk_;
    size_t used_;
  };

 private:
  struct Chunk {
    std::unique_ptr<Value[]> values;
    size_t size = 0;
  };
  friend class Frame;

  bool StepsSpent();
  // A walk over both ends with the lighter one.
  bool SpendOnBoth(const Value& a, const Value& b) {
    constexpr uint32_t kWeightPerStep = 8;
    return Spend(std::min(a.weight(), b.weight()) / kWeightPerStep);
  }
  Value EvaluateInner(const Node* node, Value* frame);
  Value Path(const Node* node, Value* frame);
  Value Member(const Value& value, const Node* node);
  Value MemberOfEach(const Value& list, const Node* node);
  Value ItemName(const Node* node, Value* frame);
  Value FilterList(const Node* node, Value* frame);
  Value Arithmetic(const Node* node, Value* frame);
  Value Logic(const Node* node, Value* frame);
  Value CompareNodes(const Node* node, Value* frame);
  Value BetweenNodes(const Node* node, Value* frame);
  Value InNode(const Node* node, Value* frame);
  Value Loop(const Node* node, Value* frame);
  struct LoopState;
  bool LoopLevel(LoopState* state, size_t level);
  bool LoopOver(LoopState* state, size_t level, const Value& item);
  Value ListNode(const Node* node, Value* frame);
  Value ContextNode(const Node* node, Value* frame);
  Value RangeNode(const Node* node, Value* frame);
  Value LambdaNode(const Node* node, Value* frame);
  Value CallNode(const Node* node, Value* frame);
  Value CallNamed(const Node* node, const Value& function, std::vector<Value>* arguments);
  std::optional<bool> TestValue(const Node* test, Value* frame);
  std::optional<bool> TestAgainst(const Value& wanted, const Value& input);

  Limits limits_;
  uint64_t steps_left_ = 0;
  uint64_t items_left_ = 0;
  int depth_ = 0;
  bool exhausted_ = false;
  std::vector<std::string> messages_;
  uint64_t message_count_ = 0;
  GlobalSource* globals_ = nullptr;
  Observer* observer_ = nullptr;
  std::optional<DateTime> now_;
  std::vector<Chunk> chunks_;
  size_t chunk_ = 0;
  size_t used_ = 0;
};

std::optional<bool> CompareValues(Comparison comparison, const Value& a, const Value& b);
// FEEL's + - * / ** on two values; null with a message where it has no meaning.
Value Combine(Machine& machine, Op op, const Value& a, const Value& b);
// instance of
bool InstanceOf(Machine& machine, const Value& value, const Type& type);

}  // namespace vroegsein::feel
