// Session evaluates decisions of a model, again and again: prepare once, then Set and Evaluate.
//
// It keeps the model alive and owns the memory of an evaluation. Inputs stay set until Clear().
// Threads: one session belongs to one thread; sessions of one model may run side by side.
// Errors: never thrown. What goes wrong inside an evaluation is null where it happened, with its
// reason in messages(); exhausted() tells that the budget stopped it, and then nothing of the
// results counts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn/model.h"
#include "rules/dmn/trace.h"

namespace vroegsein::dmn {

class Session {
 public:
  // `decisions`: names (or ids) of decisions, each with its result; or of decision services.
  Session(std::shared_ptr<const Model> model, const std::vector<std::string>& decisions);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Empty when all decisions are there; else the names that are not.
  const std::vector<std::string>& unknown_decisions() const;

  // The slot of an input (or of a decision whose value is given instead of computed); -1: none.
  // With a namespace: of the model or import that has it; two imports may have the same names.
  int InputSlot(std::string_view name, std::string_view namespace_uri = {}) const;
  // What that input asks for; nullptr when it takes anything.
  const feel::Type* InputType(int slot) const;
  // The value is converted to the input's type; one that does not fit is null, with a message.
  // REQUIRES: a slot from InputSlot()
  void Set(int slot, feel::Value value);
  bool Set(std::string_view name, feel::Value value);
  void Clear();
  // What now() and today() say; without it they are null.
  void SetNow(const feel::DateTime& now);

  // Appends to `key` what of the inputs makes a difference (distinctions.h): evaluations with the
  // same give the same results by the same rules; only a trace shows the numbers themselves. False
  // when that cannot be said. SetNow() is not in it.
  bool AppendTelling(std::string* key);

  // Evaluates all decisions. `trace` may be nullptr; it is cleared first. False: exhausted.
  bool Evaluate(Trace* trace = nullptr);
  // The result of the decision at that place of the constructor's list.
  const feel::Value& Result(size_t index) const;
  const feel::Value* Result(std::string_view decision) const;

  const std::vector<std::string>& messages() const;
  bool exhausted() const;

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace vroegsein::dmn
