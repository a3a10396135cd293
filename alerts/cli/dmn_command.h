// `vroegsein dmn check | eval | tck`: a model looked at, one decision evaluated, the conformance
// tests run. Exit: 0 done, 1 found problems, 2 wrong use. FILE may be `-`.
#pragma once

namespace CLI {
class App;
}

namespace vroegsein {

void RegisterDmn(CLI::App& app, int* exit_code);

}  // namespace vroegsein
