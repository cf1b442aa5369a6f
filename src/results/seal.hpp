#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "results/file_descriptor.hpp"
#include "results/sha256.hpp"

namespace flywheel {

/// The last line of every result file: the SHA-256 of all bytes before it.
///
/// HDF5 knows where its own bytes end and leaves what follows alone, so h5py, netCDF and ncdump
/// read a sealed file as any other. The reader checks the seal before HDF5 sees a byte, because
/// most of an HDF5 file's own metadata has no checksum and HDF5 1.10 may crash on damaged
/// ones. A program that changes the file breaks the seal. The line reads
///
///     \n%flywheel sealed sha256 <64 hexadecimal digits>\n
inline constexpr std::string_view seal_opening{"\n%flywheel sealed sha256 "};
inline constexpr std::size_t seal_bytes{seal_opening.size() + 64 + 1};

using Seal = std::array<std::byte, seal_bytes>;

/// The seal of content with this hash.
[[nodiscard]] Seal make_seal(const Sha256& content_hash);

/// The bytes without their seal; empty when there is none or it does not match.
[[nodiscard]] std::span<const std::byte> sealed_content(std::span<const std::byte> bytes);

/// Does the whole file end with the seal of its content? Reads it piece by piece, from the first
/// byte.
[[nodiscard]] bool is_sealed(FileDescriptor& file);

}  // namespace flywheel
