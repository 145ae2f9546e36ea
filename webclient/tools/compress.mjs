// compress.mjs FOLDER BYTES: writes a .gz and a .br beside each file of the built page that gains by it, for the gateway
// to serve as they are, and fails when the page weighs more than that, compressed.
import { writeFileSync } from 'node:fs';
import { encoded, filesBelow, weigh } from './weight.mjs';

/** A browser must be able to gain at least a tenth. */
const GAIN = 0.9;

const [folder, budget] = process.argv.slice(2);
const files = filesBelow(folder).map((file) => ({ file, ...encoded(file) }));
for (const { file, plain, ...twins } of files) {
  for (const [suffix, bytes] of Object.entries(twins)) {
    if (bytes.length <= plain.length * GAIN) writeFileSync(`${file}.${suffix}`, bytes);
  }
}
weigh(files, Number(budget));
