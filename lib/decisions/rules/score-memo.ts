import { dayWords } from "@/lib/metrics/rules/periods";
import type { Criterion } from "@/lib/readiness/rules/criteria";
import type { Evidence } from "@/lib/readiness/schema/assessment";
import { type Action, type ActionClass, DO_NOTHING, type MemoContent } from "../schema";
import { nothingMoney } from "./exit-memo";

export type ScoreMemoFacts = {
  ventureId: string;
  venture: string;
  currency: string;
  criterion: Criterion;
  score: number;
  evidence: readonly Evidence[];
  /** The score that stands; null where nobody has answered. */
  replaces: string | null;
};
export type ScoreDraft = {
  title: string;
  rationale: string;
  actionClass: ActionClass;
  content: Omit<MemoContent, "quotes">;
};

/** The criterion's own words for a score of 0 to 4. */
export function levelWords({ levels: [zero, two, four] }: Criterion, score: number): string {
  if (score === 1) return `Between “${zero}” and “${two}”`;
  if (score === 3) return `Between “${two}” and “${four}”`;
  return score === 0 ? zero : score === 2 ? two : four;
}

/** An agent's answer to a criterion of readiness: in the criterion's words and on named evidence, never in its own. */
export function scoreMemo(facts: ScoreMemoFacts): ScoreDraft {
  const { ventureId, venture, currency, criterion, score, replaces } = facts;
  const evidence = [...facts.evidence];
  const title = `Answer “${criterion.label}” of ${venture}'s exit readiness`.slice(0, 160);
  const says = levelWords(criterion, score);
  const rests = evidence.map(({ label, date }) => `“${label}”, ${dayWords(date)}`);
  const action: Action = {
    ...{ type: "exit.score-criterion" as const, lever: `readiness:${ventureId}:${criterion.id}`, title, currency },
    ...{ ventureId, criterion: criterion.id, score, rationale: says, evidence, replaces, ...nothingMoney },
  };
  const figures = evidence.flatMap(({ kind, ref }) => (kind === "figure" ? [ref] : []));
  const content = {
    ...{ recommendation: `${criterion.question} ${says}.`, recommendedOption: "answer", dissent: [] },
    why: [`It rests on ${rests.join("; ")}.`.slice(0, 600)],
    options: [
      {
        ...{ id: "answer", title: "Keep the answer", action },
        text: replaces === null ? "Nobody has answered it yet." : "It stands in the place of the score of today.",
        consequences: evidence.flatMap(({ kind, ref, label }) => (kind === "figure" ? [{ label, figure: ref }] : [])),
      },
      {
        ...{ id: DO_NOTHING, title: "Leave it", consequences: [], action: null },
        text: "The criterion stays as it is until a person answers it.",
      },
    ],
    evidence: { figures, artefactId: null },
    reversibility: "A person can score it anew at any time; taken back, what stood before stands again.",
    onApproval: ["The criterion is scored in the agent's name, with its evidence."],
  };
  return { title, rationale: `${criterion.question} ${says}.`, actionClass: "exit.score-criterion", content };
}
