#include "rules/feel/compiler.h"

#include "rules/feel/builtins.h"
#include "rules/feel/parser.h"

namespace vroegsein::feel {

struct Compiler::Function {
  Function* outer = nullptr;
  Lambda* lambda = nullptr;
  int slots = 0;
  std::string name;
};

Compiler::Compiler(Program* program, const Environment* environment)
    : program_(program), environment_(environment) {
  functions_.push_back(std::make_unique<Function>());
}

Compiler::~Compiler() = default;

Node* Compiler::Expression(std::string_view text) {
  Parser parser(this, text);
  return parser.ParseExpression();
}

Node* Compiler::UnaryTests(std::string_view text, int input_slot, const Type* input_type) {
  Bind("?", input_slot, input_type);
  Parser parser(this, text);
  Node* node = parser.ParseUnaryTests(input_slot);
  Pop();
  return node;
}

int Compiler::NewSlot() { return functions_.back()->slots++; }

void Compiler::Bind(std::string_view name, int slot, const Type* type) {
  bindings_.push_back({std::string(name), slot, type, functions_.back().get(), false});
}

void Compiler::BindItem(int slot, const Type* type) {
  bindings_.push_back({"item", slot, type, functions_.back().get(), true});
}

void Compiler::Pop(size_t count) { bindings_.resize(bindings_.size() - count, Binding{}); }

Node* Compiler::NewNode(Op op) {
  program_->nodes.emplace_back();
  program_->nodes.back().op = op;
  return &program_->nodes.back();
}

Node* Compiler::Local(int slot, const Type* type) {
  Node* node = NewNode(Op::kLocal);
  node->a = slot;
  node->type = type;
  return node;
}

Node* Compiler::Constant(Value value) {
  Node* node = NewNode(Op::kConstant);
  if (!value.IsNull()) node->type = TypeOfKind(value.kind());
  node->value = std::move(value);
  return node;
}

Node* Compiler::Failure(std::string message) {
  Node* node = NewNode(Op::kFailure);
  node->value = Value::String(message);
  return node;
}

Node* Compiler::Coerce(Node* kid, const Type* type) {
  if (type == nullptr || type->form == Type::Form::kAny) return kid;
  // Tables coerce what they put out, elements what they are given.
  const bool checked = kid->op == Op::kExtension || kid->op == Op::kGlobal;
  if (checked && kid->type != nullptr && Guarantees(*kid->type, *type)) return kid;
  Node* node = NewNode(Op::kCoerce);
  node->kids = {kid};
  node->type = type;
  return node;
}

// The slot by which `function` reaches a binding of itself or of one around it.
int Compiler::SlotIn(Function* function, const Binding& binding) {
  if (binding.function == function) return binding.slot;
  const int outer_slot = SlotIn(function->outer, binding);
  for (const Capture& capture : function->lambda->captures) {
    if (!capture.global && capture.from == outer_slot) return capture.to;
  }
  const int slot = function->slots++;
  function->lambda->captures.push_back({false, outer_slot, slot});
  return slot;
}

Node* Compiler::GlobalNode(const GlobalSymbol& symbol) {
  Function* function = functions_.back().get();
  // A function literal may outlive the evaluation whose decisions it speaks of: it takes the
  // values with it. Knowledge models are the same everywhere.
  bool literal = false;
  for (Function* f = function; f->outer != nullptr; f = f->outer) literal = true;
  if (!literal || symbol.invocable) {
    Node* node = NewNode(Op::kGlobal);
    node->a = symbol.index;
    node->type = symbol.type;
    return node;
  }
  // Captured by the outermost literal, then handed inwards as any local is.
  std::vector<Function*> chain;
  for (Function* f = function; f->outer != nullptr; f = f->outer) chain.push_back(f);
  int slot = -1;
  for (size_t i = chain.size(); i-- > 0;) {
    Function* f = chain[i];
    const bool outermost = i + 1 == chain.size();
    const int from = outermost ? symbol.index : slot;
    int found = -1;
    for (const Capture& capture : f->lambda->captures) {
      if (capture.global == outermost && capture.from == from) found = capture.to;
    }
    if (found < 0) {
      found = f->slots++;
      f->lambda->captures.push_back({outermost, from, found});
    }
    slot = found;
  }
  return Local(slot, symbol.type);
}

Node* Compiler::ResolveFrom(size_t count, std::string_view name) {
  for (size_t i = count; i-- > 0;) {
    const Binding binding = bindings_[i];
    const bool same = binding.name == name;
    // `item` is the member of that name where the item of the filter is a context that has one.
    const bool may_have_member =
        binding.item && (binding.type == nullptr || binding.type->form == Type::Form::kAny ||
                         binding.type->Member(name) != nullptr);
    if (same && !may_have_member) {
      return Local(SlotIn(functions_.back().get(), binding), binding.type);
    }
    if (!binding.item) continue;
    Node* outer =
        same ? Local(SlotIn(functions_.back().get(), binding), binding.type) : ResolveFrom(i, name);
    Node* node = NewNode(Op::kItemName);
    node->a = SlotIn(functions_.back().get(), binding);
    node->value = Value::String(name);
    node->kids = {outer};
    node->type = binding.type != nullptr ? binding.type->Member(name) : nullptr;
    // Where the item may have members that nobody declared, the name may mean either.
    const bool item_known = binding.type != nullptr && binding.type->form != Type::Form::kAny &&
                            binding.type->form != Type::Form::kContext;
    if (item_known && outer != nullptr) node->type = outer->type;
    return node;
  }
  for (const GlobalSymbol& symbol : environment_->symbols) {
    if (symbol.name == name && symbol.members.empty()) return GlobalNode(symbol);
  }
  if (const Builtin* builtin = FindBuiltin(name)) return Constant(BuiltinValue(builtin));
  return nullptr;
}

Node* Compiler::Resolve(std::string_view name) { return ResolveFrom(bindings_.size(), name); }

Lambda* Compiler::OpenFunction() {
  program_->lambdas.emplace_back();
  auto function = std::make_unique<Function>();
  function->outer = functions_.back().get();
  function->lambda = &program_->lambdas.back();
  function->name = std::exchange(next_function_, {});
  functions_.push_back(std::move(function));
  return &program_->lambdas.back();
}

bool Compiler::Knows(std::string_view name) const {
  for (const Binding& binding : bindings_) {
    if (binding.name == name) return true;
  }
  for (const GlobalSymbol& symbol : environment_->symbols) {
    if (symbol.name == name) return true;
  }
  return FindBuiltin(name) != nullptr;
}

size_t Compiler::BindSelf(Lambda* lambda) {
  const std::string& name = functions_.back()->name;
  if (name.empty() || Knows(name)) return 0;
  lambda->self_slot = NewSlot();
  Bind(name, lambda->self_slot, nullptr);
  return 1;
}

Node* Compiler::CloseFunction(Lambda* lambda, Node* body) {
  if (functions_.back()->slots > kSlotsMax) {
    errors_.push_back({"the function has too many names", 0});
    body = Failure("the function has too many names");
    functions_.back()->slots = static_cast<int>(lambda->parameter_names.size());
    lambda->captures.clear();
    lambda->self_slot = -1;
  }
  lambda->body = body;
  lambda->frame_size = functions_.back()->slots;
  functions_.pop_back();
  Node* node = NewNode(Op::kLambda);
  node->lambda = lambda;
  Type* type = program_->types.Make(Type::Form::kFunction);
  for (size_t i = 0; i < lambda->parameter_names.size(); ++i) {
    const Type* parameter = lambda->parameter_types[i];
    type->members.emplace_back(lambda->parameter_names[i],
                               parameter != nullptr ? parameter : AnyType());
  }
  if (lambda->result_type != nullptr) {
    type->element = lambda->result_type;
  } else {
    type->element = body != nullptr && body->type != nullptr ? body->type : AnyType();
  }
  node->type = type;
  return node;
}

void Compiler::Finish(Node* root) {
  if (functions_.back()->slots > kSlotsMax) {
    errors_.push_back({"the expression has too many names", 0});
    root = Failure("the expression has too many names");
    functions_.back()->slots = 0;
  }
  program_->root = root;
  program_->frame_size = functions_.back()->slots;
}

const Type* Compiler::TypeByName(std::string_view name) const {
  for (const auto& [known, type] : environment_->types) {
    if (known == name) return type;
  }
  return BuiltinType(name);
}

}  // namespace vroegsein::feel
