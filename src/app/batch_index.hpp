#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/batch_page.hpp"

namespace flywheel {

/// Writes `index.csv` of a batch's folder, atomically, and removes what a process left that was
/// killed while it did so. FileError when the disk fails.
void write_batch_index(const std::vector<BatchRow>& rows, const std::filesystem::path& folder);

/// Where that is.
[[nodiscard]] std::filesystem::path batch_index_of(const std::filesystem::path& folder);

}  // namespace flywheel
