import "server-only";
import type { Actor } from "@/lib/auth/actor";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { findToldPlan } from "@/lib/valuation/queries/optimization-page";
import { OUT_WORDS } from "@/lib/valuation/rules/optimization/plan";
import type { OptimizationFacts } from "../rules/exit/facts";

type Told = { facts: OptimizationFacts | null; figures: Figure[] };

/** The optimization plan as its page has it; null where no valuation says what a step is worth. */
export async function loadOptimization(actor: Actor, ventureId: string, now: Date): Promise<Told> {
  const told = await findToldPlan(actor, ventureId, now);
  if (!told?.page.valued) return { facts: null, figures: [] };
  const { lines, steps, figures, proven } = told.page;
  const held = new Set(told.told.map(({ id }) => id));
  const quoted = (view: FigureView | null | undefined) => (view && held.has(view.id) ? view.id : null);
  const lever = ({ label, step, effect, cost, perCost }: (typeof lines)[number]) => ({
    ...{ label, step, effect: quoted(effect), cost: quoted(cost), perCost: quoted(perCost) },
  });
  const placed = lines.flatMap((line) => (line.place ? [{ ...lever(line), ...line.place }] : []));
  return {
    facts: {
      ...{ equity: quoted(figures.equity), total: quoted(figures.total), cost: quoted(figures["total-cost"]) },
      ...{ reached: quoted(figures.reached), planned: quoted(figures.planned), gap: quoted(figures.gap), proven },
      sequence: placed.toSorted((a, b) => a.number - b.number),
      left: lines
        .filter(({ place }) => !place)
        .map((line) => ({ ...lever(line), why: line.outReason ? OUT_WORDS[line.outReason] : "–" })),
      kept: steps.map(({ label, endsOn, state, from, to, actual }) => ({
        label,
        endsOn,
        state,
        from,
        to,
        actual: quoted(actual),
      })),
    },
    figures: told.told,
  };
}
