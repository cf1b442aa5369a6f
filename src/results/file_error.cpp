#include "results/file_error.hpp"

#include <system_error>

namespace flywheel {

FileError system_failure(const std::filesystem::path& path, const std::string& step,
                         int error_number) {
  return FileError{path, step + ": " + std::generic_category().message(error_number)};
}

FileError file_error_of(const std::filesystem::filesystem_error& error) {
  return FileError{error.path1(), error.code().message()};
}

}  // namespace flywheel
