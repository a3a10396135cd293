// for, some and every: nested loops over lists and ranges.
#include <algorithm>

#include "rules/feel/machine.h"

namespace vroegsein::feel {

struct Machine::LoopState {
  const Node* node;
  Value* frame;
  std::vector<Value> results;  // for
  bool settled = false;        // some, every: the answer cannot change any more
  bool unknown = false;
  bool failed = false;  // something to go over was no list and no range
};

// Runs the body once, or the next loop inside. False: stop.
bool Machine::LoopOver(LoopState* state, size_t level, const Value& item) {
  if (!Spend(1)) return false;
  const Node* node = state->node;
  state->frame[node->slots[level]] = item;
  if (level + 1 < node->slots.size()) return LoopLevel(state, level + 1);
  if (node->op == Op::kFor) {
    if (node->b != 0) {
      if (!Spend(state->results.size() / 8)) return false;
      state->frame[node->a] = List(state->results);
    }
    if (state->results.size() >= limits_.list_items) {
      Exhaust("a list is too long");
      return false;
    }
    state->results.push_back(Evaluate(node->kids.back(), state->frame));
    return !exhausted_;
  }
  const Value verdict = Evaluate(node->kids.back(), state->frame);
  if (!verdict.IsBoolean()) {
    if (node->b != 0 && !verdict.IsNull()) {
      Fail("the condition of a boxed some or every is not true or false");
      state->failed = true;
      return false;
    }
    state->unknown = true;
  } else if (verdict.boolean() == (node->op == Op::kSome)) {
    state->settled = true;
    return false;
  }
  return !exhausted_;
}

namespace {

// The next value on the way from one end to the other; false when there are no steps between them.
bool StepTowards(const Value& at, bool up, Value* next) {
  if (at.IsNumber()) {
    *next = Value::Number(Number::Add(at.number(), Number::FromInt(up ? 1 : -1)));
    return !next->IsNull();
  }
  if (at.kind() == Kind::kDate) {
    *next = Value::Of(Date::FromDays(at.date().Days() + (up ? 1 : -1)));
    return !next->IsNull();
  }
  return false;
}

}  // namespace

bool Machine::LoopLevel(LoopState* state, size_t level) {
  const Node* node = state->node;
  Value from = Evaluate(node->kids[2 * level], state->frame);
  const Node* to_node = node->kids[2 * level + 1];
  Value to;
  bool start_in = true;
  bool end_in = true;
  if (to_node != nullptr) {
    to = Evaluate(to_node, state->frame);
  } else if (from.IsRange()) {
    const Value range = from;
    from = range.range().start;
    to = range.range().end;
    start_in = range.range().start_included;
    end_in = range.range().end_included;
  } else {
    if (from.IsNull()) {
      Fail("there is no list to go over");
      state->failed = true;
      return false;
    }
    if (!from.IsList()) return LoopOver(state, level, from);
    for (const Value& item : from.list()) {
      if (!LoopOver(state, level, item)) return false;
    }
    return true;
  }
  const auto order = Order(from, to);
  const bool steps = from.IsNumber() ? from.number().IsInteger() && to.number().IsInteger()
                                     : from.kind() == Kind::kDate && to.kind() == Kind::kDate;
  if (!order || !steps) {
    Fail("there are no steps between the ends of this range");
    state->failed = true;
    return false;
  }
  const bool up = *order <= 0;
  Value at = from;
  while (true) {
    const bool at_end = Equal(at, to).value_or(true);
    const bool skip = (!start_in && Equal(at, from).value_or(false)) || (!end_in && at_end);
    if (!skip && !LoopOver(state, level, at)) return false;
    if (at_end || !StepTowards(at, up, &at)) return true;
  }
}

Value Machine::Loop(const Node* node, Value* frame) {
  LoopState state{node, frame, {}, false, false, false};
  LoopLevel(&state, 0);
  if (exhausted_) return Value();
  if (node->op == Op::kFor) {
    if (state.failed) return Value();
    return List(std::move(state.results));
  }
  if (state.failed) return Value();
  if (state.settled) return Value::Boolean(node->op == Op::kSome);
  return state.unknown ? Value() : Value::Boolean(node->op == Op::kEvery);
}

}  // namespace vroegsein::feel
