import { Exact } from "@/lib/money";

/** Colour and shape on a screen; the word is the level's own (spec/stage-40, section 5). */
export type Tone = "critical" | "warning" | "healthy" | "excellent" | "unknown";
export type Level = { word: string; tone: Tone };

type Band = Level & {
  /** Lower bound; absent: none. */
  from?: string;
  fromInclusive?: boolean;
  to?: string;
  toInclusive?: boolean;
};

/** Shares and rates as fractions (0.05 is 5 %); readiness in points, runway in months. */
export const LEVELS: Readonly<Record<string, readonly Band[]>> = {
  growth_rate: [
    { word: "critical", tone: "critical", to: "0.05" },
    { word: "warning", tone: "warning", from: "0.05", fromInclusive: true, to: "0.15" },
    { word: "healthy", tone: "healthy", from: "0.15", fromInclusive: true, to: "0.3", toInclusive: true },
    { word: "excellent", tone: "excellent", from: "0.3" },
  ],
  valuation_change: [
    { word: "critical", tone: "critical", to: "-0.15" },
    { word: "warning", tone: "warning", from: "-0.15", fromInclusive: true, to: "-0.05" },
    { word: "stable", tone: "healthy", from: "-0.05", fromInclusive: true, to: "0.05", toInclusive: true },
    { word: "rising", tone: "healthy", from: "0.05", to: "0.15", toInclusive: true },
    { word: "excellent", tone: "excellent", from: "0.15" },
  ],
  exit_readiness: [
    { word: "not ready", tone: "critical", to: "70" },
    { word: "approaching", tone: "warning", from: "70", fromInclusive: true, to: "85" },
    { word: "ready", tone: "healthy", from: "85", fromInclusive: true, to: "95", toInclusive: true },
    { word: "optimal", tone: "excellent", from: "95" },
  ],
  cash_runway: [
    { word: "urgent", tone: "critical", to: "6" },
    { word: "watch", tone: "warning", from: "6", fromInclusive: true, to: "12", toInclusive: true },
    { word: "healthy", tone: "healthy", from: "12" },
  ],
  customer_concentration: [
    { word: "healthy", tone: "healthy", to: "0.3" },
    { word: "moderate", tone: "warning", from: "0.3", fromInclusive: true, to: "0.5", toInclusive: true },
    { word: "concentrated", tone: "critical", from: "0.5" },
  ],
  team_retention: [
    { word: "concerning", tone: "critical", to: "0.7" },
    { word: "acceptable", tone: "warning", from: "0.7", fromInclusive: true, to: "0.85", toInclusive: true },
    { word: "stable", tone: "healthy", from: "0.85" },
  ],
};

export const UNKNOWN_LEVEL: Level = { word: "unknown", tone: "unknown" };

const within = (value: Exact, band: Band): boolean => {
  if (band.from !== undefined && !(band.fromInclusive ? value.gte(band.from) : value.gt(band.from))) return false;
  return band.to === undefined || (band.toInclusive ? value.lte(band.to) : value.lt(band.to));
};

/**
 * The level of a computed metric, or null where the metric has none. A missing value is unknown, never green; a runway
 * without burn ("unlimited") is healthy.
 */
export function levelOf(metric: string, value: string | null, reason?: string | null): Level | null {
  const bands = LEVELS[metric];
  if (!bands) return null;
  if (value === null) {
    if (metric === "cash_runway" && reason === "not-burning") return { word: "healthy", tone: "healthy" };
    return UNKNOWN_LEVEL;
  }
  const exact = new Exact(value);
  const band = bands.find((candidate) => within(exact, candidate));
  return band ? { word: band.word, tone: band.tone } : UNKNOWN_LEVEL;
}
