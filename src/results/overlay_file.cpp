#include "results/overlay_file.hpp"

#include <algorithm>
#include <new>

#include "results/file_error.hpp"

namespace flywheel {

void OverlayFile::write(std::uint64_t place, std::span<const std::byte> bytes) noexcept {
  if (!failure_) {
    try {
      return file_.write_at(place, bytes);
    } catch (const FileError&) {
      failure_ = std::current_exception();
    }
  }
  try {
    write_over(place, bytes);
  } catch (const std::bad_alloc&) {
    return;  // the first failure is told, and nobody reads what comes after it
  }
}

std::uint64_t OverlayFile::bytes() noexcept {
  try {
    return file_.regular_file_bytes();
  } catch (const FileError&) {
    if (!failure_) failure_ = std::current_exception();
    return 0;
  }
}

void OverlayFile::read(std::uint64_t place, std::span<std::byte> bytes) noexcept {
  try {
    file_.read_at(place, bytes);
  } catch (const FileError&) {
    if (!failure_) failure_ = std::current_exception();
    std::ranges::fill(bytes, std::byte{0});
  }
  for (auto page = pages_.lower_bound(place / page_bytes); page != pages_.end(); ++page) {
    const std::uint64_t begin = page->first * page_bytes;
    const std::uint64_t from = std::max(begin, place);
    const std::uint64_t to = std::min(begin + page_bytes, place + bytes.size());
    if (from >= to) return;
    std::copy_n(page->second.begin() + static_cast<std::ptrdiff_t>(from - begin), to - from,
                bytes.begin() + static_cast<std::ptrdiff_t>(from - place));
  }
}

void OverlayFile::resize(std::uint64_t bytes) noexcept {
  if (failure_) return;
  try {
    file_.resize(bytes);
  } catch (const FileError&) {
    failure_ = std::current_exception();
  }
}

void OverlayFile::write_over(std::uint64_t place, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    Page& page = page_at(place / page_bytes);
    const std::size_t offset = place % page_bytes;
    const std::size_t count = std::min(bytes.size(), page_bytes - offset);
    std::copy_n(bytes.begin(), count, page.begin() + static_cast<std::ptrdiff_t>(offset));
    bytes = bytes.subspan(count);
    place += count;
  }
}

OverlayFile::Page& OverlayFile::page_at(std::uint64_t number) {
  const auto [page, is_new] = pages_.try_emplace(number);
  if (is_new) {
    try {
      file_.read_at(number * page_bytes, page->second);
    } catch (const FileError&) {
      page->second.fill(std::byte{0});
    }
  }
  return page->second;
}

}  // namespace flywheel
