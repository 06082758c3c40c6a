import { type Action, DO_NOTHING, type MemoContent } from "@/lib/decisions/schema";
import { digestOf } from "@/lib/figures/rules";
import type { AskApproach } from "../schema";
import { STAGE_LABELS } from "./outreach";

type Facts = Omit<AskApproach, "ventureId"> & {
  venture: string;
  currency: string;
  /** In the order of the ids. */
  names: readonly string[];
};

/** What the policy and other proposals about the same are known by. */
export const approachSubject = ({ companyIds, what }: Pick<AskApproach, "companyIds" | "what">): string =>
  `buyers:${what}:${digestOf(companyIds.toSorted()).slice(-16)}`;

const SENT: Readonly<Record<AskApproach["what"], string>> = {
  nda: "a confidentiality agreement",
  teaser: "the teaser",
  memorandum: "the information memorandum",
};

/** These buyers may be sent this, and nobody else. No number is claimed. */
export function approachMemo({ companyIds, what, rationale, venture, currency, names }: Facts): {
  title: string;
  rationale: string;
  content: MemoContent;
} {
  const few = names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and others`;
  const title = `${STAGE_LABELS[what]} of ${venture} to ${few}`.slice(0, 160);
  const action: Action = {
    ...{
      type: "exit.approach-buyers" as const,
      lever: approachSubject({ companyIds, what }),
      title,
      budgetMinor: "0",
      currency,
    },
    ...{ budgetFigure: null, baselineFigure: null, targetFigure: null, targetValue: null },
    ...{ companyIds: companyIds.toSorted(), what },
  };
  const recommendation = `Send ${SENT[what]} of ${venture} to the buyers named here and to nobody else.`;
  const content: MemoContent = {
    ...{ recommendation, recommendedOption: "send", dissent: [], quotes: [] },
    why: [rationale],
    options: [
      {
        ...{ id: "send", title: "Let it be sent", consequences: [], action },
        text: "The buyers in the table, and no others.",
      },
      {
        id: DO_NOTHING,
        title: "Send nothing",
        text: "The buyers stay where they are on the board.",
        consequences: [],
        action: null,
      },
    ],
    // Each in a row of its own: who is told is all there to be read.
    tables: [
      {
        ...{ title: "Buyers", columns: ["Name"], note: null },
        rows: names.map((name, index) => ({ label: `${index + 1}.`, cells: [{ text: name }] })),
      },
    ],
    evidence: { figures: [], artefactId: null },
    reversibility: "The permission can be taken back until it is used; what was sent stays sent.",
    onApproval: [
      `Sent outside: an analyst may send ${SENT[what]} to each buyer named, and records when it went.`,
      "The board takes no such step for any other buyer.",
    ],
  };
  return { title, rationale: recommendation, content };
}
