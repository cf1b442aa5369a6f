#include "results/file_error.hpp"

#include <system_error>

namespace flywheel {

FileError system_failure(const std::filesystem::path& path, const std::string& step,
                         int error_number) {
  return FileError{path, step + ": " + std::generic_category().message(error_number)};
}

}  // namespace flywheel
