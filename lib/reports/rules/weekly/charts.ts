import type { ChartSeries } from "@/lib/metrics/rules/performance";
import { Exact } from "@/lib/money";
import type { ReportChart } from "../../schema";

const MONTHS = 24;
const NAMES = [
  ...["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"],
  ...["November", "December"],
] as const;
const monthName = (month: string): string => NAMES[Number(month.slice(5, 7)) - 1] ?? month;

type Point = ChartSeries["points"][number];

/** How many months in a row up to the last it went one way; 0 where nobody can tell. */
function run(points: readonly Point[]): { months: number; up: boolean } {
  let months = 0;
  let up = false;
  for (let at = points.length - 1; at > 0; at -= 1) {
    const [is, was] = [points[at]?.value ?? null, points[at - 1]?.value ?? null];
    if (is === null || was === null || new Exact(is).eq(was)) break;
    const rose = new Exact(is).gt(was);
    if (months > 0 && rose !== up) break;
    up = rose;
    months += 1;
  }
  return { months, up };
}

/** The finding in words, without a number that no figure backs: "Revenue rose in October, as in the months before". */
export function finding(label: string, points: readonly Point[]): string {
  const last = points.at(-1);
  if (!last) return `${label}: nothing is known`;
  if (last.value === null) return `${label} of ${monthName(last.month)} is not known`;
  const { months, up } = run(points);
  if (months === 0) return `${label} by month, to ${monthName(last.month)}`;
  const way = up ? "rose" : "fell";
  if (months === 1) return `${label} ${way} in ${monthName(last.month)}`;
  return `${label} ${way} in ${monthName(last.month)}, as in the month${months > 2 ? "s" : ""} before`;
}

/** The last two years of a line with the finding as its title; each point keeps the question that proves it. */
export function weeklyChart({ label, unit, points }: ChartSeries): ReportChart {
  const shown = points.slice(-MONTHS);
  return {
    ...{ kind: "chart", title: finding(label, shown), unit },
    points: shown.map(({ month, value, figure }) => {
      if (!figure?.ask) return { month, value };
      const { id, label: name, asOf, reason, ask } = figure;
      return { month, value, figure: { id, label: name, asOf, reason: reason ?? null, ask } };
    }),
  };
}
