#include "random/normal_probability.hpp"

#include "core/elementary.hpp"

namespace flywheel {

namespace {

/// P(Z > x) for x in [0, 37].
double upper_tail(double x) {
  const double density = portable_exp(-0.5 * x * x);
  if (x > 7.07106781186547) {
    const double fraction = x + 1.0 / (x + 2.0 / (x + 3.0 / (x + 4.0 / (x + 0.65))));
    return density / (fraction * 2.506628274631);
  }
  const double above =
      ((((((3.52624965998911e-02 * x + 0.700383064443688) * x + 6.37396220353165) * x +
          33.912866078383) *
             x +
         112.079291497871) *
            x +
        221.213596169931) *
           x +
       220.206867912376);
  const double below =
      (((((((8.83883476483184e-02 * x + 1.75566716318264) * x + 16.064177579207) * x +
           86.7807322029461) *
              x +
          296.564248779674) *
             x +
         637.333633378831) *
            x +
        793.826512519948) *
           x +
       440.413735824752);
  return density * above / below;
}

}  // namespace

double normal_probability(double x) {
  const double size = x < 0.0 ? -x : x;
  const double tail = size > 37.0 ? 0.0 : upper_tail(size);
  return x > 0.0 ? 1.0 - tail : tail;
}

}  // namespace flywheel
