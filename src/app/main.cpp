#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "app/program.hpp"

int main(int count, char** arguments) {
  // A terminal that closes, or `| head`, must not cost the run that writes to it.
  std::signal(SIGPIPE, SIG_IGN);
  const std::vector<std::string> words(arguments + (count > 0 ? 1 : 0), arguments + count);
  const flywheel::Streams streams{.results = std::cout, .messages = std::cerr};
  return static_cast<int>(flywheel::run_program(words, streams));
}
