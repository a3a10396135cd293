// The context functions (DMN 1.5, 10.3.4.11).
#include "rules/feel/builtins.h"

namespace vroegsein::feel {

namespace {

Value GetValue(Machine& machine, const Arguments& arguments) {
  const Value* found = arguments[0].Find(arguments[1].string());
  return found != nullptr ? *found : machine.Fail("the context has no such entry");
}

Value GetValueAlong(Machine& machine, const Arguments& arguments) {
  const Value* at = &arguments[0];
  if (arguments[1].list().empty()) return machine.Fail("the list of keys is empty");
  for (const Value& key : arguments[1].list()) {
    if (!key.IsString()) return machine.Fail("the keys of get value() are strings");
    at = at->Find(key.string());
    if (at == nullptr) return machine.Fail("the context has no such entry");
  }
  return *at;
}

Value GetEntries(Machine& machine, const Arguments& arguments) {
  std::vector<Value> out;
  for (const auto& entry : arguments[0].context().entries()) {
    ContextBuilder pair;
    pair.Put("key", entry.key);
    pair.Put("value", entry.value);
    out.push_back(pair.Build());
  }
  return machine.List(std::move(out));
}

Value ContextOf(Machine& machine, const Arguments& arguments) {
  std::vector<ContextObject::Entry> out;
  for (const Value& item : arguments[0].list()) {
    const Value* key = item.Find("key");
    const Value* value = item.Find("value");
    if (key == nullptr || value == nullptr || !key->IsString()) {
      return machine.Fail("context() takes entries with a key and a value");
    }
    if (!machine.Spend(out.size() / 8 + 1)) return Value();
    for (const auto& entry : out) {
      if (entry.name() == key->string()) return machine.Fail("context() has the same key twice");
    }
    out.push_back({*key, *value});
  }
  return MakeContext(std::move(out));
}

Value With(const Value& context, const Value& key, const Value& value) {
  ContextBuilder out;
  if (context.IsContext()) {
    for (const auto& entry : context.context().entries()) out.Put(entry.key, entry.value);
  }
  out.Put(key, value);
  return out.Build();
}

Value ContextPut(Machine&, const Arguments& arguments) {
  return With(arguments[0], arguments[1], arguments[2]);
}

Value PutAlong(Machine& machine, const Value& context, const std::vector<Value>& keys, size_t at,
               const Value& value) {
  if (!keys[at].IsString()) return machine.Fail("the keys of context put() are strings");
  if (at + 1 == keys.size()) return With(context, keys[at], value);
  const Value* inner = context.Find(keys[at].string());
  if (inner == nullptr || !inner->IsContext())
    return machine.Fail("the path of keys leads nowhere");
  const Value changed = PutAlong(machine, *inner, keys, at + 1, value);
  return changed.IsNull() ? Value() : With(context, keys[at], changed);
}

Value ContextPutAlong(Machine& machine, const Arguments& arguments) {
  const auto& keys = arguments[1].list();
  if (keys.empty() || keys.size() > Value::kDepthMax) {
    return machine.Fail("context put() needs at least one key");
  }
  return PutAlong(machine, arguments[0], keys, 0, arguments[2]);
}

Value ContextMerge(Machine& machine, const Arguments& arguments) {
  ContextBuilder out;
  for (const Value& context : arguments[0].list()) {
    if (!context.IsContext()) return machine.Fail("context merge() takes a list of contexts");
    for (const auto& entry : context.context().entries()) {
      if (!machine.Spend(out.size() / 8 + 1)) return Value();
      out.Put(entry.key, entry.value);
    }
  }
  return out.Build();
}

}  // namespace

const std::vector<BuiltinRow>& ContextBuiltins() {
  static const std::vector<BuiltinRow> rows = {
      {"get value(m:c, key:s)", GetValue},
      {"get value(m:c, keys:l)", GetValueAlong},
      {"get entries(m:c)", GetEntries},
      {"context(entries:l)->context", ContextOf},
      {"context put(context:c, key:s, value:*)->context", ContextPut},
      {"context put(context:c, keys:l, value:*)->context", ContextPutAlong},
      {"context merge(contexts:l)->context", ContextMerge},
  };
  return rows;
}

}  // namespace vroegsein::feel
