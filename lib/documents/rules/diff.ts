/** Myers' O(ND) difference of two sequences ("An O(ND) Difference Algorithm and Its Variations", 1986). Pure. */
export type Change = { op: "keep" | "insert" | "delete"; text: string };

/** Past this many changes it is another text: everything between what both begin and end with is replaced. */
const MOST_CHANGES = 3_000;

function path(a: readonly string[], b: readonly string[]): Int32Array[] | null {
  const most = Math.min(a.length + b.length, MOST_CHANGES);
  const offset = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(reach.slice(offset - d - 1, offset + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (reach[offset + k - 1] ?? 0) < (reach[offset + k + 1] ?? 0));
      let x = down ? (reach[offset + k + 1] ?? 0) : (reach[offset + k - 1] ?? 0) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      reach[offset + k] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return null;
}

/** Walks the path back from the end; each step of the trace holds the reach from −d−1 to d+1. */
function backtrack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): Change[] {
  const changes: Change[] = [];
  let [x, y] = [a.length, b.length];
  const keep = () => changes.push({ op: "keep", text: a[--x] ?? "" });
  for (let d = trace.length - 1; d > 0; d--) {
    const reach = trace[d] ?? new Int32Array();
    const at = (k: number): number => reach[k + d + 1] ?? 0;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromX = down ? at(k + 1) : at(k - 1);
    const fromY = fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) {
      keep();
      y -= 1;
    }
    if (down) changes.push({ op: "insert", text: b[--y] ?? "" });
    else changes.push({ op: "delete", text: a[--x] ?? "" });
  }
  while (x > 0 && y > 0) {
    keep();
    y -= 1;
  }
  return changes.reverse();
}

const all = (op: Change["op"], texts: readonly string[]): Change[] => texts.map((text) => ({ op, text }));

/** What makes `b` of `a`: kept and deleted together are `a`, kept and inserted together are `b`. */
export function diff(a: readonly string[], b: readonly string[]): Change[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const [before, after] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const trace = path(before, after);
  const middle = trace ? backtrack(before, after, trace) : [...all("delete", before), ...all("insert", after)];
  return [...all("keep", a.slice(0, head)), ...middle, ...all("keep", a.slice(a.length - tail))];
}

/** Words with the blanks behind them apart, so that a changed word changes no blank. */
export const wordsOf = (text: string): string[] =>
  text.match(/\s+|[\p{L}\p{N}][\p{L}\p{N}.,'’%-]*[\p{L}\p{N}%]|\S/gu) ?? [];
