// In Float64; kernel.assembly.ts says how things lie.

/** Labels every row with its nearest centre, from differences; gives how many labels changed. */
export function assign64(x: usize, n: i32, d: i32, pairs: i32, centers: usize, labels: usize): i32 {
  let changed = 0;
  const size = (<usize>d) << 6;
  for (let start = 0; start < n; start += 8) {
    let least0 = f64x2.splat(f64.MAX_VALUE);
    let least1 = least0;
    let least2 = least0;
    let least3 = least0;
    let nearest0 = i64x2.splat(0);
    let nearest1 = nearest0;
    let nearest2 = nearest0;
    let nearest3 = nearest0;
    let c = centers;
    for (let pair = 0; pair < pairs; pair++) {
      let a0 = f64x2.splat(0);
      let a1 = a0;
      let a2 = a0;
      let a3 = a0;
      let b0 = a0;
      let b1 = a0;
      let b2 = a0;
      let b3 = a0;
      const end = x + size;
      for (let p = x; p < end; p += 64) {
        const ca = v128.load64_splat(c);
        const cb = v128.load64_splat(c, 8);
        c += 16;
        let v = v128.load(p);
        let e = f64x2.sub(v, ca);
        a0 = f64x2.add(a0, f64x2.mul(e, e));
        e = f64x2.sub(v, cb);
        b0 = f64x2.add(b0, f64x2.mul(e, e));
        v = v128.load(p, 16);
        e = f64x2.sub(v, ca);
        a1 = f64x2.add(a1, f64x2.mul(e, e));
        e = f64x2.sub(v, cb);
        b1 = f64x2.add(b1, f64x2.mul(e, e));
        v = v128.load(p, 32);
        e = f64x2.sub(v, ca);
        a2 = f64x2.add(a2, f64x2.mul(e, e));
        e = f64x2.sub(v, cb);
        b2 = f64x2.add(b2, f64x2.mul(e, e));
        v = v128.load(p, 48);
        e = f64x2.sub(v, ca);
        a3 = f64x2.add(a3, f64x2.mul(e, e));
        e = f64x2.sub(v, cb);
        b3 = f64x2.add(b3, f64x2.mul(e, e));
      }
      let index = i64x2.splat(<i64>(pair << 1));
      let lower = f64x2.lt(a0, least0);
      least0 = f64x2.pmin(least0, a0);
      nearest0 = v128.bitselect(index, nearest0, lower);
      lower = f64x2.lt(a1, least1);
      least1 = f64x2.pmin(least1, a1);
      nearest1 = v128.bitselect(index, nearest1, lower);
      lower = f64x2.lt(a2, least2);
      least2 = f64x2.pmin(least2, a2);
      nearest2 = v128.bitselect(index, nearest2, lower);
      lower = f64x2.lt(a3, least3);
      least3 = f64x2.pmin(least3, a3);
      nearest3 = v128.bitselect(index, nearest3, lower);
      index = i64x2.splat(<i64>((pair << 1) | 1));
      lower = f64x2.lt(b0, least0);
      least0 = f64x2.pmin(least0, b0);
      nearest0 = v128.bitselect(index, nearest0, lower);
      lower = f64x2.lt(b1, least1);
      least1 = f64x2.pmin(least1, b1);
      nearest1 = v128.bitselect(index, nearest1, lower);
      lower = f64x2.lt(b2, least2);
      least2 = f64x2.pmin(least2, b2);
      nearest2 = v128.bitselect(index, nearest2, lower);
      lower = f64x2.lt(b3, least3);
      least3 = f64x2.pmin(least3, b3);
      nearest3 = v128.bitselect(index, nearest3, lower);
    }
    const low = v128.shuffle<i32>(nearest0, nearest1, 0, 2, 4, 6);
    const high = v128.shuffle<i32>(nearest2, nearest3, 0, 2, 4, 6);
    const differsLow = i32x4.bitmask(i32x4.ne(v128.load(labels), low));
    const differsHigh = i32x4.bitmask(i32x4.ne(v128.load(labels, 16), high));
    let mask = differsLow | (differsHigh << 4);
    if (n - start < 8) mask &= (1 << (n - start)) - 1;
    changed += popcnt(mask);
    v128.store(labels, low);
    v128.store(labels, high, 16);
    x += size;
    labels += 32;
  }
  return changed;
}

/** Sums the rows of every cluster, and counts them, anew. */
export function sum64(
  x: usize,
  n: i32,
  d: i32,
  k: i32,
  weights: usize,
  labels: usize,
  sums: usize,
  counts: usize,
): void {
  memory.fill(sums, 0, (<usize>(k * d)) << 3);
  memory.fill(counts, 0, (<usize>k) << 3);
  const size = (<usize>d) << 6;
  const end = x + size;
  for (let start = 0; start < n; start += 8) {
    const rows = min(8, n - start);
    for (let lane = 0; lane < rows; lane++) {
      const label = load<i32>(labels + ((<usize>lane) << 2));
      const count = counts + ((<usize>label) << 3);
      const weight = load<f64>(weights + ((<usize>lane) << 3));
      store<f64>(count, load<f64>(count) + weight);
      let sum = sums + ((<usize>(label * d)) << 3);
      let row = x + ((<usize>lane) << 3);
      for (let j = 0; j < d; j++) {
        store<f64>(sum, load<f64>(sum) + weight * load<f64>(row));
        sum += 8;
        row += 64;
      }
    }
    x += size;
    weights += 64;
    labels += 32;
  }
}

/** As lower32, in Float64. */
export function lower64(
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
  for (let start = 0; start < n; start += 8) {
    let a0 = f64x2.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let c = center;
    const end = x + size;
    for (; x < end; x += 64) {
      const v = v128.load64_splat(c);
      c += 8;
      let e = f64x2.sub(v128.load(x), v);
      a0 = f64x2.add(a0, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(x, 16), v);
      a1 = f64x2.add(a1, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(x, 32), v);
      a2 = f64x2.add(a2, f64x2.mul(e, e));
      e = f64x2.sub(v128.load(x, 48), v);
      a3 = f64x2.add(a3, f64x2.mul(e, e));
    }
    a0 = f64x2.pmin(v128.load(from), a0);
    a1 = f64x2.pmin(v128.load(from, 16), a1);
    a2 = f64x2.pmin(v128.load(from, 32), a2);
    a3 = f64x2.pmin(v128.load(from, 48), a3);
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
    a0 = f64x2.mul(a0, v128.load(weights));
    a1 = f64x2.mul(a1, v128.load(weights, 16));
    a2 = f64x2.mul(a2, v128.load(weights, 32));
    a3 = f64x2.mul(a3, v128.load(weights, 48));
    total = f64x2.add(total, f64x2.add(f64x2.add(a0, a1), f64x2.add(a2, a3)));
    weights += 64;
    from += 64;
    to += 64;
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}
