import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import type { ExitTiming, TimingFacts } from "../rules/exit-timing";
import { partOf } from "../rules/timing-figures";
import { TIMING, type TimingAssumptions } from "../schema/timing";
import type { SeriesView } from "./series";
import { findTimedVenture, loadTiming } from "./timing";

export type TimingPage = {
  venture: { id: string; slug: string; name: string; currency: string; sector: string; businessModel: string };
  today: string;
  version: number;
  reason: string | null;
  assumptions: TimingAssumptions;
  facts: TimingFacts;
  timing: ExitTiming;
  /** By part: "score", "driver.yield.percentile", "waiting.12.p50", and the venture's own: "own.valuation". */
  figures: Record<string, FigureView>;
  options: SeriesView[];
};

const OWN_PARTS: Readonly<Record<string, string>> = {
  ...{ valuation: "own.valuation", revenue_12m: "own.revenue", growth_rate: "own.growth" },
  ...{ exit_readiness: "own.readiness", cash_runway: "own.runway" },
};

function nameOf(figure: Figure): string | null {
  if (figure.method.startsWith(`${TIMING}.`)) return partOf(figure);
  const key = figure.method.replace(/^metrics\.venture\./, "").replace(/@\d+$/, "");
  return OWN_PARTS[key] ?? null;
}

/** What the timing page shows; null for a venture out of sight. */
export async function findTiming(
  actor: Actor,
  ventureId: string,
  now: Date,
  asOf?: string,
): Promise<TimingPage | null> {
  if (!maySeeVenture(actor, ventureId)) return null;
  return atOneMoment(async (tx) => {
    const venture = await findTimedVenture(tx, ventureId);
    if (!venture) return null;
    const today = todayOf(venture, now);
    const day = asOf && asOf < today ? asOf : today;
    const { kept, facts, timing, figures, options } = await loadTiming(tx, venture, day, null);
    const args = { venture: ventureId, day, version: kept.version };
    const views = figures.flatMap((figure) => {
      const name = nameOf(figure);
      return name ? [[name, askedView(figure, { of: TIMING, args })] as const] : [];
    });
    const { id, slug, name, currency, sector, businessModel } = venture;
    return {
      venture: { id, slug, name, currency, sector, businessModel },
      ...{ today: day, version: kept.version, reason: kept.reason, assumptions: kept.assumptions, facts, timing },
      ...{ figures: Object.fromEntries(views), options },
    };
  });
}
