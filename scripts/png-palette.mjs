/** Makes a screenshot a third of its size: 256 of its colours as a palette; the rest takes the nearest. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/** @param {Buffer} png 8 bits, RGB, not interlaced, as Chromium writes it */
export function withPalette(png) {
  const { width, height, pixels } = decode(png);
  const palette = chosenColours(pixels);
  const indexes = indexed(pixels, palette);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', colours), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Node 20.15 and later have it; before, the table of the PNG specification, Annex D. */
const checksum = typeof crc32 === 'function' ? crc32 : (bytes) => {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
};

function decode(png) {
  const data = [];
  let [width, height] = [0, 0];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (type === 'IHDR') {
      if (body[8] !== 8 || body[9] !== 2 || body[12] !== 0) throw new Error('not an 8 bit RGB image');
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
    }
    if (type === 'IDAT') data.push(body);
  }
  return { width, height, pixels: unfiltered(inflateSync(Buffer.concat(data)), width * 3, height) };
}

/** Undoes the filter of each row (PNG, section 9). */
function unfiltered(raw, stride, height) {
  const pixels = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < 3 ? 0 : pixels[at - 3];
      const up = y === 0 ? 0 : pixels[at - stride];
      const corner = x < 3 || y === 0 ? 0 : pixels[at - stride - 3];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[at] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return pixels;
}

function paeth(left, up, corner) {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Half by how often they are seen; half each the farthest from those so far, or a rare red sign would turn black. */
function chosenColours(pixels) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const all = [...counts].sort((one, other) => other[1] - one[1]).map(([colour]) => colour);
  const chosen = all.slice(0, 128);
  const gaps = all.map((colour) => Math.min(...chosen.map((one) => distance(one, colour))));
  while (chosen.length < Math.min(256, all.length)) {
    const farthest = all[gaps.indexOf(gaps.reduce((most, gap) => Math.max(most, gap), 0))];
    chosen.push(farthest);
    for (const [index, colour] of all.entries()) gaps[index] = Math.min(gaps[index], distance(farthest, colour));
  }
  return chosen;
}

const distance = (one, other) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);

function indexed(pixels, palette) {
  const known = new Map(palette.map((colour, index) => [colour, index]));
  const indexes = Buffer.alloc(pixels.length / 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = pixels.readUIntBE(at, 3);
    let index = known.get(colour);
    if (index === undefined) known.set(colour, (index = nearest(colour, palette)));
    indexes[at / 3] = index;
  }
  return indexes;
}

function nearest(colour, palette) {
  const distances = palette.map((one) => distance(one, colour));
  return distances.indexOf(Math.min(...distances));
}
