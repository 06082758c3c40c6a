/** One term of Σ amount × e^(−time × x). */
export type Term = { amount: number; time: number };
/** Where the sum is zero; `touches` without changing its sign there (a double root). */
export type Root = { x: number; touches: boolean; simple: boolean };

/** Relative to the sum of the terms' sizes; below it a value is a zero. */
const NEARLY = 1e-13;
/** Beyond this many terms × changes of sign the isolation would take too long, and a grid is searched instead. */
const MOST_WORK = 200_000;
const GRID = 600;

type Value = { value: number; size: number };

/** The sum divided by its largest exponential, so that it neither overflows nor loses its sign. */
function valueAt(terms: readonly Term[], x: number): Value {
  let top = Number.NEGATIVE_INFINITY;
  for (const { time } of terms) top = Math.max(top, -time * x);
  let [value, size] = [0, 0];
  for (const { amount, time } of terms) {
    const part = amount * Math.exp(-time * x - top);
    value += part;
    size += Math.abs(part);
  }
  return { value, size };
}

function bisect(terms: readonly Term[], from: number, to: number, rises: boolean): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    const { value } = valueAt(terms, middle);
    if (value === 0) return middle;
    if (value > 0 === rises) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Zeros among points between which the sum, times a positive factor, only rises or only falls. */
function between(terms: readonly Term[], points: readonly number[]): Root[] {
  const marks = points.map((x, index) => {
    const { value, size } = valueAt(terms, x);
    const edge = index === 0 || index === points.length - 1;
    return { x, sign: !edge && Math.abs(value) <= NEARLY * size ? 0 : Math.sign(value) };
  });
  const roots: Root[] = [];
  let before = marks[0];
  for (const [index, mark] of marks.entries()) {
    if (index === 0 || !before) continue;
    if (mark.sign === 0) {
      const after = marks.slice(index + 1).find(({ sign }) => sign !== 0);
      const last = roots.at(-1);
      const known = last !== undefined && !last.simple && Math.abs(last.x - mark.x) < 1e-7;
      if (!known) roots.push({ x: mark.x, touches: after?.sign === before.sign, simple: false });
      continue;
    }
    const previous = marks[index - 1];
    if (previous && previous.sign !== 0 && previous.sign !== mark.sign)
      roots.push({ x: bisect(terms, previous.x, mark.x, mark.sign > 0), touches: false, simple: true });
    before = mark;
  }
  return roots;
}

const signChanges = (terms: readonly Term[]): number[] =>
  terms.flatMap(({ amount }, index) => {
    const next = terms[index + 1];
    return next && Math.sign(next.amount) !== Math.sign(amount) ? [index] : [];
  });

/**
 * The derivative of e^(s x) × the sum, with s between two terms of different sign: one change of sign less, as in the
 * proof of Descartes' rule; by Rolle its zeros part those of the sum.
 */
function derived(terms: readonly Term[], change: number): Term[] {
  const s = ((terms[change]?.time ?? 0) + (terms[change + 1]?.time ?? 0)) / 2;
  const raw = terms.map(({ amount, time }) => ({ amount: amount * (s - time), time }));
  const largest = Math.max(...raw.map(({ amount }) => Math.abs(amount)));
  return raw.map(({ amount, time }) => ({ amount: amount / largest, time })).filter(({ amount }) => amount !== 0);
}

function isolate(terms: readonly Term[], low: number, high: number, extra: readonly number[]): Root[] {
  const changes = signChanges(terms);
  const middle = changes[changes.length >> 1];
  if (middle === undefined) return [];
  const parting = isolate(derived(terms, middle), low, high, []).map(({ x }) => x);
  const inner = [...parting, ...extra].sort((a, b) => a - b);
  return between(terms, [low, ...inner, high]);
}

const grid = (low: number, high: number, size: number): number[] =>
  Array.from({ length: size }, (_, index) => low + ((high - low) * (index + 1)) / (size + 1));

/**
 * All zeros in an open interval of a sum of exponentials whose terms are sorted by time, none of them zero. Complete, by
 * Rolle's theorem over as many derivatives as the amounts change their sign (methods b; Descartes); `complete` is false
 * where so many changes leave only a search on a grid.
 */
export function rootsOf(terms: readonly Term[], low: number, high: number): { roots: Root[]; complete: boolean } {
  const changes = signChanges(terms).length;
  if (changes === 0) return { roots: [], complete: true };
  if (changes * terms.length > MOST_WORK)
    return { roots: between(terms, [low, ...grid(low, high, 4 * GRID), high]), complete: false };
  // Many derivatives lose digits: a grid beside their zeros finds what they might part wrongly.
  return { roots: isolate(terms, low, high, changes > 12 ? grid(low, high, GRID) : []), complete: true };
}
