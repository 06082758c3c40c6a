import "server-only";
import type { Tx } from "@/lib/db";
import { neededBy } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { loadTriggerFacts } from "./trigger-facts";

type Stored = { figure: Figure; ventureId: string | null };

/** A number of a trigger computed again from the facts as they are now, on the day that it was asked of. */
export async function recomputeTriggerFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const { day } = figure.inputs;
  if (!ventureId || !day || !("value" in day) || typeof day.value !== "string") return null;
  const facts = await loadTriggerFacts(tx, ventureId, day.value);
  const again = facts?.figures.find(({ id }) => id === figure.id);
  return facts && again ? neededBy(again, facts.figures) : null;
}
