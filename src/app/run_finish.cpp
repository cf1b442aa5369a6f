#include "app/run_finish.hpp"

#include <ostream>

#include "app/terminal.hpp"
#include "core/check.hpp"
#include "core/error_text.hpp"
#include "report/headline_section.hpp"
#include "results/result.hpp"
#include "results/seal.hpp"
#include "results/write_image.hpp"
#include "study/run_image.hpp"

namespace flywheel {

void write_whole_run(const WholeRun& whole, KeptOutcomes& kept, const PlayRange& play,
                     const FilePlace& place) {
  OutcomeTable table{whole.shape, place.scratch};
  RunRequest request = whole.request;
  request.failures_allowed = request.count;  // they were borne when they were played
  const RunReport report = play_rest(request, kept, play, table);
  expect(report.done == request.count, "a whole run has all its replications");
  const ResultSchema schema = run_schema(whole.plan, whole.run, table);
  publish_file({.write = [&](FileDescriptor& file) { write_file(schema, file, place.output); },
                .is_sound = is_sealed},
               place.output, place.existing, place.temporary);
}

void show_headline(const std::filesystem::path& output, const Streams& streams) {
  const Terminal terminal = terminal_behind(streams.results);
  streams.results << headline_section(read_run_summary(read_result(output)),
                                      {.width = terminal.width, .colored = terminal.wants_color})
                  << '\n'
                  << "result: " << escape_text(output.string()) << '\n';
}

}  // namespace flywheel
