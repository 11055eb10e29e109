// Numbers as a first-year student would write them, and decimals that stay exact.

// Pixels have at most two decimals and weights at most four, so a product has at most six:
// rounding to six removes the binary dust and nothing else.
const exact = (value) => Number(value.toFixed(6)) + 0;

const written = (value) => String(exact(value)).replace("-", "−");

const factor = (value) => (value < 0 ? `(${written(value)})` : written(value));

// At most `digits` characters behind the point, for a cell too small for all of them.
const shortened = (value, digits) => String(Number(value.toFixed(digits)) + 0).replace("-", "−");

const stays = (value, last) => Math.min(Math.max(value, 0), last);
