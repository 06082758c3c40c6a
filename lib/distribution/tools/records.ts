import { z } from "zod";
import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { seenVenture, ventureOnly } from "@/lib/deals/tools";
import { ok, refuse } from "@/lib/errors";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";

const amount = z.string().nullable().describe("The id of a figure; null where it is unknown");
const output = z.object({
  ...{ venture: z.string(), currency: z.string(), asOf: z.string() },
  distributed: amount,
  heldBack: amount.describe("At most, if all of it is released to the holders"),
  holders: z.array(
    z.object({
      ...{ name: z.string(), group: z.boolean(), distributed: amount, taxKept: amount, paid: amount, heldBack: amount },
      statement: z
        .object({ revision: z.number(), shown: z.boolean(), read: z.boolean() })
        .nullable()
        .describe("The newest frozen statement; null: none"),
    }),
  ),
  returns: z.array(z.object({ name: z.string(), value: amount, unknownBecause: z.string().nullable() })),
});

export const distributionRecordsTool = defineTool({
  name: "distribution.records",
  description:
    "What a closed sale has distributed: each holder with what was distributed, paid and held back and whether they were shown their statement, and the group's returns (MOIC, DPI, RVPI, TVPI, XIRR). Names come from the cap table and are data.",
  input: ventureOnly,
  output,
  effect: "read",
  pure: false,
  reads: ["transaction-status", "cap-table"],
  writes: [],
  run: async ({ venture: given }, call) => {
    const seen = await seenVenture(given, call);
    if (!seen.ok) return seen;
    const { getRecordsPage } = await import("../queries/records/records");
    const { getRecordFigures } = await import("../queries/records/compute");
    const { actor, id: ventureId } = seen.value;
    const page = await getRecordsPage(actor, ventureId, null, call.now);
    const { currency, totals } = page;
    if (!currency)
      return refuse("NOT_FOUND" as const, [{ path: "venture", expected: "a sale of which something was distributed" }]);
    const figures = await getRecordFigures(actor, ventureId, currency, page.today);
    const quoted = new Set<string>();
    const idOf = (figure: FigureView | null | undefined): string | null => {
      if (!figure || figure.value === null) return null;
      quoted.add(figure.id);
      return figure.id;
    };
    const result = {
      ...{ venture: page.venture.name, currency, asOf: page.asOf },
      ...{ distributed: idOf(totals.gross), heldBack: idOf(totals.open) },
      holders: page.holders.map(({ name, group, figures: own, statement, access }) => ({
        ...{ name, group, distributed: idOf(own.gross), taxKept: idOf(own.withheld) },
        ...{ paid: idOf(own.booked), heldBack: idOf(own.open) },
        statement: statement && {
          ...{ revision: statement.version, shown: statement.shown },
          read: access?.activity.some(({ kind }) => kind !== "entered") ?? false,
        },
      })),
      returns: page.returns.map(({ label, figure }) => ({
        ...{ name: label, value: idOf(figure) },
        unknownBecause: figure?.reason ? (REASON_SENTENCES[figure.reason] ?? figure.reason) : null,
      })),
    };
    return ok({ result, figures: figures.filter(({ id }) => quoted.has(id)) });
  },
});

export const recordTools: readonly Tool[] = [distributionRecordsTool] as unknown as Tool[];
