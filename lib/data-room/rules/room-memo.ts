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

const ROWS = 40;
/** Where there are more folders than rows, a row holds two. */
const MOST_FOLDER_ROWS = 200;

type Tables = NonNullable<MemoContent["tables"]>;

function pagesOf(title: string, column: string, texts: readonly string[]): Tables {
  const rows = texts.map((text, index) => ({ label: `${index + 1}.`, cells: [{ text }] }));
  const pages = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, page) =>
    rows.slice(page * ROWS, (page + 1) * ROWS),
  );
  return pages.map((page, index) => ({
    title: pages.length === 1 ? title : `${title}, part ${index + 1}`,
    ...{ columns: [column], rows: page, note: null },
  }));
}

/** Every address and every folder: what is let in is all there to be read, however much it is. */
function tablesOf(emails: readonly string[], folders: readonly string[]): Tables {
  const each = folders.length > MOST_FOLDER_ROWS ? 2 : 1;
  const texts = Array.from({ length: Math.ceil(folders.length / each) }, (_, row) =>
    folders.slice(row * each, (row + 1) * each).join("; "),
  );
  return [...pagesOf("People", "Address", emails), ...pagesOf("Folders", "Folder", texts)];
}

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
        text: "The people and the folders in the tables, and no others.",
      },
      {
        id: DO_NOTHING,
        title: "Leave it",
        text: before ? "What is approved stays as it is." : "Nobody of the group gets in.",
        consequences: [],
        action: null,
      },
    ],
    tables: tablesOf(terms.emails, folders),
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
