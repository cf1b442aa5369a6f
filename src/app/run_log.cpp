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
  const nlohmann::ordered_json page{
      {"host", known ? machine.nodename : ""},
      {"system", known ? std::string{machine.sysname} + ' ' + machine.release : ""},
      {"machine", known ? machine.machine : ""},
      {"started", log.started},
      {"seconds", log.seconds},
      {"threads", log.threads},
      {"end", log.end},
      {"replications", log.report.done},
      {"kept_before", log.kept},
      {"failed", log.report.failed},
      {"replications_per_second", log.seconds > 0 ? done / log.seconds : 0},
      {"events", log.report.events},
      {"nanoseconds_per_event",
       log.report.events > 0 ? log.seconds * 1e9 / static_cast<double>(log.report.events) : 0}};
  const std::string text =
      page.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  publish(std::as_bytes(std::span{text}), result.string() + ".log.json", Existing::replace,
          temporary_folder);
}

}  // namespace flywheel
