// The list functions and sort() (DMN 1.5, 10.3.4.4 and 10.3.4.10).
#include <algorithm>

#include "rules/feel/builtins.h"

namespace vroegsein::feel {

namespace {

// count([1, 2]) and count(1, 2) are the same: one list, or the arguments themselves.
struct Items {
  const Value* data;
  size_t count;
  const Value* begin() const { return data; }
  const Value* end() const { return data + count; }
};

Items ItemsOf(const Arguments& arguments) {
  if (arguments.count == 1 && arguments[0].IsList()) {
    return {arguments[0].list().data(), arguments[0].list().size()};
  }
  return {arguments.values, arguments.count};
}

std::optional<std::vector<Number>> NumbersOf(const Arguments& arguments) {
  const Items items = ItemsOf(arguments);
  std::vector<Number> out;
  out.reserve(items.count);
  for (const Value& item : items) {
    if (!item.IsNumber()) return std::nullopt;
    out.push_back(item.number());
  }
  return out;
}

bool Same(Machine& machine, const Value& a, const Value& b) {
  return machine.Equals(a, b).value_or(false);
}

Value NotNumbers(Machine& machine) { return machine.Fail("a list of numbers is expected"); }

Value ListContains(Machine& machine, const Arguments& arguments) {
  if (!machine.Spend(arguments[0].list().size())) return Value();
  for (const Value& item : arguments[0].list()) {
    if (Same(machine, item, arguments[1])) return Value::Boolean(true);
  }
  return Value::Boolean(false);
}

Value Count(Machine&, const Arguments& arguments) {
  return Value::Number(static_cast<int64_t>(arguments[0].list().size()));
}

Value Extreme(Machine& machine, const Arguments& arguments, int sign) {
  const Items items = ItemsOf(arguments);
  if (items.count == 0) return machine.Fail("the list is empty");
  const Value* best = items.data;
  if (!Order(*best, *best)) return machine.Fail("these values have no order");
  for (const Value& item : items) {
    const auto order = Order(item, *best);
    if (!order) return machine.Fail("these values have no order");
    if (*order * sign > 0) best = &item;
  }
  return *best;
}
Value Min(Machine& machine, const Arguments& arguments) { return Extreme(machine, arguments, -1); }
Value Max(Machine& machine, const Arguments& arguments) { return Extreme(machine, arguments, 1); }

std::optional<Number> SumOf(const std::vector<Number>& numbers) {
  std::optional<Number> sum = Number::FromInt(0);
  for (const Number& number : numbers) {
    sum = Number::Add(*sum, number);
    if (!sum) break;
  }
  return sum;
}

Value Sum(Machine& machine, const Arguments& arguments) {
  const auto numbers = NumbersOf(arguments);
  if (!numbers || numbers->empty()) return NotNumbers(machine);
  return Value::Number(SumOf(*numbers));
}

Value Mean(Machine& machine, const Arguments& arguments) {
  const auto numbers = NumbersOf(arguments);
  if (!numbers || numbers->empty()) return NotNumbers(machine);
  const auto sum = SumOf(*numbers);
  if (!sum) return NotNumbers(machine);
  return Value::Number(
      Number::Divide(*sum, Number::FromInt(static_cast<int64_t>(numbers->size()))));
}

Value Product(Machine& machine, const Arguments& arguments) {
  const auto numbers = NumbersOf(arguments);
  if (!numbers || numbers->empty()) return NotNumbers(machine);
  std::optional<Number> product = Number::FromInt(1);
  for (const Number& number : *numbers) {
    product = Number::Multiply(*product, number);
    if (!product) return NotNumbers(machine);
  }
  return Value::Number(product);
}

Value Median(Machine& machine, const Arguments& arguments) {
  auto numbers = NumbersOf(arguments);
  if (!numbers || numbers->empty()) return NotNumbers(machine);
  std::sort(numbers->begin(), numbers->end());
  const size_t half = numbers->size() / 2;
  if (numbers->size() % 2 == 1) return Value::Number((*numbers)[half]);
  const auto sum = Number::Add((*numbers)[half - 1], (*numbers)[half]);
  return sum ? Value::Number(Number::Divide(*sum, Number::FromInt(2))) : Value();
}

Value Stddev(Machine& machine, const Arguments& arguments) {
  const auto numbers = NumbersOf(arguments);
  if (!numbers || numbers->size() < 2) return NotNumbers(machine);
  const auto sum = SumOf(*numbers);
  const auto count = static_cast<int64_t>(numbers->size());
  const auto mean = sum ? Number::Divide(*sum, Number::FromInt(count)) : std::nullopt;
  std::optional<Number> squares = mean ? std::optional(Number::FromInt(0)) : std::nullopt;
  for (const Number& number : *numbers) {
    const auto off = squares ? Number::Subtract(number, *mean) : std::nullopt;
    const auto square = off ? Number::Multiply(*off, *off) : std::nullopt;
    squares = square ? Number::Add(*squares, *square) : std::nullopt;
  }
  const auto variance =
      squares ? Number::Divide(*squares, Number::FromInt(count - 1)) : std::nullopt;
  return variance ? Value::Number(Number::Sqrt(*variance)) : Value();
}

Value Mode(Machine& machine, const Arguments& arguments) {
  auto numbers = NumbersOf(arguments);
  if (!numbers) return NotNumbers(machine);
  std::sort(numbers->begin(), numbers->end());
  std::vector<Value> best;
  size_t best_count = 0;
  for (size_t i = 0; i < numbers->size();) {
    size_t end = i;
    while (end < numbers->size() && (*numbers)[end] == (*numbers)[i]) ++end;
    if (end - i > best_count) {
      best.clear();
      best_count = end - i;
    }
    if (end - i == best_count) best.push_back(Value::Number((*numbers)[i]));
    i = end;
  }
  return machine.List(std::move(best));
}

// all() and any(): what settles the answer wins, then null.
Value Quantify(const Arguments& arguments, bool settles) {
  bool unknown = false;
  for (const Value& item : ItemsOf(arguments)) {
    if (!item.IsBoolean()) {
      unknown = true;
    } else if (item.boolean() == settles) {
      return Value::Boolean(settles);
    }
  }
  return unknown ? Value() : Value::Boolean(!settles);
}
Value All(Machine&, const Arguments& arguments) { return Quantify(arguments, false); }
Value Any(Machine&, const Arguments& arguments) { return Quantify(arguments, true); }

// The index from 0 that a position from 1 (or from the end, negative) stands for.
std::optional<size_t> Index(const Value& position, size_t size) {
  const auto at = position.number().ToInt64();
  const auto count = static_cast<int64_t>(size);
  if (!at || *at == 0 || *at > count || *at < -count) return std::nullopt;
  return static_cast<size_t>(*at > 0 ? *at - 1 : count + *at);
}

Value NoIndex(Machine& machine) { return machine.Fail("the position is outside the list"); }

Value Sublist(Machine& machine, const Arguments& arguments) {
  const auto& list = arguments[0].list();
  const auto from = Index(arguments[1], list.size());
  if (!from) return NoIndex(machine);
  size_t length = list.size() - *from;
  if (arguments.Given(2)) {
    const auto wanted = arguments[2].number().ToInt64();
    if (!wanted || *wanted < 0 || static_cast<uint64_t>(*wanted) > length) return NoIndex(machine);
    length = static_cast<size_t>(*wanted);
  }
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(*from);
  return machine.List({begin, begin + static_cast<std::ptrdiff_t>(length)});
}

Value Append(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  out.insert(out.end(), arguments.values + 1, arguments.values + arguments.count);
  return machine.List(std::move(out));
}

Value Concatenate(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out;
  for (size_t i = 0; i < arguments.count; ++i) {
    const auto& list = arguments[i].list();
    out.insert(out.end(), list.begin(), list.end());
  }
  return machine.List(std::move(out));
}

Value InsertBefore(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  const auto at = Index(arguments[1], out.size());
  if (!at) return NoIndex(machine);
  out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), arguments[2]);
  return machine.List(std::move(out));
}

Value Remove(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  const auto at = Index(arguments[1], out.size());
  if (!at) return NoIndex(machine);
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
  return machine.List(std::move(out));
}

Value ListReplaceAt(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  const auto at = Index(arguments[1], out.size());
  if (!at) return NoIndex(machine);
  out[*at] = arguments[2];
  return machine.List(std::move(out));
}

Value ListReplaceMatching(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  for (Value& item : out) {
    const Value pair[2] = {item, arguments[2]};
    const Value verdict = machine.Call(arguments[1], pair, 2);
    if (machine.exhausted()) return Value();
    if (!verdict.IsBoolean())
      return machine.Fail("the match function does not answer true or false");
    if (verdict.boolean()) item = arguments[2];
  }
  return machine.List(std::move(out));
}

Value Reverse(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  std::reverse(out.begin(), out.end());
  return machine.List(std::move(out));
}

Value IndexOf(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out;
  const auto& list = arguments[0].list();
  if (!machine.Spend(list.size())) return Value();
  for (size_t i = 0; i < list.size(); ++i) {
    if (Same(machine, list[i], arguments[1]))
      out.push_back(Value::Number(static_cast<int64_t>(i) + 1));
  }
  return machine.List(std::move(out));
}

// Keeps the first of equal values.
Value Distinct(Machine& machine, const std::vector<Value>& list) {
  std::vector<Value> out;
  for (const Value& item : list) {
    if (!machine.Spend(out.size() / 4 + 1)) return Value();
    const bool seen =
        std::any_of(out.begin(), out.end(), [&](const Value& v) { return Same(machine, v, item); });
    if (!seen) out.push_back(item);
  }
  return machine.List(std::move(out));
}

Value DistinctValues(Machine& machine, const Arguments& arguments) {
  return Distinct(machine, arguments[0].list());
}

Value Union(Machine& machine, const Arguments& arguments) {
  const Value joined = Concatenate(machine, arguments);
  return joined.IsNull() ? Value() : Distinct(machine, joined.list());
}

// False: the budget is spent.
bool FlattenInto(Machine& machine, const Value& value, std::vector<Value>* out) {
  if (!machine.Spend(1)) return false;
  if (!value.IsList()) {
    out->push_back(value);
    return true;
  }
  return std::all_of(value.list().begin(), value.list().end(),
                     [&](const Value& item) { return FlattenInto(machine, item, out); });
}

Value Flatten(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out;
  if (!FlattenInto(machine, arguments[0], &out)) return Value();
  return machine.List(std::move(out));
}

// A merge sort of our own: the order comes from a stranger's function and need not be one.
bool SortInto(Machine& machine, const Value& precedes, std::vector<Value>* list) {
  std::vector<Value> other(list->size());
  for (size_t width = 1; width < list->size(); width *= 2) {
    for (size_t low = 0; low < list->size(); low += 2 * width) {
      const size_t middle = std::min(low + width, list->size());
      const size_t high = std::min(low + 2 * width, list->size());
      size_t left = low;
      size_t right = middle;
      for (size_t at = low; at < high; ++at) {
        bool take_right = left == middle;
        if (!take_right && right < high) {
          const Value pair[2] = {(*list)[right], (*list)[left]};
          Value verdict;
          if (precedes.IsFunction()) {
            verdict = machine.Call(precedes, pair, 2);
            if (machine.exhausted() || !verdict.IsBoolean()) return false;
          } else {
            const auto order = Order(pair[0], pair[1]);
            if (!order || !machine.Spend(1)) return false;
            verdict = Value::Boolean(*order < 0);
          }
          take_right = verdict.boolean();
        }
        other[at] = take_right ? (*list)[right++] : (*list)[left++];
      }
    }
    list->swap(other);
  }
  return true;
}

Value Sort(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out = arguments[0].list();
  const Value precedes = arguments.count > 1 ? arguments[1] : Value();
  if (!SortInto(machine, precedes, &out)) return machine.Fail("the list cannot be sorted");
  return machine.List(std::move(out));
}

}  // namespace

const std::vector<BuiltinRow>& ListBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"list contains(list:l, element:*)->boolean", ListContains},
      {"count(list:l)->number", Count},
      {"min(list:*+)", Min},
      {"max(list:*+)", Max},
      {"sum(list:*+)->number", Sum},
      {"mean(list:*+)->number", Mean},
      {"product(list:*+)->number", Product},
      {"median(list:*+)->number", Median},
      {"stddev(list:*+)->number", Stddev},
      {"mode(list:*+)", Mode},
      {"all(list:*+)->boolean", All},
      {"any(list:*+)->boolean", Any},
      {"sublist(list:l, start position:n, length:n?=)", Sublist},
      {"append(list:l, item:*=+)", Append},
      {"concatenate(list:l+)", Concatenate},
      {"insert before(list:l, position:n, newItem:*)", InsertBefore},
      {"remove(list:l, position:n)", Remove},
      {"list replace(list:l, position:n, newItem:*)", ListReplaceAt},
      {"list replace(list:l, match:f, newItem:*)", ListReplaceMatching},
      {"reverse(list:l)", Reverse},
      {"index of(list:l, match:*)", IndexOf},
      {"union(list:l+)", Union},
      {"distinct values(list:l)", DistinctValues},
      {"flatten(list:l)", Flatten},
      {"sort(list:l, precedes:f=)", Sort},
  };
  return rows;
}

}  // namespace vroegsein::feel
