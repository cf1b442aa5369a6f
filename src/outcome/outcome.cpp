#include "outcome/outcome.hpp"

#include "core/check.hpp"

namespace flywheel {

std::size_t DimensionSizes::of(Dimension dimension) const {
  switch (dimension) {
    case Dimension::none:
      return 1;
    case Dimension::channel:
      return channels;
    case Dimension::segment:
      return segments;
    case Dimension::device:
      return 2;
    case Dimension::reason:
      return 10;
    case Dimension::exposures:
      return exposure_class_count;
    case Dimension::flow:
      return flows;
    case Dimension::age:
      return repeat_ages_days.size();
    case Dimension::rotation:
      return rotations;
    case Dimension::source:
      return organic_source_count;
    case Dimension::pool:
      return leaver_pool_count;
  }
  throw ContractBroken{"a dimension is one of the list"};
}

OutcomeLayout::OutcomeLayout(const DimensionSizes& sizes) : sizes_{sizes} {
  std::size_t next = 0;
  for (const ColumnSpec& spec : column_specs()) {
    offsets_[static_cast<std::size_t>(spec.column)] = next;
    next += size(spec.column);
  }
  offsets_[column_count] = next;
}

std::size_t OutcomeLayout::size(Column column) const {
  std::size_t size = 1;
  for (const Dimension dimension : spec_of(column).dimensions) size *= sizes_.of(dimension);
  return size;
}

std::size_t OutcomeLayout::offset(Column column, std::size_t first, std::size_t second,
                                  std::size_t third) const {
  const ColumnSpec& spec = spec_of(column);
  const std::array<std::size_t, 3> indices = {first, second, third};
  std::size_t entry = 0;
  for (std::size_t axis = 0; axis < indices.size(); ++axis) {
    const std::size_t size = sizes_.of(spec.dimensions[axis]);
    expect(indices[axis] < size, "an index lies on its axis");
    entry = entry * size + indices[axis];
  }
  return offset(column) + entry;
}

}  // namespace flywheel
