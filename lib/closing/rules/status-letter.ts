import { dayWords } from "@/lib/metrics/rules/periods";

export type LetterFacts = {
  venture: string;
  bidder: string;
  today: string;
  released: boolean;
  ready: boolean;
  /** Null: not known. */
  earliestOn: string | null;
  target: string | null;
  /** Titles. */
  openConditions: readonly string[];
  overdue: readonly string[];
  path: readonly string[];
  signaturesOpen: number;
};

/** As many letters as a memo may quote. */
const MOST = 1_200;
const LISTED = 8;

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

function listed(title: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const rest = names.length - LISTED;
  const lines = names.slice(0, LISTED).map((name) => `- ${cut(name, 80)}`);
  return [[`${title}: ${names.length}`, ...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n")];
}

/** Where a closing stands, as a letter to those who take part in it: a draft, to be read over before anybody is asked. */
export function statusLetter(facts: LetterFacts): string {
  const { venture, bidder, today, released, ready, earliestOn, target, signaturesOpen } = facts;
  const stand = released
    ? "All signatures are released."
    : ready
      ? "Every condition is settled and every signature is held."
      : "It is not ready to close.";
  const days = released
    ? []
    : [
        [
          `Closing is expected on ${target ? dayWords(target) : "a day that is not set yet"}; `,
          `the earliest is ${earliestOn ? dayWords(earliestOn) : "not known"}.`,
        ].join(""),
      ];
  const parts = [
    `Where the sale of ${venture} to ${bidder} stands on ${dayWords(today)}. ${stand}`,
    ...days,
    ...listed("Overdue", facts.overdue),
    ...listed("Open conditions", facts.openConditions),
    ...(signaturesOpen > 0 ? [`Signatures not held: ${signaturesOpen}`] : []),
    ...(facts.path.length > 0 ? [`Next on the critical path: ${cut(facts.path[0] ?? "", 120)}`] : []),
  ];
  return cut(parts.join("\n\n"), MOST);
}
