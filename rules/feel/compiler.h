// Compiler turns FEEL text into nodes of a Program, resolving names by scope as it reads.
//
// FEEL's names may hold spaces and signs, so text can only be read by who knows which names are in
// scope: reading and resolving are one pass. The layer above uses the same Compiler to put
// several texts and its own nodes into one Program (a boxed context, a decision table).
//
// Threads: one. Errors: collected in errors(), every failing text gives exactly one; its node is
// kFailure, which evaluates to null with that message. Nothing is thrown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/feel/program.h"

namespace vroegsein::feel {

// A name of the model: an element, or an import with its members.
struct GlobalSymbol {
  std::string name;
  int index = -1;
  const Type* type = nullptr;
  bool invocable = false;             // a business knowledge model or decision service
  std::vector<GlobalSymbol> members;  // of an import
};

struct Environment {
  std::vector<GlobalSymbol> symbols;
  std::vector<std::pair<std::string, const Type*>> types;
  // Names of more than one word that members may have where their type is not known.
  std::vector<std::string> member_names;
};

struct CompileError {
  std::string message;
  size_t offset = 0;  // bytes from the start of the text
};

class Compiler {
 public:
  static constexpr size_t kTextBytesMax = 1 << 20;
  static constexpr int kNestingMax = 120;
  static constexpr int kSlotsMax = 10'000;

  Compiler(Program* program, const Environment* environment);
  ~Compiler();
  Compiler(const Compiler&) = delete;
  Compiler& operator=(const Compiler&) = delete;

  Node* Expression(std::string_view text);
  Node* UnaryTests(std::string_view text, int input_slot, const Type* input_type);

  // Scopes. A binding holds until the matching Pop.
  int NewSlot();
  void Bind(std::string_view name, int slot, const Type* type);
  void BindItem(int slot, const Type* type);
  void Pop(size_t count = 1);
  // Names in scope at this moment from outside: used for binding by the layer above.
  Node* NewNode(Op op);
  Node* Local(int slot, const Type* type);
  Node* Constant(Value value);
  Node* Failure(std::string message);
  Node* Resolve(std::string_view name);  // nullptr when unknown
  Node* Coerce(Node* kid, const Type* type);
  // The next function to be opened is the value of the entry `name`; it may call itself by it.
  void NameNextFunction(std::string_view name) { next_function_ = name; }
  // Between these two, slots and bindings belong to a function of its own.
  Lambda* OpenFunction();
  // Behind the parameters: binds the name of the function to itself, where that name means nothing
  // else. Returns how many bindings that made.
  size_t BindSelf(Lambda* lambda);
  Node* CloseFunction(Lambda* lambda, Node* body);  // the kLambda node

  // The root is set and the frame measured.
  void Finish(Node* root);

  Program* program() const { return program_; }
  const std::vector<CompileError>& errors() const { return errors_; }
  std::vector<CompileError> TakeErrors() { return std::exchange(errors_, {}); }
  const Environment& environment() const { return *environment_; }
  const Type* TypeByName(std::string_view name) const;

 private:
  friend class Parser;
  struct Function;
  struct Binding {
    std::string name;
    int slot;
    const Type* type;
    Function* function;
    bool item;
  };
  bool Knows(std::string_view name) const;
  int SlotIn(Function* function, const Binding& binding);
  Node* ResolveFrom(size_t count, std::string_view name);
  Node* GlobalNode(const GlobalSymbol& symbol);

  Program* program_;
  const Environment* environment_;
  std::vector<Binding> bindings_;
  std::vector<std::unique_ptr<Function>> functions_;
  std::vector<CompileError> errors_;
  std::string next_function_;
};

}  // namespace vroegsein::feel
