#include "tables/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error_text.hpp"

namespace flywheel {

namespace {

// Closes what it holds; a file that is only read has nothing to lose by a failed close.
class OpenFile {
 public:
  // O_NONBLOCK: opening a pipe must not wait for a writer.
  explicit OpenFile(const std::filesystem::path& path)
      : descriptor_{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  OpenFile(OpenFile&&) = delete;
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

Fault file_fault(const std::string& name, const std::string& message) {
  return {
      .place = {.file = name}, .key = {}, .value = {}, .message = message, .kind = FaultKind::file};
}

Fault content_fault(Place place, std::string message) {
  return {.place = std::move(place), .key = {}, .value = {}, .message = std::move(message)};
}

std::string cause(int error_number) { return std::generic_category().message(error_number); }

std::string too_large(const TextLimits& limits) {
  return "the file is larger than " + std::to_string(limits.bytes) +
         " bytes, the most that is read; split it or leave out what is not needed";
}

}  // namespace

TextReading read_text_file(const std::filesystem::path& path, const std::string& name,
                           const TextLimits& limits) {
  const OpenFile file{path};
  if (file.descriptor() < 0) return file_fault(name, "cannot be opened: " + cause(errno));
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) return file_fault(name, cause(errno));
  if (!S_ISREG(status.st_mode)) return file_fault(name, "is not a regular file");

  std::string text;
  constexpr std::size_t step{65'536};
  while (text.size() <= limits.bytes) {
    const std::size_t size = text.size();
    text.resize(size + step);
    const ssize_t got = ::read(file.descriptor(), text.data() + size, step);
    if (got < 0 && errno != EINTR) return file_fault(name, "cannot be read: " + cause(errno));
    text.resize(size + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return check_text(std::move(text), name, limits);
  }
  return content_fault({.file = name, .line = 1, .column = 1}, too_large(limits));
}

TextReading check_text(std::string text, const std::string& name, const TextLimits& limits) {
  if (text.size() > limits.bytes) {
    return content_fault({.file = name, .line = 1, .column = 1}, too_large(limits));
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  Place place{.file = name, .line = 1, .column = 1};
  std::size_t line_begin = 0;
  for (std::size_t position = 0; position < text.size();) {
    const CodePoint point = code_point_at(text, position);
    if (!point.valid) {
      return content_fault(place, "this byte is not UTF-8; save the file in the encoding UTF-8");
    }
    if (point.value == 0) return content_fault(place, "the file holds a NUL character");
    position += point.bytes;
    ++place.column;
    const bool alone = point.value == '\r' && !text.substr(position, 1).starts_with('\n');
    if (point.value == '\n' || (alone && limits.carriage_return_ends_line)) {
      place = {.file = name, .line = place.line + 1, .column = 1};
      line_begin = position;
    } else if (position - line_begin > limits.bytes_in_line) {
      --place.column;  // the character with which the line is too long
      return content_fault(place, "the line is longer than " +
                                      std::to_string(limits.bytes_in_line) +
                                      " bytes; break it into several lines");
    }
  }
  return text;
}

}  // namespace flywheel
