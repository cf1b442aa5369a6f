#include "app/run_log.hpp"

#include <array>
#include <ctime>
#include <span>

#include <nlohmann/json.hpp>
#include <sys/utsname.h>
#include <unistd.h>

#include "results/publish.hpp"

namespace flywheel {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), length};
}

void write_run_log(const RunLog& log, const std::filesystem::path& result,
                   const std::filesystem::path& temporary_folder) {
  utsname machine{};
  const bool known = ::uname(&machine) == 0;
  const double done = static_cast<double>(log.report.done - log.kept);
  const auto events = static_cast<double>(log.report.events);
  // Not from braces, which end the program where memory does (nlohmann-json 3.11).
  nlohmann::ordered_json page;
  page["host"] = known ? machine.nodename : "";
  page["system"] = known ? std::string{machine.sysname} + ' ' + machine.release : "";
  page["machine"] = known ? machine.machine : "";
  page["started"] = log.started;
  page["seconds"] = log.seconds;
  page["threads"] = log.threads;
  page["end"] = log.end;
  page["replications"] = log.report.done;
  page["kept_before"] = log.kept;
  page["failed"] = log.report.failed;
  page["replications_per_second"] = log.seconds > 0 ? done / log.seconds : 0;
  page["events"] = log.report.events;
  page["nanoseconds_per_event"] = events > 0 ? log.seconds * 1e9 / events : 0;
  const std::string text =
      page.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  publish(std::as_bytes(std::span{text}), result.string() + ".log.json", Existing::replace,
          temporary_folder);
}

}  // namespace flywheel
