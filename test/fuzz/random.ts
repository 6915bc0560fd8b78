/** A source of choices that gives the same ones again for the same seed and index. */
export interface Random {
  /** 0 ≤ result < `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** One of the values, each as often as the number beside it says. */
  weighted<Value>(values: readonly (readonly [weight: number, value: Value])[]): Value;
  /** `length` results of `make`, `from` to `to` of them. */
  list<Value>(from: number, to: number, make: () => Value): Value[];
}

/** The choices of request `index` in the run with `seed`: any request can be made again without those before it. */
export function randomFor(seed: number, index: number): Random {
  let state = mix(mix(seed >>> 0) ^ mix((index + 0x9e3779b9) >>> 0));
  // mulberry32: quick, and good enough to choose with.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[int(values.length)];
    if (value === undefined && values.length === 0) throw new Error('nothing to pick from');
    return value as Value;
  };
  return {
    int,
    chance: (probability) => next() < probability,
    pick,
    weighted(values) {
      let left = next() * values.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of values) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(values)[1];
    },
    list: (from, to, make) => Array.from({ length: from + int(to - from + 1) }, make),
  };
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
