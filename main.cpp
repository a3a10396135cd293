// The composition root: the machine's clock and chance meet the command line, which does the rest.
#include <sodium.h>

#include <chrono>

#include "alerts/cli/command_line.h"

int main(int argc, char** argv) {
  vroegsein::Machine machine;
  machine.now = [] {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  };
  machine.chance = [](size_t bytes) {
    std::string text(bytes, '\0');
    randombytes_buf(text.data(), text.size());
    return text;
  };
  return vroegsein::RunCommandLine(argc, argv, machine);
}
