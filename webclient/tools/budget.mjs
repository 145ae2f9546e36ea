// budget.mjs FOLDER BYTES: fails when what is in the folder weighs more than that, compressed.
import { encoded, filesBelow, weigh } from './weight.mjs';

const [folder, budget] = process.argv.slice(2);
weigh(filesBelow(folder).map((file) => ({ file, ...encoded(file) })), Number(budget));
