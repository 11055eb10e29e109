// All maps of one layer in one picture, and which of their values lies where in it.

import { outline, placeUnder, sizeCanvas } from "../grid.js";
import { css, inkScale, signScale } from "../theme.js";

const GAP = 3; // pixels between two maps
const USUAL = 170; // the width of a layer's picture that suits cells of 4 pixels

// Channel, row and column, whatever the layer: a flat one has maps of one row, or of one number.
export const asPlace = ([channel, ...rest], missing = 0) => [
  channel,
  ...[missing, missing, ...rest].slice(-2),
];

export const asIndex = (shape, [channel, row, column]) =>
  [[channel], [channel, column], [channel, row, column]][shape.length - 1];

function layOut(layer, wide) {
  const [channels, height, width] = asPlace(layer.shape, 1);
  const square = Math.ceil(Math.sqrt((channels * (height + 1)) / (width + 1)));
  const across = Math.min(channels, Math.max(1, square));
  const gap = height * width === 1 ? 1 : GAP;
  const fitting = Math.floor((wide - (across - 1) * gap) / (across * width));
  const usual = channels === 1 ? 4 : 4 + 8 / width;
  const largest = channels === 1 ? usual : Math.min(usual, fitting);
  const cell = Math.round(
    Math.max(2, wide > USUAL ? Math.min((usual * wide) / USUAL, fitting) : largest),
  );
  const [stepX, stepY] = [width * cell + gap, height * cell + gap];
  return {
    channels,
    height,
    width,
    across,
    cell,
    stepX,
    stepY,
    wholeWidth: across * stepX - gap,
    wholeHeight: Math.ceil(channels / across) * stepY - gap,
    corner: (channel) => [(channel % across) * stepX, Math.floor(channel / across) * stepY],
  };
}

// How wide a layer's picture is at least.
export const narrowest = (layer) => layOut(layer, 0).wholeWidth;

function crossOut(context, [left, top], width, height, theme) {
  context.strokeStyle = css(theme.ink, 0.6);
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(left, top);
  context.lineTo(left + width, top + height);
  context.moveTo(left + width, top);
  context.lineTo(left, top + height);
  context.stroke();
}

function drawValues(context, layer, layout, theme) {
  const { channels, height, width, cell, corner } = layout;
  const tint = layer.number < 0 ? inkScale(theme, -127, 127) : signScale(theme, 127);
  const colours = Array.from({ length: 256 }, (_, place) => css(tint(place - 128)));
  for (let channel = 0; channel < channels; channel += 1) {
    const [left, top] = corner(channel);
    for (let at = 0; at < height * width; at += 1) {
      context.fillStyle = colours[layer.values[channel * height * width + at] + 128];
      const [row, column] = [Math.floor(at / width), at % width];
      context.fillRect(left + column * cell, top + row * cell, cell, cell);
    }
  }
  for (const channel of layer.off) {
    crossOut(context, corner(channel), width * cell, height * cell, theme);
  }
}

// Draw a layer as wide as there is room; `chosen` is marked, and `region`, the pixels it sees.
export function drawMaps(canvas, layer, theme, { chosen, region }, wide) {
  const layout = layOut(layer, wide);
  const { height, width, cell, corner } = layout;
  const context = sizeCanvas(canvas, layout.wholeWidth, layout.wholeHeight);
  drawValues(context, layer, layout, theme);
  if (layer.number === chosen.number) {
    const [channel, row, column] = asPlace(chosen.index);
    const [left, top] = corner(channel);
    const whole = { width: width * cell + 2, height: height * cell + 2, thickness: 1.5 };
    if (height * width > 1) outline(context, theme, { left: left - 1, top: top - 1, ...whole });
    const one = { left: left + column * cell, top: top + row * cell, width: cell, height: cell };
    outline(context, theme, one);
  }
  if (layer.number < 0 && region) {
    const [[top, bottom], [left, right]] = region;
    outline(context, theme, {
      left: left * cell,
      top: top * cell,
      width: (right - left + 1) * cell,
      height: (bottom - top + 1) * cell,
    });
  }
  return layout;
}

// The channel, row and column under the pointer; null where no map is.
export function valueUnder(canvas, event, layout) {
  const { channels, height, width, across, cell, stepX, stepY } = layout;
  const [y, x] = placeUnder(canvas, event, 1);
  const channel = Math.floor(y / stepY) * across + Math.min(Math.floor(x / stepX), across - 1);
  if (channel < 0 || channel >= channels) return null;
  const row = Math.min(Math.floor((y % stepY) / cell), height - 1);
  return [channel, row, Math.min(Math.floor((x % stepX) / cell), width - 1)];
}
