import { asData } from "@/lib/reports/rules/weekly/blocks";
import type { ReportBlock } from "@/lib/reports/schema";
import { counted, inKindOf, type RecordFacts } from "./book";
import type { RecordFigures } from "./record-figures";
import { asSaid } from "./said";
import { heading, lotBlocks, paragraph, quoted, table } from "./statement";

export const RETURN_LINES = [
  ["paidIn", "Paid in"],
  ["distributed", "Distributed, before tax"],
  ["residual", "Still held back, at its stated value"],
  ["moic", "MOIC"],
  ["dpi", "DPI"],
  ["rvpi", "RVPI"],
  ["tvpi", "TVPI"],
  ["xirr", "XIRR with what is held back"],
  ["xirrPaid", "XIRR of what was paid"],
] as const;

export const RETURNS_METHOD =
  "Multiples are on gross flows before tax; XIRR nets flows of the same day and counts actual days by 365. Paid in is what was paid for the lots that were sold, on the day each came to the group; what was sold earlier is not in it. What is held back counts in full on the day of this record: it is neither discounted nor reduced by claims. Stock of the buyer and what was rolled over count as received, at the value that the sale gave them.";

/** The figure of a flow of the group. */
export function flowFigure(figures: RecordFigures, { kind, id }: { kind: string; id: string }) {
  return figures.find(
    `group.flow.${kind}`,
    kind === "call" ? { lot: id } : kind === "distribution" ? { payment: id } : {},
  );
}

function register({ payments, holders }: RecordFacts, figures: RecordFigures): ReportBlock[] {
  const rows = counted(payments).flatMap(({ id: payment, label, paidOn, shares }) => [
    ...holders
      .filter(({ id }) => shares.some(({ holderId }) => holderId === id))
      .map(({ id: holder, name, group }) => {
        const of = (kind: string) => quoted(figures.find(`part.${kind}`, { payment, holder }));
        return [paidOn, label, group ? `${name} (group)` : name, of("gross"), of("withheld"), of("net")];
      }),
    [
      ...[paidOn, label, "All holders", quoted(figures.find("payment.gross", { payment }))],
      ...[quoted(figures.find("payment.withheld", { payment })), quoted(figures.find("payment.net", { payment }))],
    ],
  ]);
  const columns: (string | [string])[] = ["Day", "Distribution", "Holder", ["Before tax"], ["Tax kept"], ["After tax"]];
  return [heading("Register"), table("Register of distributions", columns, rows)];
}

function standing({ holders, payments }: RecordFacts, figures: RecordFigures): ReportBlock[] {
  const anyInKind = inKindOf(payments).length > 0;
  const rows = holders.map(({ id: holder, name, group }) => {
    const of = (part: string) => quoted(figures.find(`holder.${part}`, { holder }));
    const kept = anyInKind ? [of("in-kind")] : [];
    return [group ? `${name} (group)` : name, of("net"), ...kept, of("booked"), of("ordered"), of("owed"), of("open")];
  });
  const columns: (string | [string])[] = [
    ...["Holder", ["After tax"] as [string]],
    ...(anyInKind ? [["In kind"] as [string]] : []),
    ...([["Booked"], ["On its way"], ["Not ordered"], ["Held back, at most"]] as [string][]),
  ];
  return [heading("Where each holder stands"), table("Holders", columns, rows)];
}

/** The value distribution record of a sale: register, standing, the group's returns with their flows, its lots. */
export function recordBlocks(given: RecordFacts, figures: RecordFigures): ReportBlock[] {
  const facts = asSaid(given);
  const flows = figures.returns.flows.map((flow) => [flow.date, asData(flow.label), quoted(flowFigure(figures, flow))]);
  const direction = { call: "Paid in", distribution: "Received", residual: "Left" };
  const kinds = figures.returns.flows.map(({ kind }) => direction[kind]);
  return [
    paragraph(
      `What the sale of ${facts.venture} has distributed until ${facts.asOf}: ${quoted(figures.find("all.gross"))} before tax; at most ${quoted(figures.find("all.open"))} is still held back. All amounts are in ${facts.currency}.`,
    ),
    ...register(facts, figures),
    ...standing(facts, figures),
    heading("Returns of the group"),
    table(
      "Returns of the group",
      ["Measure", ["Value"]],
      RETURN_LINES.map(([part, label]) => [label, quoted(figures.find(`group.${part}`))]),
    ),
    table(
      "Cash flows of the group",
      ["Day", "Direction", "What", ["Amount"]],
      flows.map(([day = "", label = "", amount = ""], index) => [day, kinds[index] ?? "", label, amount]),
    ),
    paragraph(RETURNS_METHOD),
    ...(facts.groupIds ?? []).flatMap((holderId) => lotBlocks({ facts, figures, holderId })),
  ];
}
