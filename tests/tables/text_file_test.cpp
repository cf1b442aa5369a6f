#include "tables/text_file.hpp"

#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

#include "support/catch.hpp"

namespace flywheel::test {

namespace {

constexpr TextLimits small{.bytes = 100, .bytes_in_line = 10};

std::string fault_line(const TextReading& reading) {
  const Fault* fault = std::get_if<Fault>(&reading);
  return fault == nullptr ? "no fault" : to_line(*fault);
}

// A folder that goes when the test ends.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_{std::filesystem::temp_directory_path() /
              ("flywheel_text_file_test_" + std::to_string(::getpid()))} {
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ScratchFolder(ScratchFolder&&) = delete;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("text within the limits is handed on, without a byte order mark", "[tables][text]") {
  REQUIRE(std::get<std::string>(check_text("\xEF\xBB\xBF"
                                           "ab\n",
                                           "t", small)) == "ab\n");
  REQUIRE(std::get<std::string>(check_text("äöü\n", "t", small)) == "äöü\n");
  REQUIRE(std::get<std::string>(check_text("", "t", small)).empty());
}

TEST_CASE("bytes that are no text are told with line and character", "[tables][text]") {
  REQUIRE(fault_line(check_text("ab\nä\xFFz", "t", small)) ==
          "t:2:2: this byte is not UTF-8; save the file in the encoding UTF-8");
  REQUIRE(fault_line(check_text(std::string{"a\0b", 3}, "t", small)) ==
          "t:1:2: the file holds a NUL character");
}

TEST_CASE("a line may have as many bytes as the limit and no more", "[tables][text]") {
  REQUIRE(fault_line(check_text("0123456789\n0123456789", "t", small)) == "no fault");
  REQUIRE(fault_line(check_text("\n0123456789x", "t", small)) ==
          "t:2:11: the line is longer than 10 bytes; break it into several lines");
}

TEST_CASE("a carriage return ends a line where the limits say so", "[tables][text]") {
  TextLimits limits = small;
  REQUIRE(fault_line(check_text("012345\r67890", "t", limits)).starts_with("t:1:11: the line is"));
  limits.carriage_return_ends_line = true;
  REQUIRE(fault_line(check_text("0123456789\r0123456789", "t", limits)) == "no fault");
  REQUIRE(fault_line(check_text("ab\r\nc\rd\xFF", "t", limits)).starts_with("t:3:2: this byte"));
  REQUIRE(csv_limits.carriage_return_ends_line);
  REQUIRE_FALSE(plan_limits.carriage_return_ends_line);
}

TEST_CASE("a file may have as many bytes as the limit and no more", "[tables][text]") {
  std::string text;
  while (text.size() < 100) text += "12345678\n";
  text.resize(100);
  REQUIRE(fault_line(check_text(text, "t", small)) == "no fault");
  REQUIRE(
      fault_line(check_text(text + '\n', "t", small)) ==
      "t:1:1: the file is larger than 100 bytes, the most that is read; split it or leave out what "
      "is not needed");
}

TEST_CASE("only regular files are read, and none is waited for", "[tables][text]") {
  const ScratchFolder folder;
  const std::filesystem::path pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  REQUIRE(fault_line(read_text_file(pipe, "pipe", small)) == "pipe: is not a regular file");
  REQUIRE(fault_line(read_text_file(folder / ".", "folder", small)) ==
          "folder: is not a regular file");
  REQUIRE(fault_line(read_text_file(folder / "none", "none", small)) ==
          "none: cannot be opened: No such file or directory");
}

TEST_CASE("a large file is refused before it fills the memory", "[tables][text]") {
  const ScratchFolder folder;
  const std::filesystem::path large = folder / "large";
  std::ofstream{large} << "x";
  std::filesystem::resize_file(large, std::uintmax_t{1} << 40U);  // a hole, not a terabyte
  REQUIRE(std::get<Fault>(read_text_file(large, "large", csv_limits)).message.find("larger") !=
          std::string::npos);
}

TEST_CASE("a file of many blocks is read whole", "[tables][text]") {
  const ScratchFolder folder;
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i) + '\n';
  std::ofstream{folder / "blocks"} << text;
  REQUIRE(std::get<std::string>(read_text_file(folder / "blocks", "blocks", csv_limits)) == text);
}

}  // namespace flywheel::test
