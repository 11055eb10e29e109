// Numbers as a first-year student would write them, and decimals that stay exact.

const signed = (number) => String(number + 0).replace("-", "−"); // + 0: no negative zero

// Pixels have at most two decimals and weights at most four, so a product has at most six:
// rounding to six removes the binary dust and nothing else.
export const exact = (value) => Number(value.toFixed(6)) + 0;

export const written = (value) => signed(exact(value));

export const factor = (value) => (value < 0 ? `(${written(value)})` : written(value));

// At most `digits` characters behind the point, for a cell too small for all of them.
export const shortened = (value, digits) => signed(Number(value.toFixed(digits)));

export const stays = (value, last) => Math.min(Math.max(value, 0), last);

export const largestOf = (values) => Math.max(...values.flat().map(Math.abs), 0);
