import { LEVELS } from "@/lib/metrics/rules/levels";

export type MonthPoint = { month: string; value: number | null };
export type Mark = { value: number; label: string };

/** Where the rules draw lines through a metric: the lower bounds of its levels. */
export function marksOf(metric: string, label: (value: number) => string): Mark[] {
  return (LEVELS[metric] ?? []).flatMap((band) =>
    band.from === undefined ? [] : [{ value: Number(band.from), label: label(Number(band.from)) }],
  );
}

const next = (month: string): string => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
};

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/** The smallest distance between two months that were reported: 1 for a monthly series, 3 for a quarterly one. */
function stepOf(months: readonly string[]): number {
  const gaps = months.slice(1).map((month, index) => numberOf(month) - numberOf(months[index] ?? month));
  return gaps.length === 0 ? 1 : Math.min(...gaps);
}

/** The last `months` months up to the newest one, at the series' own pace; what is missing between is unknown. */
export function lastMonths(points: readonly MonthPoint[], months: number): MonthPoint[] {
  const known = new Map(points.map((point) => [point.month.slice(0, 7), point.value]));
  const ordered = [...known.keys()].sort();
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (!first || !last) return [];
  const step = stepOf(ordered);
  const all: MonthPoint[] = [];
  for (let month = first, count = 0; month <= last; month = next(month), count += 1) {
    if (known.has(month) || count % step === 0) all.push({ month, value: known.get(month) ?? null });
  }
  return all.filter((point) => numberOf(last) - numberOf(point.month) < months);
}

// Less than this over a year is standing still.
const FLAT = 0.02;

/** The finding as a title, in words: the last crossing of a mark within a year, or else the direction over it. */
export function trendFinding(
  label: string,
  points: readonly MonthPoint[],
  marks: readonly Mark[],
  monthName: (month: string) => string,
): string {
  const year = lastMonths(points, 13);
  const known = year.filter((point): point is { month: string; value: number } => point.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return `${label}: not enough is known for a trend`;
  const crossing = lastCrossing(known, marks);
  if (crossing)
    return `${label} ${crossing.up ? "rose above" : "fell below"} ${crossing.mark.label} in ${monthName(crossing.month)}`;
  const change = (last.value - first.value) / (Math.abs(first.value) || 1);
  if (Math.abs(change) < FLAT) return `${label} stood still over the year`;
  return `${label} ${change > 0 ? "rose" : "fell"} over the year`;
}

function lastCrossing(known: readonly { month: string; value: number }[], marks: readonly Mark[]) {
  for (let i = known.length - 1; i > 0; i -= 1) {
    const [before, after] = [known[i - 1], known[i]];
    if (!before || !after) continue;
    const crossed = marks.filter((mark) => before.value < mark.value !== after.value < mark.value);
    const up = after.value > before.value;
    const mark = up ? crossed.at(-1) : crossed[0];
    if (mark) return { mark, up, month: after.month };
  }
  return null;
}
