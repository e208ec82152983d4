/** The recommended curve of GB/T 32918.5. */
export const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
export const A = P - 3n;
export const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
export const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

/** Affine; null is the point at infinity. */
export type Point = { x: bigint; y: bigint } | null;
/** Jacobian: x = X / Z², y = Y / Z³; Z = 0 is the point at infinity. */
type Triple = readonly [x: bigint, y: bigint, z: bigint];

export const G = {
  x: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  y: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};
const INFINITY: Triple = [1n, 1n, 0n];
const WINDOWS = 64;

export function mod(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + modulus : rest;
}

/** Extended Euclid; value and modulus have no common divisor. */
export function inverse(value: bigint, modulus: bigint): bigint {
  let [r, next] = [modulus, mod(value, modulus)];
  let [t, nextT] = [0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  return mod(t, modulus);
}

export const isOnCurve = ({ x, y }: { x: bigint; y: bigint }): boolean =>
  x < P && y < P && mod(y * y - (x * x * x + A * x + B), P) === 0n;

function doubled([x, y, z]: Triple): Triple {
  const yy = (y * y) % P;
  const s = (4n * x * yy) % P;
  const zz = (z * z) % P;
  const m = mod(3n * (x - zz) * (x + zz), P);
  const x3 = mod(m * m - 2n * s, P);
  return [x3, mod(m * (s - x3) - 8n * yy * yy, P), (2n * y * z) % P];
}

function added(left: Triple, right: Point): Triple {
  const [x, y, z] = left;
  if (right === null) return left;
  if (z === 0n) return [right.x, right.y, 1n];
  const zz = (z * z) % P;
  const h = mod(right.x * zz - x, P);
  const r = mod(right.y * z * zz - y, P);
  if (h === 0n) return r === 0n ? doubled(left) : INFINITY;
  const hh = (h * h) % P;
  const hhh = (h * hh) % P;
  const v = (x * hh) % P;
  const x3 = mod(r * r - hhh - 2n * v, P);
  return [x3, mod(r * (v - x3) - y * hhh, P), (z * h) % P];
}

function affine([x, y, z]: Triple): Point {
  if (z === 0n) return null;
  const inverted = inverse(z, P);
  const squared = (inverted * inverted) % P;
  return { x: (x * squared) % P, y: (y * squared * inverted) % P };
}

/** All multiples of one point that four bits of a scalar can ask for, so that multiplying it is adding only. */
export class Multiples {
  private readonly rows: Point[][] = [];

  constructor(point: { x: bigint; y: bigint }) {
    let base: Point = point;
    for (let window = 0; window < WINDOWS; window += 1) {
      let sum: Triple = INFINITY;
      const row: Point[] = [null];
      for (let digit = 1; digit < 16; digit += 1) row.push(affine((sum = added(sum, base))));
      this.rows.push(row);
      base = affine(added(sum, base));
    }
  }

  private addTo(start: Triple, scalar: bigint): Triple {
    let sum = start;
    for (const [window, row] of this.rows.entries()) {
      sum = added(sum, row[Number((scalar >> BigInt(4 * window)) & 15n)] ?? null);
    }
    return sum;
  }

  times(scalar: bigint): Point {
    return affine(this.addTo(INFINITY, scalar));
  }

  /** This point times one scalar, plus another times another. */
  timesPlus(scalar: bigint, other: Multiples, by: bigint): Point {
    return affine(other.addTo(this.addTo(INFINITY, scalar), by));
  }
}
