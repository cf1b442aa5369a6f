#include "app/terminal.hpp"

#include <cstdlib>
#include <iostream>

#include <sys/ioctl.h>
#include <unistd.h>

namespace flywheel {

Terminal terminal_behind(const std::ostream& stream) {
  int file = -1;
  if (&stream == &std::cout) file = STDOUT_FILENO;
  if (&stream == &std::cerr) file = STDERR_FILENO;
  if (file < 0 || ::isatty(file) == 0) return {};
  Terminal terminal{.present = true};
  winsize size{};
  constexpr unsigned short narrowest = 60;
  if (::ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col >= narrowest) {
    terminal.width = size.ws_col;
  }
  const char* no_color = std::getenv("NO_COLOR");
  terminal.wants_color = no_color == nullptr || *no_color == '\0';
  return terminal;
}

}  // namespace flywheel
