import { type Figure, figureReference } from "@/lib/figures/schema";
import { asData, bullets, heading, quote, say, text } from "@/lib/reports/rules/exit/facts";
import type { ReportBlock } from "@/lib/reports/schema";
import { GROUPS } from "../schema";
import type { Item, Signature, Standing } from "./checklist";
import { BENEFIT_LABELS, GROUP_LABELS, ITEM_LABELS, isSettled, PARTY_LABELS, SIGNATURE_LABELS } from "./checklist";
import { closingPart } from "./closing-figures";
import type { Verdict } from "./thresholds";

export type StatusFacts = {
  venture: string;
  bidder: string;
  today: string;
  closing: { target: string | null; items: readonly Item[]; signatures: readonly Signature[] };
  standing: Standing;
  verdict: Verdict;
  figures: readonly Figure[];
};

const ANSWERS: Readonly<Record<Verdict["answer"], string>> = {
  applies: "A Hart-Scott-Rodino filing is needed, unless counsel finds an exemption.",
  "does-not": "No Hart-Scott-Rodino filing is needed by size.",
  unknown: "Whether a Hart-Scott-Rodino filing is needed is not known yet.",
};

function itemTable(caption: string, items: readonly Item[]): ReportBlock {
  return {
    ...{ kind: "table", caption },
    columns: [text("Item"), text("Responsible"), text("Due"), text("State"), text("Condition")],
    rows: items.map(({ task, state }) => [
      asData(task.title),
      asData(task.person ? `${PARTY_LABELS[task.party]}, ${task.person}` : PARTY_LABELS[task.party]),
      task.dueOn ?? "",
      ITEM_LABELS[state],
      task.condition ? BENEFIT_LABELS[task.condition] : "",
    ]),
  };
}

const listed = (title: string, items: readonly Item[], none: string): ReportBlock[] => [
  heading(title),
  items.length > 0 ? itemTable(title, items) : say(none),
];

function headBlocks({ standing, closing, figures }: StatusFacts): ReportBlock[] {
  const of = (part: string): string => {
    const found = figures.find((one) => closingPart(one) === part);
    return found ? figureReference(found.id) : quote(null);
  };
  const rows: readonly (readonly [string, string])[] = [
    ["Days to the earliest closing", of("days")],
    ["Days to the expected closing", of("target")],
    ["Days to spare", of("spare")],
    ["Open conditions", of("open-conditions")],
    ["Conditions in all", of("conditions")],
    ["Overdue items", of("overdue")],
    ["Signatures not held", of("unheld")],
  ];
  return [
    heading("Where it stands"),
    say(
      standing.released
        ? "All signatures are released."
        : standing.ready
          ? "Every condition is settled and every signature is held: it is ready to close."
          : "It is not ready to close.",
    ),
    {
      ...{
        kind: "table",
        caption: "Where it stands",
        columns: [text("Of the closing"), { label: "Figure", numeric: true }],
      },
      rows: [...rows.map((row) => [...row]), ["Closing expected on", closing.target ?? quote(null)]],
    },
  ];
}

function pathBlocks({ standing, closing }: StatusFacts): ReportBlock[] {
  const titles = standing.schedule.path.map((id) => closing.items.find((one) => one.id === id)?.task.title ?? "");
  return [
    heading("Critical path"),
    titles.length > 0
      ? { kind: "list", ordered: true, items: titles.map(asData) }
      : say("It is not known: an open item has neither days nor a due date, or nothing is open."),
  ];
}

/** A transaction status update: what is open, what is late, who has signed; every number a stored figure. */
export function statusBlocks(facts: StatusFacts): ReportBlock[] {
  const { closing, standing, verdict } = facts;
  const open = closing.items.filter((one) => !isSettled(one));
  return [
    ...headBlocks(facts),
    ...pathBlocks(facts),
    ...listed("Open conditions", standing.openConditions, "None is open."),
    ...listed("Overdue", standing.overdue, "Nothing is overdue."),
    ...GROUPS.flatMap((group) => {
      const items = open.filter(({ task }) => task.group === group);
      return items.length > 0 ? [heading(GROUP_LABELS[group], 3), itemTable(GROUP_LABELS[group], items)] : [];
    }),
    heading("Signatures"),
    closing.signatures.length > 0
      ? {
          ...{ kind: "table", caption: "Signatures", columns: [text("Document"), text("Signatory"), text("State")] },
          rows: closing.signatures.map((one) => [
            asData(one.title),
            asData(one.signatory),
            SIGNATURE_LABELS[one.state],
          ]),
        }
      : say("No document to be signed is listed."),
    heading("Merger control"),
    say(ANSWERS[verdict.answer]),
    bullets([verdict.why, ...(verdict.answer === "unknown" ? verdict.missing.map((one) => `Missing: ${one}.`) : [])]),
  ];
}
