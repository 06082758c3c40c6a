import { type Action, DO_NOTHING, type MemoContent, type Quote } from "@/lib/decisions/schema";
import { figureReference } from "@/lib/figures/schema";

/** Memos about initiatives that run: every number is a stored figure, the words are of this file. */

type Ref = Quote;
type Held = { id: string; title: string; currency: string };

const nothing = (text: string) => ({ id: DO_NOTHING, title: "Leave it", text, consequences: [], action: null });

/** What an action that commits no money has in common with one that does. */
const NO_MONEY = { budgetMinor: "0", budgetFigure: null, baselineFigure: null, targetFigure: null, targetValue: null };

/** The policy looks for other proposals about the same; this one is about the initiative, not about its lever. */
const subjectOf = (initiativeId: string): string => `initiative:${initiativeId}`;

export type PauseFacts = {
  initiative: Held;
  roi: Ref;
  gain: Ref;
  gainLow: Ref;
  gainHigh: Ref;
  spend: Ref;
  reviewOn: string;
};

/** Its return is below 1× after six months: pause it, and use the money elsewhere (specification, section 4). */
export function pauseMemo(facts: PauseFacts): { title: string; rationale: string; content: MemoContent } {
  const { initiative, roi, gain, gainLow, gainHigh, spend, reviewOn } = facts;
  const reason = `At the review of ${reviewOn} its return was below what was spent.`;
  const action: Action = {
    ...{ type: "growth.pause-initiative" as const, ...NO_MONEY, currency: initiative.currency },
    ...{ lever: subjectOf(initiative.id), initiativeId: initiative.id, title: initiative.title, reason },
  };
  const recommendation = `Pause “${initiative.title}”: its return is ${figureReference(roi.id)} after more than six months.`;
  return {
    title: `Pause “${initiative.title}”`,
    rationale: recommendation,
    content: {
      ...{ recommendation, recommendedOption: "pause", dissent: [] },
      why: [
        `It has brought ${figureReference(gain.id)} (${figureReference(gainLow.id)} to ${figureReference(gainHigh.id)}) for ${figureReference(spend.id)} spent.`,
        "What is not spent on it can go to a lever that pays.",
      ],
      options: [
        {
          ...{
            id: "pause",
            title: "Pause it",
            text: "Its budget is held, its tasks wait, its effect goes on being measured.",
          },
          consequences: [
            { label: "Return so far", figure: roi.id },
            { label: "Spent so far", figure: spend.id },
          ],
          action,
        },
        nothing("It goes on as planned; the next review looks again."),
      ],
      evidence: { figures: [roi, gain, gainLow, gainHigh, spend].map(({ id }) => id), artefactId: null },
      reversibility: "It can go on at any time.",
      onApproval: ["The initiative is paused that day. No money leaves and nothing is sent outside."],
      quotes: [roi, gain, gainLow, gainHigh, spend],
    },
  };
}

export type EscalationFacts = {
  venture: { id: string; name: string; currency: string };
  /** Newest first. */
  failures: readonly { title: string; on: string; roi: Ref | null }[];
  running: readonly { id: string; title: string }[];
};

/** Three failures in a row: the chairman looks at the levers again (specification, section 4). */
export function escalationMemo(facts: EscalationFacts): { title: string; rationale: string; content: MemoContent } {
  const { venture, failures, running } = facts;
  const rois = failures.flatMap(({ roi }) => roi ?? []);
  const recommendation = `Hold growth spending at ${venture.name} and look for levers anew: the last initiatives failed one after the other.`;
  const action: Action = {
    ...{ type: "growth.review-strategy" as const, ...NO_MONEY, currency: venture.currency },
    ...{ lever: `venture:${venture.id}`, title: `Growth strategy of ${venture.name}` },
    initiativeIds: running.map(({ id }) => id),
  };
  return {
    title: `Look at the growth strategy of ${venture.name} again`,
    rationale: recommendation,
    content: {
      ...{ recommendation, recommendedOption: "hold", dissent: [] },
      why: failures
        .slice(0, 6)
        .map(
          ({ title, on, roi }) =>
            `“${title}”, measured on ${on}${roi ? `: return ${figureReference(roi.id)}` : " to have made things worse"}.`,
        ),
      options: [
        {
          ...{ id: "hold", title: "Hold what runs and look again", consequences: [], action },
          text:
            running.length > 0
              ? `Paused: ${running.map(({ title }) => `“${title}”`).join(", ")}.`
              : "Nothing runs now; nothing new is started before the next lever analysis.",
        },
        nothing("Initiatives go on one by one, as the policy allows."),
      ],
      evidence: { figures: rois.map(({ id }) => id), artefactId: null },
      reversibility: "What is paused can go on at any time.",
      onApproval: [
        "Running initiatives of the venture are paused that day. No money leaves and nothing is sent outside.",
      ],
      quotes: [...new Map(rois.map((quote) => [quote.id, quote])).values()],
    },
  };
}

export type RaiseFacts = {
  initiative: Held;
  increaseMinor: string;
  increase: Ref;
  budget: Ref;
  spent: Ref;
  committed: Ref;
  reason: string;
};

/** More than was approved is a new decision. */
export function raiseMemo(facts: RaiseFacts): { title: string; rationale: string; content: MemoContent } {
  const { initiative, increaseMinor, increase, budget, spent, committed, reason } = facts;
  const action: Action = {
    ...{ type: "growth.raise-budget" as const, ...NO_MONEY, budgetMinor: increaseMinor, currency: initiative.currency },
    ...{ lever: subjectOf(initiative.id), initiativeId: initiative.id, title: initiative.title, reason },
  };
  const recommendation = `Add ${figureReference(increase.id)} to the budget of “${initiative.title}”, which is ${figureReference(budget.id)}.`;
  return {
    title: `A larger budget for “${initiative.title}”`,
    rationale: reason,
    content: {
      ...{ recommendation, recommendedOption: "raise", dissent: [] },
      why: [reason],
      options: [
        {
          ...{ id: "raise", title: "Raise the budget", text: "Everything else of the plan stays as it is." },
          consequences: [
            { label: "Added", figure: increase.id },
            { label: "Budget now", figure: budget.id },
            { label: "Spent", figure: spent.id },
            { label: "Committed", figure: committed.id },
          ],
          action,
        },
        nothing("The budget stays; nothing beyond it can be promised."),
      ],
      evidence: { figures: [increase, budget, spent, committed].map(({ id }) => id), artefactId: null },
      reversibility: "It can be lowered again; what has been spent by then is spent.",
      onApproval: ["The approved budget rises that day. No money leaves by it and nothing is sent outside."],
      quotes: [increase, budget, spent, committed],
    },
  };
}
