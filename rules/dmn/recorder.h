// Recorder writes an evaluation into a Trace; tables and decisions find it as the machine's
// observer. One thread, as long as one evaluation. Private to rules/dmn.
#pragma once

#include "rules/dmn/trace.h"
#include "rules/feel/machine.h"

namespace vroegsein::dmn {

class Recorder final : public feel::Observer {
 public:
  explicit Recorder(Trace* trace) : trace_(trace) {}
  Trace& trace() { return *trace_; }
  static Recorder* Of(const feel::Machine& machine) {
    return static_cast<Recorder*>(machine.observer());
  }

 private:
  Trace* trace_;
};

}  // namespace vroegsein::dmn
