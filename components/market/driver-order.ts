import type { DriverLine } from "@/lib/market/rules/drivers";
import { DRIVER_NAMES } from "@/lib/market/schema/timing";

export type DriverOrder = { by: "name" | "percentile" | "direction" | "weight" | null; descending: boolean };

function keyOf({ key, sign, weight, percentile }: DriverLine, by: NonNullable<DriverOrder["by"]>) {
  if (by === "name") return DRIVER_NAMES[key];
  if (by === "weight") return weight;
  if (percentile === null) return null;
  return by === "percentile" ? percentile : sign * (percentile - 50);
}

/** As the rule lists them, or by a column; what is unknown comes last either way. */
export function inDriverOrder(lines: readonly DriverLine[], { by, descending }: DriverOrder): DriverLine[] {
  if (by === null) return [...lines];
  return [...lines].sort((a, b) => {
    const [x, y] = [keyOf(a, by), keyOf(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x < y ? -1 : x > y ? 1 : 0) * (descending ? -1 : 1);
  });
}
