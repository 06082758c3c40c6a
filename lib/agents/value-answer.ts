import type { TaskHeader } from "./agent";
import { CANNOT_ANSWER } from "./ask";
import type { Finding, NextMove } from "./growth-script";
import { type Heard, valueSections } from "./value-script";

/** How the built-in analyst answers questions about a sale: the sections of the manager's own report. Pure. */

const [LIST, COMPARE, POSITIONS, CLOSING] = [
  "deals.list",
  "deals.compare-offers",
  "deals.negotiation",
  "closing.status",
] as const;

type About = { words: RegExp; tools: readonly string[]; say: (all: Heard) => string };

/** The first whose words the question has. */
const ABOUT: readonly About[] = [
  {
    words: /\b(?:clos(?:e|es|ing)|conditions?|signatures?|sign(?:ed)?|checklist|regulator\w*|filing)\b/iu,
    tools: [CLOSING],
    say: valueSections.closings,
  },
  {
    words: /\b(?:convert\w*|conversion|class(?:es)?|preferred stock)\b/iu,
    tools: [COMPARE],
    say: valueSections.conversion,
  },
  {
    words: /\b(?:negotiat\w*|counter\w*|reservation|positions?|zone|batna|concessions?)\b/iu,
    tools: [COMPARE, POSITIONS],
    say: valueSections.positions,
  },
  { words: /\b(?:missing|unknown|gaps?|unanswered|stated)\b/iu, tools: [LIST, COMPARE], say: valueSections.missing },
  {
    words: /\b(?:next|should|recommend\w*|do about|overdue)\b/iu,
    tools: [LIST, COMPARE],
    say: valueSections.nextSteps,
  },
  {
    words: /\b(?:offers?|bids?|prices?|worth|value|proceeds|group|receive\w*|best|highest|headline)\b/iu,
    tools: [COMPARE],
    say: valueSections.offers,
  },
  {
    words: /\b(?:bidders?|buyers?|stages?|stand\w*|sale|deals?|who|left|status)\b/iu,
    tools: [LIST],
    say: valueSections.bidders,
  },
];

const I_CAN =
  "It can be asked what each offer brings the group, who converts, where the negotiation, each bidder and the closing stand, what to do next, and what is missing.";

export function askValue({ venture, question = "" }: TaskHeader, findings: readonly Finding[]): NextMove {
  const about = ABOUT.find(({ words }) => words.test(question));
  if (!about) return { say: `${CANNOT_ANSWER} ${I_CAN}\n`, tool: null };
  const wanted = about.tools.find((tool) => !findings.some((finding) => finding.tool === tool));
  if (wanted) return { say: "", tool: wanted, input: { venture } };
  return { say: about.say(valueSections.heard(findings)), tool: null };
}

/** After a move of a deal: where everybody stands now, what the offers bring, what comes next. */
export function followValue({ venture }: TaskHeader, findings: readonly Finding[]): NextMove {
  const wanted = [LIST, COMPARE].find((tool) => !findings.some((finding) => finding.tool === tool));
  if (wanted) return { say: wanted === LIST ? "A deal was moved.\n" : "", tool: wanted, input: { venture } };
  const all = valueSections.heard(findings);
  const parts = [
    `## Where each bidder stands\n\n${valueSections.bidders(all)}`,
    `## Offers\n\n${valueSections.offers(all)}`,
    `## What to do next\n\n${valueSections.nextSteps(all)}`,
  ];
  return { say: parts.join("\n"), tool: null };
}
