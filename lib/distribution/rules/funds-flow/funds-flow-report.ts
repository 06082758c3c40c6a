import { type Figure, figureReference } from "@/lib/figures/schema";
import type { ReportBlock, ReportTable } from "@/lib/reports/schema";
import type { Split } from "../split/split";
import { BRIDGE_LINES, splitPart } from "../split/split-figures";
import type { FundsFlow } from "./funds-flow";

export type FlowFacts = {
  split: Split;
  flow: FundsFlow;
  figures: readonly Figure[];
  /** "Nordwerk, first bid v2" */
  name: string;
  closing: { on: string; done: boolean };
  reason: string;
};

const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });
const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });
const table = (caption: string, columns: readonly string[], rows: readonly string[][], words: number): ReportTable => ({
  ...{ kind: "table", caption },
  columns: columns.map((label, index) => ({ label, numeric: index >= words })),
  rows: rows.map((row) => [...row]),
});

const LATER =
  "Escrow and holdback are paid later as if they were one payment with the closing; who holds a preference gives less to them. Payments go out only on two approvals, to bank details that were confirmed.";

type Quote = (part: string) => string;

function quoteOf(figures: readonly Figure[]): Quote {
  const byPart = new Map(figures.map((figure) => [splitPart(figure), figure]));
  return (part) => {
    const figure = byPart.get(part);
    return figure ? figureReference(figure.id) : "none";
  };
}

const holderRows = (split: Split, quote: Quote): string[][] =>
  split.holders
    .filter(({ gross }) => gross > 0n)
    .map(({ id, name, group }) => [
      group ? `${name} (group)` : name,
      ...["gross", "held", "withheld"].map((key) => quote(`holder.${id}.${key}`)),
      quote(`flow.use.holder.${id}`),
    ]);

function flowTables(flow: FundsFlow, quote: Quote): ReportBlock[] {
  const lines = (side: "source" | "use", of: FundsFlow["uses"]) =>
    of.map(({ key, label, party }) => [label, party, quote(`flow.${side}.${key}`)]);
  const isHolder = ({ key }: FundsFlow["uses"][number]) => key.startsWith("holder.");
  const uses = [...flow.uses.filter((one) => !isHolder(one)), ...flow.uses.filter(isHolder)];
  return [
    heading("Sources"),
    table("Where the money comes from", ["Source", "From", "Amount"], lines("source", flow.sources), 2),
    heading("Uses"),
    table("Where the money goes", ["Use", "To", "Amount"], lines("use", uses), 2),
  ];
}

/** Who pays what at closing and who receives it, in blocks of text over figures: the same for every format. */
export function fundsFlowReport({ split, flow, figures, name, closing, reason }: FlowFacts): ReportBlock[] {
  const quote = quoteOf(figures);
  const bridge = BRIDGE_LINES.map(([part, label]) => [label, quote(part)]);
  const columns = ["Holder", "Before tax", "Held back", "Tax", "Cash at closing"];
  return [
    paragraph(
      `${name}. ${closing.done ? "Closed" : "Closing expected"} on ${closing.on}. Sources and uses: ${quote("flow.total")} each.`,
    ),
    paragraph(`Kept because: ${reason}`),
    heading("From the price to the closing"),
    table("Bridge", ["Line", "Amount"], bridge, 1),
    ...flowTables(flow, quote),
    heading("Holders"),
    table("What each holder receives", columns, holderRows(split, quote), 1),
    paragraph(LATER),
  ];
}
