// A drawing to the 28x28 image that MNIST's makers would have made of it; the same steps, constants
// and rounding as `mnistcore.drawings.preprocessing`.

export const DIGIT_SIDE = 20;
export const IMAGE_SIDE = 28;
const MIDDLE = 14; // the index of the pixel that the centre of mass is brought to
const FAINTEST_INK = 0.1; // of the strongest
const LEAST_CONTRAST = 0.04; // of full scale; a canvas that varies less is blank

function median(values) {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// numpy.rint: a half goes to the even neighbour.
function rint(value) {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 ? below + 1 : below;
}

// Three channels in [0, 1], laid over a background that the ink stands out from; one for all of grey.
function composite({ data, width, height }) {
  let isGrey = true;
  for (let at = 0; isGrey && at < data.length; at += 4)
    isGrey = data[at] === data[at + 1] && data[at] === data[at + 2];
  const channels = (isGrey ? [0] : [0, 1, 2]).map(() => new Float64Array(width * height));
  let [opaque, weight, bright] = [true, 0, 0];
  for (let at = 0; at < width * height; at += 1) {
    const alpha = data[4 * at + 3] / 255;
    opaque &&= data[4 * at + 3] === 255;
    weight += alpha;
    for (let k = 0; k < 3; k += 1) bright += (data[4 * at + k] / 255) * alpha;
    for (let k = 0; k < channels.length; k += 1) channels[k][at] = data[4 * at + k] / 255;
  }
  if (opaque) return channels;
  const background = weight && bright / (3 * weight) > 0.5 ? 0 : 1;
  for (const channel of channels)
    for (let at = 0; at < channel.length; at += 1) {
      const alpha = data[4 * at + 3] / 255;
      channel[at] = channel[at] * alpha + background * (1 - alpha);
    }
  return channels;
}

// In [0, 1]: what differs from the colour along the edge, 1 where it differs most.
function findInk(channels, width, height) {
  const edge = [];
  for (let x = 0; x < width; x += 1) edge.push(x, (height - 1) * width + x);
  for (let y = 0; y < height; y += 1) edge.push(y * width, y * width + width - 1);
  const ink = new Float64Array(width * height);
  let strongest = 0;
  for (const channel of channels) {
    const background = median(edge.map((at) => channel[at]));
    for (let at = 0; at < ink.length; at += 1) {
      ink[at] = Math.max(ink[at], Math.abs(channel[at] - background));
      strongest = Math.max(strongest, ink[at]);
    }
  }
  if (strongest < LEAST_CONTRAST) return null;
  for (let at = 0; at < ink.length; at += 1) {
    ink[at] /= strongest;
    if (ink[at] < FAINTEST_INK) ink[at] = 0;
  }
  return ink;
}

function cropToInk(ink, width, height) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      if (ink[y * width + x]) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = y;
      }
  const [across, down] = [right - left + 1, bottom - top + 1];
  const cropped = new Float64Array(across * down);
  for (let y = 0; y < down; y += 1) {
    const start = (top + y) * width + left;
    cropped.set(ink.subarray(start, start + across), y * across);
  }
  return { values: cropped, width: across, height: down };
}

// How much of each of 20 equal parts of a side each pixel in its middle covers, as [part, share].
function areaShares(length, side) {
  const start = (side - length) / 2;
  return Array.from({ length }, (_, pixel) => {
    const shares = [];
    for (let part = 0; part < DIGIT_SIDE; part += 1) {
      const begins = Math.max(pixel, (part * side) / DIGIT_SIDE - start);
      const ends = Math.min(pixel + 1, ((part + 1) * side) / DIGIT_SIDE - start);
      if (ends > begins) shares.push([part, ((ends - begins) * DIGIT_SIDE) / side]);
    }
    return shares;
  });
}

// Pillow's bicubic enlargement of a side, in the same form; it begins `start` pixels in.
function bicubicShares(length, side, start) {
  const cubic = (x) => {
    const t = Math.abs(x);
    if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
    return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
  };
  const shares = Array.from({ length }, () => []);
  for (let part = 0; part < DIGIT_SIDE; part += 1) {
    const middle = ((part + 0.5) * side) / DIGIT_SIDE;
    const first = Math.max(0, Math.trunc(middle - 2 + 0.5));
    const last = Math.min(side, Math.trunc(middle + 2 + 0.5));
    const weights = [];
    for (let at = first; at < last; at += 1) weights.push(cubic(at - middle + 0.5));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, place) => {
      shares[first + place - start]?.push([part, weight / total]);
    });
  }
  return shares;
}

// The longer side to 20 pixels, each the mean of the area it covers; the strongest ink is 1.
function fitIntoSquare({ values, width, height }) {
  const side = Math.max(width, height);
  const shares = (length) =>
    side < DIGIT_SIDE
      ? bicubicShares(length, side, (side - length) >> 1)
      : areaShares(length, side);
  const [across, down] = [shares(width), shares(height)];
  const digit = new Float64Array(DIGIT_SIDE * DIGIT_SIDE);
  for (let y = 0; y < height; y += 1) {
    const row = new Float64Array(DIGIT_SIDE);
    for (let x = 0; x < width; x += 1) {
      const ink = values[y * width + x];
      if (ink) for (const [part, share] of across[x]) row[part] += share * ink;
    }
    for (const [part, share] of down[y])
      for (let x = 0; x < DIGIT_SIDE; x += 1) digit[part * DIGIT_SIDE + x] += share * row[x];
  }
  const clipped = digit.map((value) => Math.min(Math.max(value, 0), 1));
  const strongest = Math.max(...clipped);
  return clipped.map((value) => value / strongest);
}

// By whole pixels, so that the centre of mass lies in the middle pixel; never over the edge.
function centreByMass(digit) {
  let [total, across, down] = [0, 0, 0];
  digit.forEach((ink, at) => {
    total += ink;
    across += ink * (at % DIGIT_SIDE);
    down += ink * Math.floor(at / DIGIT_SIDE);
  });
  const room = IMAGE_SIDE - DIGIT_SIDE;
  const place = (sum) => {
    const wanted = Number((MIDDLE - 0.5 - sum / total).toFixed(9)); // a tie must stay one
    return Math.min(Math.max(Math.ceil(wanted), 0), room);
  };
  const [left, top] = [place(across), place(down)];
  const image = new Uint8ClampedArray(IMAGE_SIDE * IMAGE_SIDE);
  digit.forEach((ink, at) => {
    const [x, y] = [left + (at % DIGIT_SIDE), top + Math.floor(at / DIGIT_SIDE)];
    image[y * IMAGE_SIDE + x] = rint(255 * ink);
  });
  return image;
}

// (784) bytes, bright ink on black; all black for a blank drawing. `pixels` is an ImageData.
export function prepare(pixels) {
  const { width, height } = pixels;
  const ink = findInk(composite(pixels), width, height);
  if (!ink) return new Uint8ClampedArray(IMAGE_SIDE * IMAGE_SIDE);
  return centreByMass(fitIntoSquare(cropToInk(ink, width, height)));
}
