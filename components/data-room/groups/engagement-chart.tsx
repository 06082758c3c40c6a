import type { WeekCount } from "@/lib/data-room/rules/engagement";
import { formatDay } from "@/lib/format";

const [WIDTH, HEIGHT, FOOT] = [640, 120, 18];

/** A bar a week: opens, and above them downloads, darker. The numbers are in the table below. */
export function EngagementChart({ name, weeks }: { name: string; weeks: readonly WeekCount[] }) {
  const most = Math.max(1, ...weeks.map(({ opens, downloads }) => opens + downloads));
  const step = WIDTH / Math.max(8, weeks.length);
  const tall = (count: number) => (count / most) * (HEIGHT - FOOT);
  const best = weeks.reduce<WeekCount | null>(
    (max, one) => (!max || one.opens + one.downloads > max.opens + max.downloads ? one : max),
    null,
  );
  const title = best ? `${name} read most in the week of ${formatDay(best.week)}` : `${name} has not read anything`;
  return (
    <figure className="grid gap-1">
      <figcaption className="text-sm font-medium">{title}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${title}. Opens and downloads by week; the numbers are in the table.`}
        className="w-full max-w-2xl"
      >
        {weeks.map(({ week, opens, downloads }, at) => {
          const base = HEIGHT - FOOT;
          return (
            <g key={week}>
              <rect
                x={at * step + 1}
                width={step - 3}
                y={base - tall(opens)}
                height={tall(opens)}
                className="fill-accent"
                opacity={0.55}
              />
              <rect
                x={at * step + 1}
                width={step - 3}
                y={base - tall(opens + downloads)}
                height={tall(downloads)}
                className="fill-accent"
              />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} className="stroke-line" />
        {weeks.length > 0 ? (
          <text x={0} y={HEIGHT - 4} className="fill-muted" fontSize={11}>
            {formatDay(weeks[0]?.week ?? null)}
          </text>
        ) : null}
      </svg>
    </figure>
  );
}
