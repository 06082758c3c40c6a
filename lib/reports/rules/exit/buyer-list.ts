import { dayWords } from "@/lib/metrics/rules/periods";
import type { ReportBlock } from "../../schema";
import { asData, bullets, type ExitDocumentFacts, heading, type ListedBuyer, number, quote, say, text } from "./facts";

const TIER_WORDS: Readonly<Record<string, string>> = {
  priority: "Priority list",
  short: "Short list",
  long: "Long list",
  out: "Not on the list",
};
const ORDER = ["priority", "short", "long", "out"] as const;

/** What is not known of a buyer is nothing that a reader fills in. */
const known = (figure: string | null): string => (figure ? quote(figure) : "unknown");

function detail(one: ListedBuyer): ReportBlock[] {
  const next = one.nextStep
    ? `${asData(one.nextStep)}${one.nextOn ? `, by ${dayWords(one.nextOn)}` : ""}`
    : "none is set";
  return [
    heading(asData(one.name), 3),
    say(`${one.kind}${one.country ? `, ${one.country}` : ""}. ${asData(one.why)}`),
    say(`Next step: ${next}. ${one.owner ? `Owner: ${asData(one.owner)}.` : "Nobody owns it yet."}`),
    ...(one.evidence.length > 0
      ? [
          bullets(
            one.evidence.map(
              ({ claim, tier, source, asOf }) => `${asData(claim)} (${tier}; ${asData(source)}, ${dayWords(asOf)})`,
            ),
          ),
        ]
      : [say("No claim with evidence is stored.")]),
  ];
}

/** Who may buy, on which list and why, what each rests on, and what comes next. */
export function buyerBlocks({ buyers }: ExitDocumentFacts): ReportBlock[] {
  if (buyers.length === 0) return [say("Nobody has entered a buyer, so there is no list.")];
  const lists = ORDER.flatMap((tier): ReportBlock[] => {
    const listed = buyers.filter((one) => one.tier === tier);
    if (listed.length === 0) return [];
    const title = TIER_WORDS[tier] ?? tier;
    return [
      heading(title),
      {
        kind: "table",
        caption: title,
        columns: [
          text("Buyer"),
          text("Kind"),
          number("Fit"),
          number("Certainty"),
          number("Capacity to pay"),
          text("Stage"),
        ],
        rows: listed.map((one) => [
          ...[asData(one.name), one.kind, known(one.score), known(one.certainty), known(one.capacity), one.stage],
        ]),
      },
    ];
  });
  return [
    say("Names stay in the holding. Nobody is approached before the chairman says so."),
    ...lists,
    heading("Why each, and what comes next"),
    ...buyers.flatMap(detail),
  ];
}
