#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "random/block.hpp"

namespace flywheel {

/// Instruction sets with a kernel of their own; every one gives the same bits.
enum class InstructionSet { portable, avx2, avx512 };

/// The best one of this machine, or a lesser one that the environment variable
/// FLYWHEEL_INSTRUCTIONS names ("portable", "avx2", "avx512"); read once.
[[nodiscard]] InstructionSet instruction_set();

/// Fills `blocks` with the blocks of successive ordinals from `first` on: draw_block(key, first),
/// draw_block(key, first with the next ordinal), ... Ordinals must stay below 2^48 and their low
/// 32 bits must not run over.
void fill_blocks(Key key, const Address& first, std::span<std::array<std::uint64_t, 2>> blocks,
                 InstructionSet instructions = instruction_set());

/// Entities and ordinals, as many of the one as of the other.
struct Places {
  std::span<const std::uint64_t> entities;
  std::span<const std::uint64_t> ordinals;
};

/// Fills `blocks` with the block of one purpose for each of these places.
void fill_blocks_at(Key key, Purpose purpose, const Places& places,
                    std::span<std::array<std::uint64_t, 2>> blocks,
                    InstructionSet instructions = instruction_set());

/// Fills `blocks` with the block of one purpose and ordinal for each of these entities.
void fill_blocks_of(Key key, const Address& common, std::span<const std::uint64_t> entities,
                    std::span<std::array<std::uint64_t, 2>> blocks,
                    InstructionSet instructions = instruction_set());

}  // namespace flywheel
