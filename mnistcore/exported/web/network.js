// A network's layers, one after the other. Values lie as rows, columns, channels. A blank image goes
// through once; of a drawing only what differs from it is followed, which for most values is nothing.
// The innermost loop of wide convolutions is `spread.wat`; where a browser has no such thing, or the
// layer is narrow, it is done here.

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
const floats = (text) => new Float32Array(bytes(text));

// None where a browser knows no vectors.
function compiled(text) {
  const code = bytes(text);
  return globalThis.WebAssembly?.validate(code) ? new WebAssembly.Module(code) : null;
}

// Whole numbers, the outputs last, times a scale for each output.
function unpack({ numbers, scales }) {
  const whole = new Int16Array(bytes(numbers));
  const scale = floats(scales);
  return Float32Array.from(whole, (number, at) => number * scale[at % scale.length]);
}

// output[to ...] += value * weight[from ...], the innermost loop of all.
function addScaled(output, to, weight, from, value, count) {
  let at = 0;
  for (; at + 3 < count; at += 4) {
    const [o, w] = [to + at, from + at];
    output[o] += value * weight[w];
    output[o + 1] += value * weight[w + 1];
    output[o + 2] += value * weight[w + 2];
    output[o + 3] += value * weight[w + 3];
  }
  for (; at < count; at += 1) output[to + at] += value * weight[from + at];
}

// The places of an output that a place of the input counts for, along one axis: [kernel, output].
function reaches(layer, axis) {
  const { kernel, stride, padding, dilation, given, gives } = layer;
  return Array.from({ length: given[axis] }, (_, place) => {
    const found = [];
    for (let k = 0; k < kernel[axis]; k += 1) {
      const output = (place + padding[axis] - k * dilation[axis]) / stride[axis];
      if (Number.isInteger(output) && output >= 0 && output < gives[axis]) found.push([k, output]);
    }
    return found;
  });
}

// A convolution whose sums lie in WebAssembly's memory, after its input and its weights.
class Spread {
  constructor(module, layer, weight) {
    const { given, gives } = layer;
    this.sizes = [given, [weight.length], gives].map((shape) =>
      shape.reduce((product, length) => product * length, 1),
    );
    const { exports } = new WebAssembly.Instance(module);
    this.spread = exports.spread;
    const bytesNeeded = 4 * this.sizes.reduce((sum, size) => sum + size, 0);
    exports.memory.grow(Math.ceil(bytesNeeded / 65536));
    let start = 0;
    [this.change, this.weight, this.sums] = this.sizes.map((size) => {
      const values = new Float32Array(exports.memory.buffer, start, size);
      start += 4 * size;
      return values;
    });
    this.weight.set(weight);
  }

  static fits({ kind, groups, gives }) {
    return kind === "Conv2d" && groups === 1 && gives[2] % 16 === 0;
  }

  convolve(layer, change, output) {
    const { kernel, given, gives, down, across } = layer;
    const [channels, outputs] = [given[2], gives[2]];
    this.change.set(change);
    this.sums.set(output);
    for (let place = 0; place < given[0] * given[1]; place += 1) {
      const from = place * channels;
      if (!change.subarray(from, from + channels).some(Boolean)) continue;
      for (const [ky, y] of down[Math.floor(place / given[1])])
        for (const [kx, x] of across[place % given[1]])
          this.spread(
            4 * from,
            channels,
            this.weight.byteOffset + 4 * (ky * kernel[1] + kx) * channels * outputs,
            this.sums.byteOffset + 4 * (y * gives[1] + x) * outputs,
            outputs,
          );
    }
    output.set(this.sums);
  }
}

function convolve(layer, change, output) {
  if (layer.spread) return layer.spread.convolve(layer, change, output);
  const { kernel, groups, given, gives, weight } = layer;
  const [channels, outputs] = [given[2], gives[2]];
  const [own, count] = [channels / groups, outputs / groups];
  for (let place = 0, at = 0; place < given[0] * given[1]; place += 1) {
    const downs = layer.down[Math.floor(place / given[1])];
    const acrosses = layer.across[place % given[1]];
    for (let channel = 0; channel < channels; channel += 1, at += 1) {
      const value = change[at];
      if (value === 0) continue;
      const group = Math.floor(channel / own);
      for (const [ky, down] of downs)
        for (const [kx, across] of acrosses) {
          const to = (down * gives[1] + across) * outputs + group * count;
          const row = (ky * kernel[1] + kx) * own + (channel - group * own);
          addScaled(output, to, weight, row * outputs + group * count, value, count);
        }
    }
  }
}

function multiply(layer, change, output) {
  for (let at = 0; at < change.length; at += 1)
    if (change[at])
      addScaled(output, 0, layer.weight, at * output.length, change[at], output.length);
}

// Pooling asks each place of the output what lies under its window.
function pool(layer, input) {
  const { kernel, stride, padding, dilation, given, gives, countsPadding: counted } = layer;
  const output = new Float32Array(gives[0] * gives[1] * gives[2]);
  for (let at = 0; at < output.length; at += 1) {
    const channel = at % gives[2];
    const place = Math.floor(at / gives[2]);
    const top = Math.floor(place / gives[1]) * stride[0] - padding[0];
    const left = (place % gives[1]) * stride[1] - padding[1];
    let [sum, most, seen] = [0, -Infinity, 0];
    for (let ky = 0; ky < kernel[0]; ky += 1)
      for (let kx = 0; kx < kernel[1]; kx += 1) {
        const [y, x] = [top + ky * dilation[0], left + kx * dilation[1]];
        if (y < 0 || x < 0 || y >= given[0] || x >= given[1]) continue;
        const value = input[(y * given[1] + x) * given[2] + channel];
        sum += value;
        most = Math.max(most, value);
        seen += 1;
      }
    output[at] = layer.kind === "MaxPool2d" ? most : sum / (counted ? kernel[0] * kernel[1] : seen);
  }
  return output;
}

// torch flattens channels first.
function flatten({ given: [rows, columns, channels] }, input) {
  const output = new Float32Array(input.length);
  for (let at = 0; at < input.length; at += 1)
    output[(at % channels) * rows * columns + Math.floor(at / channels)] = input[at];
  return output;
}

const scaled = ({ weight, bias }, input) =>
  input.map((value, at) => value * weight[at % weight.length] + bias[at % bias.length]);

const WHOLE = {
  ReLU: (_, input) => input.map((value) => Math.max(value, 0)),
  Flatten: flatten,
  MaxPool2d: pool,
  AvgPool2d: pool,
  BatchNorm: scaled,
};
const LINEAR = { Conv2d: convolve, Linear: multiply };

// What a layer makes of a blank image: its biases, and its kernels on the paper's own value.
function ofBlank(layer, input) {
  if (!LINEAR[layer.kind]) return WHOLE[layer.kind](layer, input);
  const size = layer.gives.reduce((product, length) => product * length, 1);
  const output = Float32Array.from({ length: size }, (_, at) => layer.bias[at % layer.bias.length]);
  LINEAR[layer.kind](layer, input, output);
  return output;
}

function ofDrawing(layer, input) {
  if (!LINEAR[layer.kind]) return WHOLE[layer.kind](layer, input);
  const output = layer.blankOutput.slice();
  const change = input.map((value, at) => value - layer.blankInput[at]);
  LINEAR[layer.kind](layer, change, output);
  return output;
}

// What leaves at one edge comes back at the other.
function rolled(image, [down, right], side) {
  if (!down && !right) return image;
  const moved = new Uint8ClampedArray(image.length);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      moved[((y + down + side) % side) * side + ((x + right + side) % side)] = image[y * side + x];
  return moved;
}

// `description` as `mnistcore.exported.web_page` writes it.
export class Network {
  constructor(description) {
    Object.assign(this, description);
    const module = compiled(this.spread);
    let values = this.normalised(new Uint8ClampedArray(this.side * this.side));
    for (const layer of this.layers) {
      if (layer.packed) layer.weight = unpack(layer.packed);
      if (layer.kind === "Conv2d") {
        layer.down = reaches(layer, 0);
        layer.across = reaches(layer, 1);
      }
      if (module && Spread.fits(layer)) layer.spread = new Spread(module, layer, layer.weight);
      if (layer.factors) layer.weight = floats(layer.factors);
      if (layer.biases) layer.bias = floats(layer.biases);
      layer.blankInput = values;
      values = layer.blankOutput = ofBlank(layer, values);
    }
  }

  normalised(image) {
    return Float32Array.from(image, (value) => (value / 255 - this.mean) / this.std);
  }

  // The outputs of one look, and what every layer that is shown made of the image.
  look(image) {
    const maps = [];
    let values = this.normalised(image);
    for (const layer of this.layers) {
      values = ofDrawing(layer, values);
      if (layer.shown) maps.push({ shape: layer.gives, values });
    }
    return { logits: values, maps };
  }

  // (784) bytes to ten probabilities, whether it looks like a digit, and the maps of the first look.
  read(image) {
    const looks = this.shifts.map((shift) => this.look(rolled(image, shift, this.side)));
    const mean = looks[0].logits.map(
      (_, k) => looks.reduce((sum, { logits }) => sum + logits[k], 0) / looks.length,
    );
    const digits = Array.from(mean.subarray(0, 10));
    const most = Math.max(...digits);
    const total = (values) => values.reduce((sum, value) => sum + value, 0);
    const powers = digits.map((logit) => Math.exp((logit - most) / this.temperature));
    const odds = mean[10] - most - Math.log(total(digits.map((logit) => Math.exp(logit - most))));
    return {
      probabilities: powers.map((power) => power / total(powers)),
      looksLikeADigit: this.threshold === null || odds <= this.threshold,
      maps: looks[0].maps,
    };
  }
}
