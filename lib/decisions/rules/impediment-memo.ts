import type { PlanStep } from "@/lib/stage/rules/impediments";
import type { ImpedimentKind } from "@/lib/stage/schema/impediments";
import { type Action, DO_NOTHING, type MemoContent } from "../schema";
import { nothingMoney } from "./exit-memo";

/** What the memo about an impediment is written from: a person's words, no number. */
export type ImpedimentMemoFacts = {
  impedimentId: string;
  kind: ImpedimentKind;
  /** As a person reads it: "Cleared with conditions only". */
  nature: string;
  venture: { id: string; name: string; currency: string };
  raisedBy: string;
  grounds: string;
  /** In words. */
  occurredOn: string;
  evidence: string;
  plan: readonly PlanStep[];
  /** Of a block the run of 40.3 and the bidder; of a dispute the tranche. */
  realizationId: string | null;
  bidder: string | null;
  tranche: { id: string; label: string } | null;
  /** What the disputed tranche still owes, in minor units. */
  stake: { minor: string; currency: string } | null;
};
export type ImpedimentDraft = {
  title: string;
  rationale: string;
  actionClass: Action["type"];
  content: MemoContent;
};

const subject = ({ impedimentId }: ImpedimentMemoFacts): string => `impediment:${impedimentId}`;
const stem = (facts: ImpedimentMemoFacts, title: string, reason: string) => ({
  ...{ lever: subject(facts), title, reason: reason.slice(0, 300), currency: facts.venture.currency, ...nothingMoney },
  impedimentId: facts.impedimentId,
});
const nothing = (text: string) => ({ id: DO_NOTHING, title: "Do nothing", text, consequences: [], action: null });

/** The plan, each step a line of what happens on approval. */
const planLines = (facts: ImpedimentMemoFacts): string[] =>
  facts.plan.map(
    ({ title, days }, index) =>
      `Plan, step ${index + 1}: ${title.charAt(0).toLowerCase()}${title.slice(1)}, within ${days} days.`,
  );

const reasons = (facts: ImpedimentMemoFacts): string[] => [
  `${facts.raisedBy}, ${facts.occurredOn}: “${facts.grounds}”`.slice(0, 600),
  `It rests on: ${facts.evidence}`.slice(0, 600),
];

type Written = {
  title: string;
  recommendation: string;
  option: MemoContent["options"][number];
  others: MemoContent["options"];
  reversibility: string;
  onApproval: string[];
};

function draft(facts: ImpedimentMemoFacts, written: Written): ImpedimentDraft {
  const { title, recommendation, option, others, reversibility, onApproval } = written;
  const [first] = reasons(facts);
  return {
    ...{ title: title.slice(0, 160), rationale: (first ?? recommendation).slice(0, 600) },
    actionClass: option.action?.type ?? "deal.pause-sale",
    content: {
      ...{ recommendation, recommendedOption: option.id, why: reasons(facts), options: [option, ...others] },
      ...{ evidence: { figures: [], artefactId: null }, reversibility, dissent: [], quotes: [] },
      onApproval: [...onApproval, ...planLines(facts)].map((line) => line.slice(0, 400)).slice(0, 12),
    },
  };
}

function blockMemo(facts: ImpedimentMemoFacts): ImpedimentDraft {
  const { venture, bidder, raisedBy, nature, realizationId } = facts;
  const title = `Pause the sale of ${venture.name}: ${raisedBy} stands against it`;
  const why = `${raisedBy} stands against the sale to ${bidder ?? "the bidder"} (${nature.toLowerCase()}).`;
  return draft(facts, {
    title,
    recommendation: `${why} Pause value realization (40.3) and carry out the remediation plan.`,
    option: {
      ...{ id: "pause", title: "Pause 40.3 and remedy", consequences: [] },
      text: "The run waits until the block is lifted, and then goes on by itself.",
      action: {
        ...{ type: "deal.pause-sale", ...stem(facts, title.slice(0, 160), why) },
        realizationId: realizationId ?? "",
      },
    },
    others: [nothing("The sale goes on beside it; the condition of clearance stays open on the closing's checklist.")],
    reversibility: "It can be resumed at any time.",
    onApproval: [
      "Value realization (40.3) waits until the block is recorded as lifted, or the chairman resumes it.",
      "The steps of the plan stand on the closing's checklist, each with its day.",
      "Nothing is sent to the regulator or to the bidder.",
    ],
  });
}

function disputeMemo(facts: ImpedimentMemoFacts): ImpedimentDraft {
  const { venture, raisedBy, nature } = facts;
  const tranche = facts.tranche ?? { id: "", label: "the tranche" };
  const title = `Keep “${tranche.label}” of ${venture.name} frozen: it is disputed`;
  const why = `${raisedBy} disputes ${tranche.label} (${nature.toLowerCase()}).`;
  const about = { ...stem(facts, title.slice(0, 160), why), trancheId: tranche.id };
  return draft(facts, {
    title,
    recommendation: `${why} Keep that tranche frozen until it is settled; the rest of the sale goes on.`,
    option: {
      ...{ id: "freeze", title: "Keep it frozen", consequences: [] },
      text: "Nothing is released from it until the dispute is settled.",
      action: { type: "deal.freeze-tranche", ...about },
    },
    others: [
      {
        ...{ id: "lift", title: "Lift the freeze", consequences: [] },
        text: "It can be released again on a signed instruction while the dispute goes on.",
        action: { type: "deal.lift-freeze", ...about },
      },
      nothing("It stays frozen as it was recorded, without a decision."),
    ],
    reversibility: "It can be frozen and set free at any time.",
    onApproval: ["That tranche alone is frozen; escrow, other earn-outs and payments go on.", "No money moves by it."],
  });
}

function emergencyMemo(facts: ImpedimentMemoFacts): ImpedimentDraft {
  const { venture, nature } = facts;
  const title = `Emergency: take ${venture.name} back to stage 39`;
  const why = `A fundamental issue is recorded (${nature.toLowerCase()}): a buyer would not close on it, and must not be misled.`;
  return draft(facts, {
    title,
    recommendation: `${why} Leave stage 40 until it is cleared up.`,
    option: {
      ...{ id: "regress", title: "Back to stage 39", consequences: [] },
      text: "Growth, preparation and sale end. What was gathered stays.",
      action: { type: "stage.regress-to-39", ...stem(facts, title.slice(0, 160), why), ventureId: venture.id },
    },
    others: [nothing("The venture stays in stage 40; what was stopped waits until the issue is recorded as cleared.")],
    reversibility: "The venture can be taken into stage 40 again, with what was open before.",
    onApproval: [
      "The venture's life in stage 40 ends; 40.1, 40.2 and 40.3 are closed, and so is the sale.",
      "No bidder is told anything. What bidders must be told is counsel's to say.",
    ],
  });
}

/** The memo that asks the chairman about what somebody recorded. */
export function impedimentMemo(facts: ImpedimentMemoFacts): ImpedimentDraft {
  if (facts.kind === "regulatory-block") return blockMemo(facts);
  return facts.kind === "earn-out-dispute" ? disputeMemo(facts) : emergencyMemo(facts);
}
