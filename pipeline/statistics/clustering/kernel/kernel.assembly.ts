// AssemblyScript, compiled by scripts/kernel/build.mjs with the files it names into kernel-bytes.ts; nothing
// else reads them.
//
// Rows lie in blocks: 64 bytes of the first column (16 rows in Float32, 8 in Float64), 64 bytes of the
// second, and so on. The last block is filled up with rows of zeros. Centres lie in pairs, their
// coordinates alternating; an odd one's partner is too far to be nearest. Weights say how many rows each
// row stands for. Sums are taken in Float64.

export { assign32, lower32 } from './float32.assembly';
export { assign64, lower64, sum64 } from './float64.assembly';
