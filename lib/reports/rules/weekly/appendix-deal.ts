import type { ReportBlock } from "../../schema";
import { asData, bullets, heading, number, quote, say, strip, table, tableOr, text } from "./blocks";
import type { ClosingWeek, OfferWeek, ReleaseLine, Spread, ValueWeek, VentureFacts } from "./facts";

/** Buyers, offers, the closing; what a sale would bring, and when what is held back comes free. */

const OFFERS = [
  ...[text("Bidder"), text("Stage"), text("Offer of"), number("Price"), number("At closing"), number("In all")],
  ...[number("Worth today"), text("Ends")],
];

const offerCells = (one: OfferWeek): string[] => [
  ...[asData(one.bidder), one.stage, one.dated ?? "no offer yet", quote(one.price), quote(one.atClosing)],
  ...[quote(one.total), quote(one.worth), one.validUntil ?? "–"],
];

function termsOf({ bidder, conditions, open, next }: OfferWeek): string[] {
  const told = [
    ...(conditions.length > 0 ? [`asks for ${conditions.map(asData).join("; ")}`] : []),
    ...(open.length > 0 ? [`has not said ${open.map(asData).join("; ")}`] : []),
    ...(next ? [`next ${asData(next.what)}${next.on ? ` on ${next.on}` : ""}`] : []),
  ];
  return told.length > 0 ? [`**${asData(bidder)}**: ${told.join(" · ")}.`] : [];
}

function closingBlocks(closing: ClosingWeek): ReportBlock[] {
  const { bidder, target, days, toTarget, spare, openConditions, overdue, unheld, conditions } = closing;
  return [
    heading("Closing", 3),
    say(
      `With ${asData(bidder)}: ${target ? `expected on ${target}` : "no day is expected yet"}. Open conditions: ${quote(openConditions)}; overdue items: ${quote(overdue)}; signatures not held: ${quote(unheld)}.`,
    ),
    table(
      "Days to close",
      [text("What"), number("Days")],
      [
        ["To the expected closing", quote(toTarget)],
        ["To the earliest closing, along the longest chain of open items", quote(days)],
        ["To spare", quote(spare)],
      ],
    ),
    tableOr(
      "Open conditions",
      [text("Condition"), text("Whose"), text("Due"), text("State")],
      conditions.map(({ title, party, dueOn, overdue: late }) => [
        asData(title),
        party,
        dueOn ?? "no day",
        late ? "overdue" : "open",
      ]),
      "No condition is open.",
    ),
  ];
}

export function dealBlocks({ deal: { buyers, offers, closing } }: VentureFacts): ReportBlock[] {
  const terms = offers.flatMap(termsOf);
  return [
    heading("Buyers, offers and days to close"),
    buyers.length > 0
      ? strip({ caption: "Buyers", head: "Step", row: "Buyers", figures: buyers })
      : say("No buyer is on a list."),
    tableOr("Offers, by what they are worth to the group", OFFERS, offers.map(offerCells), "Nobody bids."),
    ...(terms.length > 0 ? [bullets(terms)] : []),
    ...(closing ? closingBlocks(closing) : [say("No closing is under way.")]),
  ];
}

const spreadCells = (label: string, { low, central, high }: Spread): string[] => [
  label,
  quote(low),
  quote(central),
  quote(high),
];

function valueBlocks({ valuedOn, enterprise, equity, group }: ValueWeek, endsOn: string): ReportBlock[] {
  const later = valuedOn > endsOn ? ", a day after the week, since none was kept before" : "";
  return [
    table(
      "Waterfall range",
      [text("What"), number("Low"), number("Central"), number("High")],
      [
        spreadCells("Enterprise value", enterprise),
        spreadCells("Equity, before the waterfall", equity),
        spreadCells("To the group, after the waterfall", group),
      ],
    ),
    say(
      `By the valuation that was kept for ${valuedOn}${later}. The ends of the last line are the tenth and ninetieth percentile of its simulation.`,
    ),
  ];
}

const RELEASES = [text("Due"), text("Tranche"), text("Kind"), number("Amount"), text("State"), text("Condition")];

export const releaseRow = (one: ReleaseLine): string[] => [
  ...[one.dueOn, asData(one.tranche), one.kind, quote(one.amount)],
  ...[one.frozen ? "frozen" : one.state === "later" ? "to come" : one.state, asData(one.condition)],
];

export const moneyBlocks = ({ value, releases, venture, week }: VentureFacts): ReportBlock[] => [
  heading("Waterfall range and escrow calendar"),
  ...(value
    ? valueBlocks(value, week.endsOn)
    : [
        say(
          venture.exitedOn
            ? "The venture is sold; what is still held back stands below."
            : "No valuation has been kept, so no range can be told.",
        ),
      ]),
  tableOr("Escrow calendar", RELEASES, releases.map(releaseRow), "Nothing of a sale is held back."),
];
