import "server-only";
import type { Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { batchFigures } from "../rules/payment-figures";

type Stored = { figure: Figure; ventureId: string | null };

/** For the recompute registry: from what the batch's payments say, with those that its total was made of. */
export async function recomputePaymentFigure(tx: Tx, { figure, ventureId }: Stored): Promise<Figure[] | null> {
  const { batch: input } = figure.inputs;
  const batchId = input && "value" in input ? input.value : null;
  if (typeof batchId !== "string" || !ventureId) return null;
  const batch = await tx.paymentBatch.findFirst({
    where: { id: batchId, ventureId },
    include: { instructions: { include: { payee: true }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
  });
  if (!batch) return null;
  const known = new Set(Object.values(figure.inputs).flatMap((one) => ("figure" in one ? [one.figure] : [])));
  const { title, currency } = batch;
  const of = { ventureId, batchId, title, currency, day: figure.asOf };
  const all = batch.instructions.map(({ id, payee, amountMinor }) => ({ id, payee: payee.name, amountMinor }));
  const { each } = batchFigures({ ...of, lines: all });
  if (each.some(({ id }) => id === figure.id)) return each;
  const lines = all.filter((_, index) => known.has(each[index]?.id ?? ""));
  const again = batchFigures({ ...of, lines });
  return again.total.id === figure.id ? [...again.each, again.total] : null;
}
