import "server-only";
import type { Tx } from "@/lib/db";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { monthIndex } from "../rules/measure";
import { monthEndAfter } from "../rules/periods";
import { keyOfMethod } from "../rules/venture-facts";
import { type Basis, basisSchema } from "../schema";
import { figuresOn, PERFORMANCE_ASKS } from "./asks";

type Load = (id: string) => Promise<Figure | null>;
type Stored = { figure: Figure; ventureId: string | null };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const inputValue = (figure: Figure, name: string): unknown => {
  const input = figure.inputs[name];
  return input && "value" in input ? input.value : undefined;
};

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

/** The windows that a person may have chosen for these figures: their own lengths in months, each measure's own first. */
function spans(figures: Iterable<Figure>): number[] {
  const lengths = new Set<number>();
  for (const figure of figures) {
    const [from, to] = [inputValue(figure, "from"), inputValue(figure, "to")];
    const [opening, day] = [inputValue(figure, "opening"), inputValue(figure, "day")];
    if (typeof from === "string" && typeof to === "string") lengths.add(monthIndex(to) - monthIndex(from) + 1);
    if (typeof opening === "string" && typeof day === "string") lengths.add(monthIndex(day) - monthIndex(opening));
  }
  return [0, ...[...lengths].filter((months) => months > 0)];
}

function basisOf(figures: Iterable<Figure>): Basis {
  for (const figure of figures) {
    const basis = basisSchema.safeParse(inputValue(figure, "basis"));
    if (basis.success) return basis.data;
  }
  return "actual";
}

const POINTS: Readonly<Record<string, string>> = {
  cohort_retention: "cohort",
  cohort_revenue_retention: "cohort",
  mrr_movement: "movement",
  customer_invoiced: "share",
  customer_share: "share",
  invoiced: "share",
};

/** Single points name all that they are made of, so nothing else of the venture is computed; null for other figures. */
async function pointAgain(tx: Tx, ventureId: string, figure: Figure): Promise<Figure[] | null> {
  const { venture: _, ...inputs } = figure.inputs;
  const args = Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) =>
      "value" in input && (typeof input.value === "string" || typeof input.value === "number")
        ? [[name, input.value]]
        : [],
    ),
  );
  const key = keyOfMethod(figure.method);
  const asked = POINTS[key] ?? ((key === "mrr" || key === "customers") && "day" in args ? "billing" : null);
  if (asked) return (await PERFORMANCE_ASKS[asked]?.(tx, ventureId, { rates: figure.asOf, ...args })) ?? null;
  const { metric, day } = args;
  if (typeof metric !== "string") return null;
  const stored = typeof day === "string" ? { ...args, from: day, to: day } : args;
  return (await PERFORMANCE_ASKS.stored?.(tx, ventureId, stored)) ?? null;
}

/** Runs the rules again on the facts as they are now, for the same window; null where those facts are gone. */
export async function recomputeVentureFigure(
  tx: Tx,
  { figure, ventureId }: Stored,
  load: Load,
): Promise<Figure[] | null> {
  const venture = ventureId ? await tx.venture.findUnique({ where: { id: ventureId } }) : null;
  if (!venture) return null;
  const point = await pointAgain(tx, venture.id, figure);
  const alone = point?.find((candidate) => candidate.id === figure.id);
  if (point && alone) return neededBy(alone, point);
  const rests = await closure(figure, load);
  const basis = basisOf(rests.values());
  for (const asOf of frames(rests.values())) {
    for (const span of spans(rests.values())) {
      const figures = await figuresOn(tx, venture, {
        ...{ asOf, span, basis },
        ...(basis === "actual" ? {} : { through: asOf }),
      });
      const again = figures.find((candidate) => candidate.id === figure.id);
      if (again) return neededBy(again, figures);
    }
  }
  return null;
}
