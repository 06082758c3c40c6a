import type { Action, ActionClass, MemoContent } from "../schema";
import { DO_NOTHING } from "../schema";
import { nothingMoney } from "./exit-memo";

/** What the memo about beginning 40.2 is written from: numbers only as the ids of stored figures. */
export type PreparationMemoFacts = {
  ventureId: string;
  venture: string;
  currency: string;
  why: string;
  figures: { label: string; figure: string }[];
};

export type PreparationDraft = {
  title: string;
  rationale: string;
  actionClass: ActionClass;
  content: Omit<MemoContent, "quotes">;
};

/** Conditions favour an exit: preparation begins beside growth, which goes on. */
export function preparationMemo({
  ventureId,
  venture,
  currency,
  why,
  figures,
}: PreparationMemoFacts): PreparationDraft {
  const title = `Begin exit preparation of ${venture}`.slice(0, 160);
  const action: Action = {
    ...{ type: "exit.start-preparation" as const, lever: `stage:${ventureId}:prepare`, title },
    ...{ ventureId, currency, reason: why, ...nothingMoney },
  };
  const options = [
    {
      ...{ id: "prepare", title: "Begin preparation (40.2)", action, consequences: figures },
      text: "Buyers, due diligence and valuation are worked on beside growth. Nothing is told to anybody outside.",
    },
    {
      ...{ id: DO_NOTHING, title: "Do nothing", consequences: [], action: null },
      text: "Growth goes on alone. Preparation can be begun by hand at any time.",
    },
  ];
  const content = {
    ...{ recommendation: `${why} Begin exit preparation beside growth.`, recommendedOption: "prepare", dissent: [] },
    why: [why, "What preparation takes, a filled data room and qualified buyers, takes most of a year."],
    options,
    evidence: { figures: figures.map(({ figure }) => figure), artefactId: null },
    reversibility: "Preparation can be paused, cancelled or begun again at any time.",
    onApproval: ["Exit preparation (40.2) opens beside growth.", "Its first check runs at once."],
  };
  return { title, rationale: why, actionClass: "exit.start-preparation", content };
}
