import { type Action, DO_NOTHING, type MemoContent } from "@/lib/decisions/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import type { Issued } from "../../schema/records";

type Facts = {
  venture: string;
  currency: string;
  ventureId: string;
  expiresOn: string;
  rationale: string;
  holders: readonly Issued[];
  /** Of the record, as they are now. */
  figures: readonly { label: string; figure: string }[];
};

/** What the policy and other proposals about the same are known by. */
export const issueSubject = (ventureId: string, currency: string): string =>
  `holder-statements:${ventureId}:${currency}`;

const MOST_LETTERS = 1_200;
const ROWS = 40;
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** Every address with whose statement it opens: what is let in is all there to be read, however many they are. */
function tablesOf(holders: readonly Issued[]): NonNullable<MemoContent["tables"]> {
  const rows = holders
    .flatMap(({ name, version, emails }) => emails.map((email) => ({ name, version, email })))
    .map(({ name, version, email }, index) => ({
      label: `${index + 1}. ${cut(name, 180)}`,
      cells: [{ text: `Revision ${version}` }, { text: email }],
    }));
  const pages = Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, page) =>
    rows.slice(page * ROWS, (page + 1) * ROWS),
  );
  return pages.map((page, index) => ({
    title: pages.length === 1 ? "Who is shown what" : `Who is shown what, part ${index + 1}`,
    columns: ["Statement", "Address"],
    rows: page,
    note: null,
  }));
}

/** These revisions may be shown to these addresses, and nothing else to nobody else. */
export function issueMemo({ venture, currency, ventureId, expiresOn, rationale, holders, figures }: Facts): {
  title: string;
  rationale: string;
  content: Omit<MemoContent, "quotes">;
} {
  const title = cut(`Show the holders of ${venture} their statements`, 160);
  const recommendation = `Show each holder named here their own distribution statement of the sale of ${venture}, word for word as it is frozen, until ${dayWords(expiresOn)}.`;
  const action: Action = {
    ...{ type: "distribution.issue-statements", lever: issueSubject(ventureId, currency).slice(0, 120), title },
    ...{ budgetMinor: "0", currency, budgetFigure: null, baselineFigure: null, targetFigure: null, targetValue: null },
    ...{ recordCurrency: currency, expiresOn, holders: [...holders] },
  };
  return {
    title,
    rationale: cut(recommendation, MOST_LETTERS),
    content: {
      ...{ recommendation: cut(recommendation, MOST_LETTERS), recommendedOption: "issue", dissent: [] },
      why: [cut(rationale, 600)],
      options: [
        {
          ...{ id: "issue", title: "Show them", action },
          text: "The holders in the table, each their own statement, at these addresses and no others.",
          consequences: figures.map(({ label, figure }) => ({ label, figure })),
        },
        {
          ...{ id: DO_NOTHING, title: "Show nothing", action: null, consequences: [] },
          text: "The statements stay in the house; nobody outside gets in.",
        },
      ],
      tables: tablesOf(holders),
      evidence: { figures: figures.map(({ figure }) => figure), artefactId: null },
      reversibility: "Access ends at once when it is taken back; what has been read by then has been read.",
      onApproval: [
        "Sent outside: a letter with a link of their own goes to each address; the link opens only after a code by e-mail.",
        "A holder sees their own statement and nothing else; every page carries their address and the time.",
        "What each opens and downloads is recorded.",
      ],
    },
  };
}
