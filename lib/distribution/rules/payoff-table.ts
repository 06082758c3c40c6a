import { engineSchedule } from "./breakpoints";
import { type Engine, outcomeOf } from "./equilibrium";
import { approximate, whole, ZERO } from "./exact";

/**
 * What each class receives as straight lines between exits, in floating point and in flat arrays: for simulations of
 * many exits, never for payments. A forced conversion's jump is the start of a line.
 */
export type PayoffTable = {
  ids: readonly string[];
  /** Where each line begins, ascending from 0. */
  from: Float64Array;
  /** By line, then by class: the payoff where the line begins, and of each further unit of money. */
  start: Float64Array;
  slope: Float64Array;
  /** The line in which each of equally wide stretches begins, up to where the last line begins. */
  lines: Uint32Array;
  stretchesPerUnit: number;
};

const STRETCHES = 4096;

/** The engine's payoffs as a table; exact until the last step. */
export function payoffTable(engine: Engine): PayoffTable {
  const { slopes } = engineSchedule(engine);
  const ids = engine.free.positions.map(({ id }) => id);
  const start = new Float64Array(slopes.length * ids.length);
  const slope = new Float64Array(slopes.length * ids.length);
  slopes.forEach(({ from, to, shares }, line) => {
    const inside = to ? from.add(to).div(whole(2n)) : from.add(whole(1n));
    const { takes } = outcomeOf(engine, inside);
    ids.forEach((_, index) => {
      const share = shares[index] ?? ZERO;
      const there = takes[index]?.total ?? ZERO;
      start[line * ids.length + index] = approximate(there.sub(share.mul(inside.sub(from))));
      slope[line * ids.length + index] = approximate(share);
    });
  });
  const from = Float64Array.from(slopes, (one) => approximate(one.from));
  const last = from.at(-1) ?? 0;
  const stretchesPerUnit = last > 0 ? STRETCHES / last : 0;
  const lines = new Uint32Array(STRETCHES + 1);
  for (let stretch = 0, line = 0; stretch <= STRETCHES; stretch += 1) {
    const begins = stretchesPerUnit > 0 ? stretch / stretchesPerUnit : 0;
    while (line + 1 < from.length && (from[line + 1] ?? 0) <= begins) line += 1;
    lines[stretch] = line;
  }
  return { ids, from, start, slope, lines, stretchesPerUnit };
}

/** The table of somebody who holds these parts of the classes: one column, for all of it together. */
export function combinedTable(table: PayoffTable, parts: readonly number[]): PayoffTable {
  const width = table.ids.length;
  const together = (of: Float64Array) =>
    Float64Array.from(table.from, (_, line) =>
      parts.reduce((total, part, index) => total + part * (of[line * width + index] ?? 0), 0),
    );
  return { ...table, ids: ["together"], start: together(table.start), slope: together(table.slope) };
}

/** What one class receives at each of many exits (at least 0), in their order; into a column of its own if none is given. */
export function payoffColumn(
  table: PayoffTable,
  classIndex: number,
  exits: Float64Array,
  column = new Float64Array(exits.length),
): Float64Array {
  const { from, start, slope, lines, stretchesPerUnit } = table;
  const width = table.ids.length;
  const top = from.length - 1;
  for (let i = 0; i < exits.length; i += 1) {
    const exit = exits[i] as number;
    let line = lines[Math.min(STRETCHES, Math.floor(exit * stretchesPerUnit))] as number;
    // A stretch may round to the line after the exit's own, and may hold several lines.
    while (line > 0 && exit < (from[line] as number)) line -= 1;
    while (line < top && exit >= (from[line + 1] as number)) line += 1;
    const place = line * width + classIndex;
    column[i] = (start[place] as number) + (slope[place] as number) * (exit - (from[line] as number));
  }
  return column;
}
