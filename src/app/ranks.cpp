#include "app/ranks.hpp"

#include <charconv>
#include <string>

namespace flywheel {

int started_together(const Environment& environment) {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}) {
    const std::string text = environment(name).value_or("");
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc{} && end == text.data() + text.size() && count >= 1) return count;
  }
  return 1;
}

}  // namespace flywheel
