import type { OutreachStage } from "@/lib/buyers/schema";
import type { FieldProblem } from "@/lib/errors";
import type { DealFacts, DealRefusal, DealStage } from "../schema/deal";

export const STAGE_LABELS: Readonly<Record<DealStage, string>> = {
  "not-started": "Not started",
  negotiating: "Negotiating",
  loi: "LOI",
  "due-diligence": "Due diligence",
  "definitive-agreement": "Definitive agreement",
  closing: "Closing",
  complete: "Complete",
  "fallen-through": "Fallen through",
};

/** Where a deal may go from each stage; what has fallen through can be taken up again. */
export const NEXT_STAGES: Readonly<Record<DealStage, readonly DealStage[]>> = {
  "not-started": ["negotiating", "fallen-through"],
  negotiating: ["loi", "fallen-through"],
  loi: ["due-diligence", "negotiating", "fallen-through"],
  "due-diligence": ["definitive-agreement", "negotiating", "fallen-through"],
  "definitive-agreement": ["closing", "due-diligence", "fallen-through"],
  closing: ["complete", "fallen-through"],
  complete: [],
  "fallen-through": ["negotiating"],
};

/** What is signed with it binds the holding: entered by an approved memo only. */
export const BINDING_STAGES: readonly DealStage[] = ["loi", "definitive-agreement"];

/** What counts as further than talking: one bidder's exclusivity forbids it to the others. */
const BEYOND_TALKS: readonly DealStage[] = ["loi", "due-diligence", "definitive-agreement", "closing", "complete"];

export const FACT_FIELDS = {
  owner: { label: "Owner", kind: "person", of: ({ ownerId }: DealFacts) => ownerId !== null },
  contact: { label: "Contact at the bidder", kind: "text", of: ({ contact }: DealFacts) => contact !== "" },
  agreedOffer: { label: "Offer agreed on", kind: "offer", of: ({ agreedOffer }: DealFacts) => agreedOffer !== null },
  ourCounsel: {
    ...{ label: "Our counsel", kind: "adviser" },
    of: ({ ourAdvisers }: DealFacts) => ourAdvisers.some(({ role }) => role === "counsel"),
  },
  theirCounsel: {
    ...{ label: "The bidder’s counsel", kind: "adviser" },
    of: ({ theirAdvisers }: DealFacts) => theirAdvisers.some(({ role }) => role === "counsel"),
  },
  closesOn: { label: "Closing expected on", kind: "day", of: ({ closesOn }: DealFacts) => closesOn !== null },
  loiSignedOn: { label: "LOI signed on", kind: "day", of: ({ loiSignedOn }: DealFacts) => loiSignedOn !== null },
  exclusiveUntil: {
    ...{ label: "Exclusive until", kind: "day" },
    of: ({ exclusiveUntil }: DealFacts) => exclusiveUntil !== null,
  },
  diligenceEndsOn: {
    ...{ label: "Due diligence ends on", kind: "day" },
    of: ({ diligenceEndsOn }: DealFacts) => diligenceEndsOn !== null,
  },
  diligenceDoneOn: {
    ...{ label: "Due diligence done on", kind: "day" },
    of: ({ diligenceDoneOn }: DealFacts) => diligenceDoneOn !== null,
  },
  agreementSignedOn: {
    ...{ label: "Agreement signed on", kind: "day" },
    of: ({ agreementSignedOn }: DealFacts) => agreementSignedOn !== null,
  },
  closedOn: { label: "Closed on", kind: "day", of: ({ closedOn }: DealFacts) => closedOn !== null },
} as const satisfies Record<
  string,
  { label: string; kind: "person" | "text" | "day" | "offer" | "adviser"; of: (facts: DealFacts) => boolean }
>;
export type FactField = keyof typeof FACT_FIELDS;

/** Further than one bidder's exclusivity lets the others go. */
export const isBeyondTalks = (stage: DealStage): boolean => BEYOND_TALKS.includes(stage);

/** What has to be known before a stage is entered; what the stages before asked for has to be known still. */
export const STAGE_FIELDS: Readonly<Record<DealStage, readonly FactField[]>> = {
  "not-started": [],
  negotiating: ["owner", "contact"],
  loi: ["agreedOffer", "ourCounsel", "closesOn"],
  "due-diligence": ["loiSignedOn", "exclusiveUntil", "diligenceEndsOn"],
  "definitive-agreement": ["diligenceDoneOn", "theirCounsel"],
  closing: ["agreementSignedOn"],
  complete: ["closedOn"],
  "fallen-through": [],
};

/** Where a bidder stands on the board of approaches by then; null where the sale says nothing of it. */
export const OUTREACH_OF: Readonly<Record<DealStage, OutreachStage | null>> = {
  ...{ "not-started": null, negotiating: "ioi", loi: "loi", "due-diligence": "loi", "definitive-agreement": "loi" },
  ...{ closing: "loi", complete: "loi", "fallen-through": "declined" },
};

const PATH: readonly DealStage[] = [
  "not-started",
  "negotiating",
  "loi",
  "due-diligence",
  "definitive-agreement",
  "closing",
  "complete",
];

/** Stages whose beginning is expected on a day: all that lie ahead of a deal. */
export const EXPECTED_STAGES: readonly DealStage[] = PATH.filter((stage) => stage !== "not-started");

/** The next stage that is expected on a day, and whether that day is over; null where nobody has said. */
export function nextExpected(
  { stage, facts }: { stage: DealStage; facts: Pick<DealFacts, "expected"> },
  today: string,
): { stage: DealStage; on: string; late: boolean } | null {
  const ahead = PATH.slice(PATH.indexOf(stage) + 1).find((one) => facts.expected[one] !== undefined);
  const on = ahead && facts.expected[ahead];
  return stage === "fallen-through" || !ahead || !on ? null : { stage: ahead, on, late: on < today };
}

/** Everything that entering a stage asks for, the stages before it included. */
export const fieldsFor = (stage: DealStage): FactField[] =>
  stage === "fallen-through" ? [] : PATH.slice(0, PATH.indexOf(stage) + 1).flatMap((one) => STAGE_FIELDS[one]);

export const missingFields = (stage: DealStage, facts: DealFacts): FactField[] =>
  fieldsFor(stage).filter((field) => !FACT_FIELDS[field].of(facts));

/** A bidder of the same sale, as exclusivity looks at it. */
export type Bidder = { id: string; bidder: string; stage: DealStage; exclusiveUntil: string | null };

/** The bidder with whom we have promised to deal alone today, if it is another one. */
export const exclusiveWith = (others: readonly Bidder[], today: string): Bidder | null =>
  others.find(
    ({ stage, exclusiveUntil }) => stage !== "fallen-through" && exclusiveUntil !== null && exclusiveUntil >= today,
  ) ?? null;

export type Move = {
  from: DealStage;
  to: DealStage;
  facts: DealFacts;
  on: string;
  today: string;
  reason: string;
  /** The other bidders of the sale. */
  others: readonly Bidder[];
  /** An approved memo carries it out. */
  approved: boolean;
  /** Terms of the agreed offer that nobody has stated yet, by label. */
  openTerms: readonly string[];
};

type Refused = { refusal: DealRefusal; problems: FieldProblem[] };
const refused = (refusal: DealRefusal, problems: FieldProblem[] = []): Refused => ({ refusal, problems });

/** Whether a deal may enter a stage now; otherwise why not, by field. */
export function mayAdvance(move: Move): Refused | null {
  const { from, to, facts, on, today, reason, others } = move;
  if (from === "complete") return refused("OVER");
  if (!NEXT_STAGES[from].includes(to)) return refused("NOT_ALLOWED", [{ path: "to", expected: nextWords(from) }]);
  if (on > today) return refused("DATE_IN_FUTURE", [{ path: "on", expected: "a day up to today" }]);
  if (to === "fallen-through")
    return reason.length < 3
      ? refused("FIELDS_MISSING", [{ path: "reason", expected: "why it fell through, in a few words" }])
      : null;
  const missing = missingFields(to, facts).map((field) => ({
    path: `facts.${field}`,
    expected: FACT_FIELDS[field].label,
  }));
  const terms =
    to === "definitive-agreement" ? move.openTerms.map((label) => ({ path: "terms", expected: label })) : [];
  if (missing.length + terms.length > 0) return refused("FIELDS_MISSING", [...missing, ...terms]);
  const rival = isBeyondTalks(to) ? exclusiveWith(others, today) : null;
  if (rival)
    return refused("EXCLUSIVE_ELSEWHERE", [
      { path: "to", expected: `nobody but ${rival.bidder} until ${rival.exclusiveUntil}` },
    ]);
  return BINDING_STAGES.includes(to) && !goesBack(from, to) && !move.approved ? refused("CHAIRMAN_DECIDES") : null;
}

export const goesBack = (from: DealStage, to: DealStage): boolean => PATH.indexOf(to) < PATH.indexOf(from);

const nextWords = (from: DealStage): string =>
  `one of: ${NEXT_STAGES[from].map((stage) => STAGE_LABELS[stage]).join(", ")}`;

export type Step = { from: DealStage | null; to: DealStage; memoId: string | null; undone: boolean };

/** The last change of stage can be undone unless it is the first one, the end, or rests on a decision of the chairman. */
export function mayUndo(steps: readonly Step[]): boolean {
  const last = steps.findLast(({ undone }) => !undone);
  return last !== undefined && last.from !== null && last.memoId === null && last.to !== "complete";
}
