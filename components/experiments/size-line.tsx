"use client";

import { plannedSize } from "@/lib/experiments/rules/design";
import { designSchema, type Method } from "@/lib/experiments/schema/design";
import { formatNumber, plural } from "@/lib/format";
import { PLAN_REASONS } from "./words";

/** How large and how long the test would be, while the design is typed. */
export function SizeLine({ design, method }: { design: unknown; method: Method }) {
  const parsed = designSchema.safeParse(design);
  const planned = parsed.success ? plannedSize(parsed.data, method) : null;
  return (
    <div aria-live="polite" className="border-l-3 border-accent bg-wash px-3 py-2">
      {planned === null || !parsed.success ? (
        <p className="text-muted">Fill in the baseline and the effect to see how large the test has to be.</p>
      ) : planned.units === null ? (
        <p>{PLAN_REASONS[planned.reason ?? ""] ?? "No size can be planned for this design."}</p>
      ) : (
        <>
          <p>
            <strong className="font-medium">
              {formatNumber(planned.units, { decimals: 0 })} {parsed.data.unit}
            </strong>{" "}
            in all
            {planned.days === null ? ", give the traffic per day for the duration" : `, ${plural(planned.days, "day")}`}
          </p>
          <p className="text-sm text-muted">
            {planned.perArm
              .map(({ name, units }) => `${name} ${units === null ? "–" : formatNumber(units, { decimals: 0 })}`)
              .join(" · ")}
            {planned.comparisons > 1 ? ` · α shared among ${planned.comparisons} comparisons` : ""}
            {method === "bayesian" ? " · the size of a fixed test, as a guide" : ""}
          </p>
          {planned.days !== null && planned.days > 180 ? (
            <p className="text-sm">More than half a year: choose a larger effect, or a metric that varies less.</p>
          ) : null}
        </>
      )}
    </div>
  );
}
