import type { Design } from "@/lib/experiments/schema/design";

/** A file as this design takes it, with made-up counts. */
export function sampleCsv({ arms, metrics }: Design): string {
  const rates = metrics.every(({ kind }) => kind === "rate");
  const head = rates ? "arm,metric,n,successes" : "arm,metric,n,successes,sum,sum_squares";
  const rows = arms.flatMap((arm) =>
    metrics.map(({ key, kind }) => {
      const counted = kind === "rate" ? "500,61" : "500,,1834.5,9120.25";
      return `${arm.key},${key},${counted}${rates || kind !== "rate" ? "" : ",,"}`;
    }),
  );
  return [head, ...rows].join("\n");
}
