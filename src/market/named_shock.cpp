#include "market/named_shock.hpp"

#include "random/stream.hpp"

namespace flywheel {

namespace {

NamedShock scaled(const NamedShock& shock, double share) {
  NamedShock result = shock;
  result.probability = 1.0;
  result.price = 1.0 + share * (shock.price - 1.0);
  result.click = 1.0 + share * (shock.click - 1.0);
  result.conversion = 1.0 + share * (shock.conversion - 1.0);
  result.demand = 1.0 + share * (shock.demand - 1.0);
  result.tracking = share * shock.tracking;
  return result;
}

}  // namespace

NamedShock draw_shock(const NamedShock& shock, Key market) {
  Stream stream{market, Purpose::shock, shock.identity};
  return scaled(shock, stream.bernoulli(shock.probability) ? 1.0 : 0.0);
}

NamedShock expected_shock(const NamedShock& shock) { return scaled(shock, shock.probability); }

}  // namespace flywheel
