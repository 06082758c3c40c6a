import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import { type Action, type ActionClass, DO_NOTHING, type MemoContent } from "../schema";
import { nothingMoney } from "./exit-memo";

/** What the memos of value realization are written from: numbers only as the ids of stored figures. */
export type RealizationMemoFacts = {
  realizationId: string;
  venture: string;
  currency: string;
  valuedOn: string | null;
  /** What all holders would receive from the best bid, and the central equity value of the kept valuation. */
  figures: { offer: string | null; equity: string | null };
};
export type SaleCause = "offers-low" | "growth-negative" | "key-person" | "market-crash";
export type RealizationDraft = {
  title: string;
  rationale: string;
  actionClass: ActionClass;
  content: Omit<MemoContent, "quotes">;
};

const saleSubject = (realizationId: string, cause: SaleCause): string => `sale:${realizationId}:${cause}`;

const WHY: Readonly<Record<SaleCause, string>> = {
  "offers-low": "Even the best bid is below half of the valuation.",
  "growth-negative": "Revenue has been shrinking for two quarters. The levers are to be looked at again before a sale.",
  "key-person":
    "A key person has left; a bidder will ask who stays. A retention plan is among the tasks, and readiness is scored anew.",
  "market-crash": "Multiples of the market have fallen by half or more from their highest of the last year.",
};
const TITLES: Readonly<Record<SaleCause, (venture: string) => string>> = {
  "offers-low": (venture) => `Put off the exit of ${venture}: the offers are low`,
  "growth-negative": (venture) => `Put off the exit of ${venture}: revenue shrinks`,
  "key-person": (venture) => `Pause the sale of ${venture}: a key person left`,
  "market-crash": (venture) => `Pause the sale of ${venture}: multiples fell`,
};
/** What happens where the chairman does nothing. */
const GOES_ON: Readonly<Record<SaleCause, string>> = {
  "offers-low": "Negotiation goes on. A new bid that is as low asks again.",
  "growth-negative": "The sale goes on. The same two quarters do not ask again.",
  "key-person": "The sale goes on beside the retention plan.",
  "market-crash": "The sale goes on in the market as it is.",
};

function valueLines({ figures: { offer, equity }, valuedOn }: RealizationMemoFacts): string[] {
  const bid = offer ? [`The best bid brings all holders ${figureReference(offer)} if everything is paid.`] : [];
  const on = valuedOn ? ` on ${dayWords(valuedOn)}` : "";
  return equity ? [...bid, `Equity is valued at ${figureReference(equity)}${on}.`] : bid;
}

const consequencesOf = ({ figures: { offer, equity } }: RealizationMemoFacts) => [
  ...(offer ? [{ label: "Best bid, all holders", figure: offer }] : []),
  ...(equity ? [{ label: "Equity value", figure: equity }] : []),
];

const nothing = (text: string) => ({ id: DO_NOTHING, title: "Do nothing", text, consequences: [], action: null });

/** Now is not the time to sell: the exit is put off, or the sale goes on by the chairman's word. */
function delayMemo(facts: RealizationMemoFacts, cause: SaleCause): RealizationDraft {
  const [why, title] = [WHY[cause], TITLES[cause](facts.venture).slice(0, 160)];
  const action: Action = {
    ...{ type: "deal.delay-exit" as const, lever: saleSubject(facts.realizationId, cause), title },
    ...{ realizationId: facts.realizationId, currency: facts.currency, reason: why, ...nothingMoney },
  };
  const options = [
    {
      ...{ id: "delay", title: "Put the exit off", action, consequences: consequencesOf(facts) },
      text: "The sale is closed; growth goes on alone. What was bid stays to be read.",
    },
    nothing(GOES_ON[cause]),
  ];
  const content = {
    ...{ recommendation: `${why} Close the sale and return to growth.`, recommendedOption: "delay", dissent: [] },
    ...{ why: [why, ...valueLines(facts)], options },
    evidence: { figures: consequencesOf(facts).map(({ figure }) => figure), artefactId: null },
    reversibility: "The sale can be opened again as it was.",
    onApproval: [
      "Value realization (40.3) is closed; growth management (40.1) goes on, and its levers are looked at again.",
      "No bidder is told anything.",
    ],
  };
  return { title, rationale: why, actionClass: "deal.delay-exit", content };
}

/** Something happened that bidders would ask about first: the sale waits. */
function pauseSaleMemo(facts: RealizationMemoFacts, cause: SaleCause): RealizationDraft {
  const [why, title] = [WHY[cause], TITLES[cause](facts.venture).slice(0, 160)];
  const action: Action = {
    ...{ type: "deal.pause-sale" as const, lever: saleSubject(facts.realizationId, cause), title },
    ...{ realizationId: facts.realizationId, currency: facts.currency, reason: why, ...nothingMoney },
  };
  const options = [
    {
      ...{ id: "pause", title: "Pause the sale", action, consequences: consequencesOf(facts) },
      text: "The run of the sale does nothing until it is resumed; bidders and their offers stay.",
    },
    nothing(GOES_ON[cause]),
  ];
  const content = {
    ...{ recommendation: `${why} Pause the sale and stay in growth.`, recommendedOption: "pause", dissent: [] },
    ...{ why: [why, ...valueLines(facts)], options },
    evidence: { figures: consequencesOf(facts).map(({ figure }) => figure), artefactId: null },
    reversibility: "It can be resumed at any time.",
    onApproval: ["The run of value realization (40.3) waits until the chairman resumes it."],
  };
  return { title, rationale: why, actionClass: "deal.pause-sale", content };
}

export const saleMemo = (facts: RealizationMemoFacts, cause: SaleCause): RealizationDraft =>
  cause === "offers-low" || cause === "growth-negative" ? delayMemo(facts, cause) : pauseSaleMemo(facts, cause);
