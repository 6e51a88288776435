// In Float32; kernel.assembly.ts says how things lie.

/** Takes a row away from the sum of cluster `from` (none where negative), and adds it to that of `to`. */
function move32(
  row: usize,
  d: i32,
  weight: f64,
  from: i32,
  to: i32,
  sums: usize,
  counts: usize,
): void {
  let added = sums + ((<usize>(to * d)) << 3);
  const count = counts + ((<usize>to) << 3);
  store<f64>(count, load<f64>(count) + weight);
  if (from < 0) {
    for (let j = 0; j < d; j++) {
      store<f64>(added, load<f64>(added) + weight * <f64>load<f32>(row));
      row += 64;
      added += 8;
    }
    return;
  }
  let taken = sums + ((<usize>(from * d)) << 3);
  const left = counts + ((<usize>from) << 3);
  store<f64>(left, load<f64>(left) - weight);
  for (let j = 0; j < d; j++) {
    const value = weight * <f64>load<f32>(row);
    store<f64>(added, load<f64>(added) + value);
    store<f64>(taken, load<f64>(taken) - value);
    row += 64;
    added += 8;
    taken += 8;
  }
}

/** Moves those of up to 16 rows whose label changes; gives how many did. */
function relabel32(
  block: usize,
  rows: i32,
  d: i32,
  weights: usize,
  labels: usize,
  found: usize,
  sums: usize,
  counts: usize,
): i32 {
  let changed = 0;
  for (let lane = 0; lane < rows; lane++) {
    const at = (<usize>lane) << 2;
    const to = load<i32>(found + at);
    const from = load<i32>(labels + at);
    if (from == to) continue;
    store<i32>(labels + at, to);
    move32(block + at, d, <f64>load<f32>(weights + at), from, to, sums, counts);
    changed++;
  }
  return changed;
}

/**
 * Labels every row with its nearest centre, by |c|^2 - 2 x.c: `centers` holds -2 c, `norms` |c|^2. Rows
 * that change their cluster (label -1: they have none yet) move from sum to sum. Gives how many changed.
 * `found` is room for 16 labels.
 */
export function assign32(
  x: usize,
  n: i32,
  d: i32,
  pairs: i32,
  centers: usize,
  norms: usize,
  weights: usize,
  labels: usize,
  sums: usize,
  counts: usize,
  found: usize,
): i32 {
  let changed = 0;
  const size = (<usize>d) << 6;
  for (let start = 0; start < n; start += 16) {
    let least0 = f32x4.splat(f32.MAX_VALUE);
    let least1 = least0;
    let least2 = least0;
    let least3 = least0;
    let nearest0 = i32x4.splat(0);
    let nearest1 = nearest0;
    let nearest2 = nearest0;
    let nearest3 = nearest0;
    let c = centers;
    let norm = norms;
    for (let pair = 0; pair < pairs; pair++) {
      let a0 = v128.load32_splat(norm);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = v128.load32_splat(norm, 4);
      let b1 = b0;
      let b2 = b0;
      let b3 = b0;
      const end = x + size;
      for (let p = x; p < end; p += 64) {
        const ca = v128.load32_splat(c);
        const cb = v128.load32_splat(c, 4);
        c += 8;
        let v = v128.load(p);
        a0 = f32x4.add(a0, f32x4.mul(v, ca));
        b0 = f32x4.add(b0, f32x4.mul(v, cb));
        v = v128.load(p, 16);
        a1 = f32x4.add(a1, f32x4.mul(v, ca));
        b1 = f32x4.add(b1, f32x4.mul(v, cb));
        v = v128.load(p, 32);
        a2 = f32x4.add(a2, f32x4.mul(v, ca));
        b2 = f32x4.add(b2, f32x4.mul(v, cb));
        v = v128.load(p, 48);
        a3 = f32x4.add(a3, f32x4.mul(v, ca));
        b3 = f32x4.add(b3, f32x4.mul(v, cb));
      }
      norm += 8;
      let index = i32x4.splat(pair << 1);
      let lower = f32x4.lt(a0, least0);
      least0 = f32x4.pmin(least0, a0);
      nearest0 = v128.bitselect(index, nearest0, lower);
      lower = f32x4.lt(a1, least1);
      least1 = f32x4.pmin(least1, a1);
      nearest1 = v128.bitselect(index, nearest1, lower);
      lower = f32x4.lt(a2, least2);
      least2 = f32x4.pmin(least2, a2);
      nearest2 = v128.bitselect(index, nearest2, lower);
      lower = f32x4.lt(a3, least3);
      least3 = f32x4.pmin(least3, a3);
      nearest3 = v128.bitselect(index, nearest3, lower);
      index = i32x4.splat((pair << 1) | 1);
      lower = f32x4.lt(b0, least0);
      least0 = f32x4.pmin(least0, b0);
      nearest0 = v128.bitselect(index, nearest0, lower);
      lower = f32x4.lt(b1, least1);
      least1 = f32x4.pmin(least1, b1);
      nearest1 = v128.bitselect(index, nearest1, lower);
      lower = f32x4.lt(b2, least2);
      least2 = f32x4.pmin(least2, b2);
      nearest2 = v128.bitselect(index, nearest2, lower);
      lower = f32x4.lt(b3, least3);
      least3 = f32x4.pmin(least3, b3);
      nearest3 = v128.bitselect(index, nearest3, lower);
    }
    const different = v128.or(
      v128.or(v128.xor(v128.load(labels), nearest0), v128.xor(v128.load(labels, 16), nearest1)),
      v128.or(v128.xor(v128.load(labels, 32), nearest2), v128.xor(v128.load(labels, 48), nearest3)),
    );
    if (v128.any_true(different)) {
      v128.store(found, nearest0);
      v128.store(found, nearest1, 16);
      v128.store(found, nearest2, 32);
      v128.store(found, nearest3, 48);
      changed += relabel32(x, min(16, n - start), d, weights, labels, found, sums, counts);
    }
    x += size;
    weights += 64;
    labels += 64;
  }
  return changed;
}

/**
 * For k-means++: to[i] = the lower of from[i] and row i's squared distance to a centre; gives their
 * sum by weight. `from` is 0 for the rows of zeros that fill up the last block.
 */
export function lower32(
  x: usize,
  n: i32,
  d: i32,
  center: usize,
  weights: usize,
  from: usize,
  to: usize,
): f64 {
  let total = f64x2.splat(0);
  const size = (<usize>d) << 6;
  for (let start = 0; start < n; start += 16) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let c = center;
    const end = x + size;
    for (; x < end; x += 64) {
      const v = v128.load32_splat(c);
      c += 4;
      let e = f32x4.sub(v128.load(x), v);
      a0 = f32x4.add(a0, f32x4.mul(e, e));
      e = f32x4.sub(v128.load(x, 16), v);
      a1 = f32x4.add(a1, f32x4.mul(e, e));
      e = f32x4.sub(v128.load(x, 32), v);
      a2 = f32x4.add(a2, f32x4.mul(e, e));
      e = f32x4.sub(v128.load(x, 48), v);
      a3 = f32x4.add(a3, f32x4.mul(e, e));
    }
    a0 = f32x4.pmin(v128.load(from), a0);
    a1 = f32x4.pmin(v128.load(from, 16), a1);
    a2 = f32x4.pmin(v128.load(from, 32), a2);
    a3 = f32x4.pmin(v128.load(from, 48), a3);
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
    a0 = f32x4.mul(a0, v128.load(weights));
    a1 = f32x4.mul(a1, v128.load(weights, 16));
    a2 = f32x4.mul(a2, v128.load(weights, 32));
    a3 = f32x4.mul(a3, v128.load(weights, 48));
    const sum = f32x4.add(f32x4.add(a0, a1), f32x4.add(a2, a3));
    total = f64x2.add(total, f64x2.promote_low_f32x4(sum));
    total = f64x2.add(total, f64x2.promote_low_f32x4(v128.shuffle<i64>(sum, sum, 1, 0)));
    weights += 64;
    from += 64;
    to += 64;
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}
