#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "results/file_descriptor.hpp"
#include "results/schema.hpp"

namespace flywheel {

/// The bytes of a result file: HDF5 that is valid netCDF-4, with its seal (results/seal.hpp).
///
/// The same content gives the same bytes. What is added to the schema: root attributes
/// (Conventions, format_version and the identity), a dimension scale with coordinates in each
/// group, `_FillValue` (NaN for floats), `flag_values` and `flag_meanings`, chunks of hundreds of
/// rows with shuffle, deflate 1 and fletcher32. Text is made well-formed (results/utf8.hpp).
///
/// Throws ContractBroken for a schema that contradicts itself, FileError when HDF5 fails, which
/// in memory means that there is too little of it. Needs memory for two copies of the file.
/// Rules and their reasons: netCDF-4 file format (Unidata, "NetCDF-4 Format") and CF-1.10.
[[nodiscard]] std::vector<std::byte> write_image(const ResultSchema& schema);

/// The same bytes, written piece by piece into a new file that is open for reading and writing;
/// memory does not grow with it. `name` is for messages. FileError when the disk fails.
void write_file(const ResultSchema& schema, FileDescriptor& file,
                const std::filesystem::path& name);

}  // namespace flywheel
