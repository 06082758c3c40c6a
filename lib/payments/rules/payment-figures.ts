import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { fromMinor } from "@/lib/money";

const PREFIX = "payments.";
export const isPaymentMethod = (method: string): boolean => method.startsWith(PREFIX);
export const batchDataset = (batchId: string): string => `payments:${batchId}`;

export type FiguredLine = { id: string; payee: string; amountMinor: bigint };
export type FiguredBatch = {
  ventureId: string;
  batchId: string;
  title: string;
  currency: string;
  day: string;
  lines: readonly FiguredLine[];
};

/** Each payment of a batch, and what they come to. What a payment says never changes, so neither do these. */
export function batchFigures({ ventureId, batchId, title, currency, day, lines }: FiguredBatch): {
  each: Figure[];
  total: Figure;
} {
  const dataset = batchDataset(batchId);
  const source = (rows: number, filter: Record<string, unknown>) => [
    { kind: "dataset" as const, ventureId, dataset, version: 1, rows, filter },
  ];
  const each = lines.map(({ id, payee, amountMinor }) =>
    makeFigure({
      ...{ label: `Payment to ${payee}`, unit: currency, asOf: day, sources: source(1, { instruction: id }) },
      value: fromMinor(amountMinor, currency).toFixed(),
      ...{ method: `${PREFIX}instruction@1`, formula: "the amount that the payment was drafted with" },
      inputs: { batch: { value: batchId }, instruction: { value: id } },
    }),
  );
  const sum = lines.reduce((all, { amountMinor }) => all + amountMinor, 0n);
  const total = makeFigure({
    ...{ label: `${title}: total`, unit: currency, asOf: day, sources: source(lines.length, {}) },
    value: fromMinor(sum, currency).toFixed(),
    ...{ method: `${PREFIX}batch@1`, formula: "Σ payments of the batch" },
    inputs: {
      batch: { value: batchId },
      ...Object.fromEntries(each.map(({ id, label }, index) => [`payment${index + 1}`, { figure: id, label }])),
    },
  });
  return { each, total };
}
