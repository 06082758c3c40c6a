import "server-only";
import type { Tx } from "@/lib/db";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { ventureFigures } from "../rules/performance";
import { monthEndAfter } from "../rules/periods";
import { loadVentureFacts } from "./performance";

type Load = (id: string) => Promise<Figure | null>;
type Stored = { figure: Figure; ventureId: string | null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The figure and all that it rests on, as stored. */
async function closure(figure: Figure, load: Load, seen = new Map<string, Figure>()): Promise<Map<string, Figure>> {
  if (seen.has(figure.id)) return seen;
  seen.set(figure.id, figure);
  for (const input of Object.values(figure.inputs)) {
    const below = "figure" in input ? await load(input.figure) : null;
    if (below) await closure(below, load, seen);
  }
  return seen;
}

// A figure names the days of its own window; the day on which everything was computed lies up to a year later,
// because comparisons reach back 3 or 12 months. Its own days first: most figures are found there.
function frames(figures: Iterable<Figure>): string[] {
  const days = new Set<string>();
  for (const figure of figures) {
    days.add(figure.asOf);
    for (const input of Object.values(figure.inputs)) {
      const value = "value" in input ? input.value : null;
      if (typeof value === "string" && DAY.test(value)) days.add(value);
    }
  }
  const own = [...days].sort().reverse();
  return [...new Set([0, 12, 3].flatMap((months) => own.map((day) => (months ? monthEndAfter(day, months) : day))))];
}

/** Runs the rules again on the facts as they are now, for the same window; null where those facts are gone. */
export async function recomputeVentureFigure(
  tx: Tx,
  { figure, ventureId }: Stored,
  load: Load,
): Promise<Figure[] | null> {
  const venture = ventureId ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) return null;
  const rests = await closure(figure, load);
  for (const today of frames(rests.values())) {
    const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
    const { figures } = ventureFigures(facts, cohorts);
    const again = figures.find((candidate) => candidate.id === figure.id);
    if (again) return neededBy(again, figures);
  }
  return null;
}
