#include "app/init.hpp"

#include <cerrno>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "app/starter_plan.hpp"
#include "core/error_text.hpp"

namespace flywheel {

namespace {

// Zero, or the error number of the step that failed. O_EXCL: what is there stays as it is.
int write_new_file(const std::filesystem::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return errno;
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) error = errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::close(file) != 0 && error == 0) error = errno;
  if (error != 0) ::unlink(path.c_str());
  return error;
}

ExitCode refuse(const Streams& streams, const std::filesystem::path& path, int error) {
  const std::string cause = error == EEXIST ? "exists already and is left as it is"
                                            : std::generic_category().message(error);
  streams.messages << escape_text(path.string()) << ": " << cause << '\n';
  return ExitCode::file;
}

}  // namespace

ExitCode run_init(const InitOptions& options, const Streams& streams) {
  std::error_code error;
  std::filesystem::create_directories(options.folder, error);
  if (error) return refuse(streams, options.folder, error.value());
  const std::filesystem::path path = options.folder / "plan.toml";
  if (const int failed = write_new_file(path, starter_plan()); failed != 0) {
    return refuse(streams, path, failed);
  }
  const std::string shown = escape_text(path.lexically_normal().string());
  streams.results << "wrote " << shown << "\n\n"
                  << "next:\n"
                  << "  1. put in your dates, budgets and what you know of your shop\n"
                  << "  2. flywheel validate " << shown << "    what the plan means\n"
                  << "  3. flywheel run " << shown << " -o result.h5 --replications 1000\n"
                  << "  4. flywheel summary result.h5\n";
  return ExitCode::done;
}

void add_init(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand("init", "write a commented plan to start from");
  const auto options = std::make_shared<InitOptions>();
  command->add_option("folder", options->folder, "where plan.toml goes; default: here");
  command->callback([&chosen, options] {
    chosen = [options](const Streams& streams) { return run_init(*options, streams); };
  });
}

}  // namespace flywheel
