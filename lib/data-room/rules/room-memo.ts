import { type Action, DO_NOTHING, type MemoContent } from "@/lib/decisions/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { Terms } from "../schema/guests";
import { grantLines } from "./terms";

type Facts = {
  groupId: string;
  group: string;
  venture: string;
  currency: string;
  terms: Terms;
  /** What is in force now; null for a group that is new. */
  before: Terms | null;
  titles: ReadonlyMap<number, string>;
};

/** What the policy and other proposals about the same are known by. */
export const groupSubject = (groupId: string): string => `room-group:${groupId}`;

/** A room is opened to people outside the holding: word for word who, what, and how long. No number is claimed. */
export function openRoomMemo({ groupId, group, venture, currency, terms, before, titles }: Facts): {
  title: string;
  rationale: string;
  content: MemoContent;
} {
  const title = before ? `Widen what ${group} sees of ${venture}` : `Open the data room of ${venture} to ${group}`;
  const folders = grantLines(
    terms.grants.filter(({ level }) => level !== "none"),
    titles,
  );
  const added = before ? terms.emails.filter((email) => !before.emails.includes(email)) : terms.emails;
  const recommendation = `${title}, until ${dayWords(terms.expiresOn)}, for the addresses and folders named here and no others.`;
  const action: Action = {
    ...{
      type: "exit.open-room" as const,
      lever: groupSubject(groupId),
      title,
      budgetMinor: "0",
      currency,
      groupId,
      terms,
    },
    ...{ budgetFigure: null, baselineFigure: null, targetFigure: null, targetValue: null },
  };
  const content: MemoContent = {
    ...{ recommendation, recommendedOption: "open", dissent: [], quotes: [] },
    why: [
      "A buyer decides on what it can read; what is not shown is asked for later or taken off the price.",
      before
        ? "The group is in the room already; this goes beyond what was approved."
        : "The group is not in the room yet.",
    ],
    options: [
      {
        ...{ id: "open", title: before ? "Widen it" : "Open it", consequences: [], action },
        text: `Folders: ${folders.join("; ")}. People: ${terms.emails.join(", ")}.`.slice(0, 1_200),
      },
      {
        id: DO_NOTHING,
        title: "Leave it",
        text: before ? "What is approved stays as it is." : "Nobody of the group gets in.",
        consequences: [],
        action: null,
      },
    ],
    evidence: { figures: [], artefactId: null },
    reversibility: "Access ends at once when it is taken back; what has been read by then has been read.",
    onApproval: [
      `Sent outside: people of ${group} can read the folders named, each after a code by e-mail and the confidentiality text.`,
      `${added.length > 0 ? `Let in anew: ${added.join(", ")}.` : "Nobody new is let in."}`.slice(0, 400),
      "Every page of a PDF and every picture they see carries their address and the time; all they do is recorded.",
    ],
  };
  return { title: title.slice(0, 160), rationale: recommendation, content };
}
