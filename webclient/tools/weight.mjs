// How heavy files are on the way to a browser, and whether that is within a budget.

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ENCODERS = {
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
};

/** Every file below a folder that is sent as it is; maps are for developers only. */
export function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(name);
    return /\.(gz|br|map|d\.ts)$/.test(name) ? [] : [name];
  });
}

/** The bytes of a file as they are, and by encoding. */
export function encoded(file) {
  const bytes = readFileSync(file);
  return { plain: bytes, ...Object.fromEntries(Object.entries(ENCODERS).map(([suffix, encode]) => [suffix, encode(bytes)])) };
}

/** Prints what the files weigh with gzip, the worse of the two encodings; ends the process with 1 beyond the budget. */
export function weigh(files, budgetBytes) {
  const sizes = files.map(({ file, gz, br }) => [path.basename(file), gz.length, br.length]);
  const total = sizes.reduce((sum, [, gz]) => sum + gz, 0);
  for (const [name, gz, br] of sizes) console.log(`${name.padEnd(28)} ${String(gz).padStart(7)} B gzip ${String(br).padStart(7)} B brotli`);
  console.log(`${String(total)} of ${budgetBytes} bytes`);
  if (total <= budgetBytes) return;
  console.error(`too heavy by ${total - budgetBytes} bytes`);
  process.exitCode = 1;
}
