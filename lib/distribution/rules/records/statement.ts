import { type Figure, figureReference } from "@/lib/figures/schema";
import type { ReportBlock, ReportTable } from "@/lib/reports/schema";
import { counted, inKindOf, type RecordFacts, type Transfer } from "./book";
import type { Lot } from "./lots";
import type { RecordFigures } from "./record-figures";
import { asSaid } from "./said";

/** What a reader is told in words; every number is a figure. */
export const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });
export const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });
export const table = (
  caption: string,
  columns: readonly (string | [string])[],
  rows: readonly (readonly string[])[],
): ReportTable => ({
  ...{ kind: "table", caption, rows: rows.map((row) => [...row]) },
  columns: columns.map((one) =>
    typeof one === "string" ? { label: one, numeric: false } : { label: one[0], numeric: true },
  ),
});
export const quoted = (figure: Figure | null): string => (figure ? figureReference(figure.id) : "none");

export const TRANSFER_WORDS: Readonly<Record<string, string>> = {
  draft: "drafted",
  proposed: "waits for approval",
  approved: "approved",
  exported: "with the bank soon",
  sent: "sent to the bank",
  confirmed: "booked",
  failed: "refused by the bank",
  returned: "came back",
  cancelled: "taken out",
};
const WAY_WORDS: Readonly<Record<Lot["way"], string>> = {
  issue: "issued",
  transfer: "bought from a holder",
  exercise: "exercised",
};

export const termWords = ({ overAYear }: Pick<Lot, "overAYear">): string =>
  overAYear === null ? "not known" : overAYear ? "over a year" : "a year or less";
/** "2021-03-19, bought from a holder": the day stays a day of its own where the column shows nothing else. */
export const wayWords = ({ way }: Pick<Lot, "way">): string => WAY_WORDS[way];

export const LOT_METHOD =
  "All units of a class are sold at once. Proceeds so far, before tax, are allocated to its lots pro rata to units, by largest remainder, the older lot first; first-in-first-out would name the same lots, since none is left. Days count from the day of acquisition to the day of the first distribution. What an exchange of papers or a partial sale left keeps its first day. This is no tax advice.";

type Of = { facts: RecordFacts; figures: RecordFigures; holderId: string };

const hasInKind = ({ payments }: RecordFacts, holder: string): boolean =>
  inKindOf(payments).some(({ holderId }) => holderId === holder);

const IN_KIND =
  "What came in stock of the buyer or was rolled over counts at the value that the sale gave it on its day. It is yours already and is not paid by a bank.";

const inKindWords = ({ facts, holderId }: Of): ReportBlock[] =>
  hasInKind(facts, holderId) ? [paragraph(IN_KIND)] : [];

function summary({ facts, figures, holderId: holder }: Of): ReportBlock {
  const line = (label: string, part: string) => [label, quoted(figures.find(`holder.${part}`, { holder }))];
  return table(
    "In all",
    ["What", ["Amount"]],
    [
      ...[line("Distributed to you, before tax", "gross"), line("Tax kept of it", "withheld")],
      line("Distributed to you, after tax", "net"),
      ...(hasInKind(facts, holder) ? [line("Of it in stock of the buyer and rolled over", "in-kind")] : []),
      ...[line("Of it paid, as the bank has booked it", "booked")],
      line("Of it not yet paid", "unpaid"),
      line("Still held back, your part at most, before tax", "open"),
    ],
  );
}

function byClass({ facts, figures, holderId: holder }: Of): ReportBlock[] {
  const rows = facts.basis.holdings
    .filter((one) => one.holderId === holder)
    .flatMap(({ classId }) => {
      const gross = figures.find("class.gross", { holder, class: classId });
      if (!gross) return [];
      const of = (kind: string) => quoted(figures.find(`class.${kind}`, { holder, class: classId }));
      return [[facts.classNames.get(classId) ?? classId, of("gross"), of("withheld"), of("net")]];
    });
  // One distribution by class says the same.
  if (rows.length === 0 || counted(facts.payments).length < 2) return [];
  return [heading("By class"), table("By class", ["Class", ["Before tax"], ["Tax kept"], ["After tax"]], rows)];
}

function payments({ facts, figures, holderId: holder }: Of): ReportBlock[] {
  const rows = counted(facts.payments).flatMap(({ id, label, paidOn, shares }) =>
    shares
      .filter((share) => share.holderId === holder)
      .map(({ classId }) => {
        const of = (kind: string) => quoted(figures.find(`share.${kind}`, { payment: id, holder, class: classId }));
        return [paidOn, label, facts.classNames.get(classId) ?? classId, of("gross"), of("withheld"), of("net")];
      }),
  );
  const columns: (string | [string])[] = ["Day", "Distribution", "Class", ["Before tax"], ["Tax kept"], ["After tax"]];
  return [
    heading("Distributions"),
    rows.length > 0 ? table("Distributions", columns, rows) : paragraph("Nothing has been distributed to you yet."),
  ];
}

function heldBack({ facts, figures, holderId: holder }: Of): ReportBlock[] {
  if (facts.tranches.length === 0) return [];
  const rows = facts.tranches.map(({ id: tranche, label, endsOn, heldBy }) => [
    ...[label, heldBy, endsOn, quoted(figures.find("tranche.released", { tranche, holder }))],
    quoted(figures.find("tranche.open", { tranche, holder })),
  ]);
  const claimed = facts.tranches
    .filter(({ claimedMinor }) => claimedMinor > 0n)
    .map(({ id, label }) => `${quoted(figures.find("tranche.claimed", { tranche: id }))} of “${label}”`);
  return [
    heading("Held back and released"),
    table("Held back and released", ["Of", "Held by", "Until", ["Released to you"], ["Still to come, at most"]], rows),
    paragraph(
      "What is still to come is your part if all of it is released to the holders, one after the other by its last day, split as if all payments were one. It may be less, or nothing. Before tax.",
    ),
    ...(claimed.length > 0 ? [paragraph(`The buyer claims ${claimed.join(" and ")}, of all holders together.`)] : []),
  ];
}

const stateWords = ({ state, bookedOn }: Transfer): string =>
  bookedOn === null || state === "returned" ? (TRANSFER_WORDS[state] ?? state) : `booked ${bookedOn}`;

/** What is drafted or waits for approval is the house’s own until the bank has it. */
const ORDERED = ["exported", "sent", "confirmed", "failed", "returned"];

function transfers({ facts, figures, holderId: holder }: Of): ReportBlock[] {
  const own = facts.transfers.filter(({ holderId, state }) => holderId === holder && ORDERED.includes(state));
  const rows = own.map((one) => [
    ...[one.executeOn, one.reference, quoted(figures.find("transfer.amount", { holder, transfer: one.id }))],
    stateWords(one),
  ]);
  return [
    heading("Payments"),
    ...(rows.length > 0
      ? [
          table("Payments", ["To be paid on", "Reference", ["Amount"], "State"], rows),
          paragraph("A payment settles what is owed to you as a whole; it is not tied to one distribution."),
        ]
      : [paragraph("No payment has been ordered yet.")]),
  ];
}

/** The lots of a holder, or why there are none. */
export function lotBlocks({ facts, figures, holderId: holder }: Of): ReportBlock[] {
  const lots = facts.lots.filter(({ holderId }) => holderId === holder);
  const rows = lots.map((lot) => {
    const of = (part: string) => quoted(figures.find(`lot.${part}`, { lot: lot.id, holder }));
    const what = `${lot.label}, ${facts.classNames.get(lot.classId) ?? lot.classId}`;
    const days = `${of("days")}, ${termWords(lot)}`;
    return [what, lot.acquiredOn ?? "not known", of("units"), of("cost"), of("proceeds"), of("gain"), days];
  });
  const why = lots.flatMap((lot) => {
    if (lot.cost.minor === null || lot.cost.note !== null || lot.way === "exercise") {
      const note =
        lot.cost.minor !== null ? (lot.cost.note ?? "the price of exercise") : "what was paid is not recorded";
      return [`${lot.label}: ${wayWords(lot)}; ${note}`];
    }
    return [];
  });
  const missing = facts.basis.holdings.some(
    ({ holderId, classId }) => holderId === holder && !lots.some((lot) => lot.classId === classId),
  );
  const columns: (string | [string])[] = ["Lot", "Acquired", ["Units"], ["Cost"], ["Proceeds"], ["Gain"], "Held"];
  return [
    heading("Tax lots"),
    ...(rows.length > 0 ? [table("Tax lots", columns, rows)] : []),
    ...(why.length > 0 ? [paragraph(`Of the cost: ${why.join(". ")}.`)] : []),
    ...(missing
      ? [
          paragraph(
            "Of some units no lots are known: the cap table of that day holds others than those that were paid.",
          ),
        ]
      : []),
    paragraph(LOT_METHOD),
  ];
}

/** A holder's statement over everything so far: the same words for the screen, the file and the record. */
export function statementBlocks({ facts: given, figures, holderId }: Of): ReportBlock[] {
  const facts = asSaid(given);
  const of = { facts, figures, holderId };
  const name = facts.holders.find(({ id }) => id === holderId)?.name ?? holderId;
  return [
    paragraph(
      `To ${name}. What the sale of ${facts.venture} has distributed to you until ${facts.asOf}, what of it is paid, what is still held back, and what became of each of your holdings. All amounts are in ${facts.currency}.`,
    ),
    ...[
      heading("In all"),
      summary(of),
      ...inKindWords(of),
      ...byClass(of),
      ...payments(of),
      ...heldBack(of),
      ...transfers(of),
    ],
    ...lotBlocks(of),
  ];
}
