import type { AgentName } from "@/lib/agents/schema";
import { figureReference } from "@/lib/figures/schema";
import type { AutonomyLevel } from "@/lib/ventures/schema";
import { type ActionClass, DO_NOTHING, type MemoContent } from "../../schema";
import { ACTION_WORDS, AGENT_WORDS } from "../../schema/words";
import { nothingMoney } from "../exit-memo";
import type { RecordPart } from "./record-figures";

export type PromotionMemoFacts = {
  venture: { id: string; name: string; currency: string };
  agent: AgentName;
  actionClass: ActionClass;
  /** Plain US dollars; null where the class commits no money. */
  limitUsd: string | null;
  /** What is set at the venture now; null where its own autonomy holds. */
  before: { level: AutonomyLevel; limitUsd: string | null; reason: string } | null;
  /** The agent lost the right before and earned it anew. */
  demoted: boolean;
  /** Stored figures of the record, by what they count. */
  figures: Readonly<Record<Exclude<RecordPart, "limit">, string> & { limit: string | null }>;
};

/** The memo that asks the chairman to let an agent do something by itself: every number is a figure of its record. */
export function promotionMemo(facts: PromotionMemoFacts): {
  title: string;
  rationale: string;
  content: Omit<MemoContent, "quotes">;
} {
  const { venture, agent, actionClass, limitUsd, before, demoted, figures } = facts;
  const said = (part: Exclude<RecordPart, "limit">) => figureReference(figures[part]);
  const [who, what] = [AGENT_WORDS[agent], ACTION_WORDS[actionClass]];
  const title = `Let ${who.replace("The ", "the ")} ${what} by itself at ${venture.name}`.slice(0, 160);
  const reason = `Earned by its record: ${who.replace("The ", "the ")} may ${what} by itself`.slice(0, 300);
  const lever = `autonomy:${venture.id}:${agent}:${actionClass}`.slice(0, 120);
  const about = { lever, title, currency: venture.currency, ventureId: venture.id, agent, actionClass };
  const action = { type: "policy.promote" as const, ...about, ...nothingMoney, limitUsd, reason, before };
  const rationale = `${who} proposed to ${what} ${said("settled")} times; ${said("right")} of these were right.`;
  const shown = (label: string, figure: string | null) => (figure === null ? [] : [{ label, figure }]);
  const content = {
    ...{
      recommendation: `${rationale} The rule says that this earns the right to do it alone.`,
      recommendedOption: "promote",
    },
    why: [
      `Auto would have carried out ${said("wouldExecute")} of them; a person approved ${said("agreed")} of these as they were.`,
      `Its stated confidence has a Brier score of ${said("brier")}; none of its decisions was reversed.`,
      "What always goes to the chairman goes there as before, and so does every exception.",
    ],
    options: [
      {
        ...{ id: "promote", title: "Let it do this by itself", action },
        text: figures.limit
          ? `Up to ${figureReference(figures.limit)} for each commitment, and never above the limits of the house.`
          : "It commits no money; the limits of the house hold all the same.",
        consequences: [
          ...shown("Settled proposals", figures.settled),
          ...shown("Right", figures.right),
          ...shown("Auto would have done", figures.wouldExecute),
          ...shown("A person did the same", figures.agreed),
          ...shown("Brier score", figures.brier),
          ...shown("Up to", figures.limit),
        ],
      },
      {
        ...{ id: DO_NOTHING, title: "Leave it as it is", consequences: [], action: null },
        text: "Each such proposal stays a memo. The rule asks again after ninety days.",
      },
    ],
    evidence: { figures: Object.values(figures).filter((id) => id !== null), artefactId: null },
    reversibility:
      "Can be taken back at any time; the rule takes it back by itself after a reversal, a breach or a bad record.",
    onApproval: [
      `The policy of ${venture.name} lets ${who.replace("The ", "the ")} ${what} without a person.`,
      "Each decision that it takes stands in the record with its reasons, and can be reversed.",
      ...(demoted ? ["The right that was taken from it is given back, in every venture where it was set."] : []),
    ],
    dissent: demoted ? [{ by: "The record", text: "It had this right before and lost it by the rule." }] : [],
  };
  return { title, rationale, content };
}
