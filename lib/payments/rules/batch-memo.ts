import { type Action, DO_NOTHING, type MemoContent, type Quote } from "@/lib/decisions/schema";
import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";

export type MemoPayment = { payee: string; account: string; remittance: string; figure: string };

type Facts = {
  batchId: string;
  /** Of the lines: an approval is bound to it. */
  digest: string;
  title: string;
  why: string;
  from: string;
  currency: string;
  executeOn: string;
  totalMinor: bigint;
  total: string;
  payments: readonly MemoPayment[];
  quotes: readonly Quote[];
};

/** What other proposals about the same are known by. */
export const batchSubject = (batchId: string): string => `payments:${batchId}`;

/** With the row of the sum at most as many as a table of a memo may have. */
const ROWS = 39;

function tablesOf(payments: readonly MemoPayment[], total: string): NonNullable<MemoContent["tables"]> {
  const pages = Array.from({ length: Math.ceil(payments.length / ROWS) }, (_, page) =>
    payments.slice(page * ROWS, (page + 1) * ROWS),
  );
  return pages.map((page, index) => ({
    title: pages.length === 1 ? "Payments" : `Payments, part ${index + 1}`,
    columns: ["Account", "For", "Amount"],
    rows: [
      ...page.map(({ payee, account, remittance, figure }) => ({
        label: payee,
        cells: [{ text: account }, { text: remittance }, { figure }],
      })),
      ...(index === pages.length - 1 ? [{ label: "In all", cells: [null, null, { figure: total }] }] : []),
    ],
    ...{ note: null, exact: true },
  }));
}

/** Money that leaves: every payment with its payee, masked account and amount, to be approved by two people as it stands. */
export function batchMemo(facts: Facts): { title: string; rationale: string; content: MemoContent } {
  const { batchId, digest, currency, totalMinor, payments, total } = facts;
  const count = payments.length === 1 ? "one payment" : `${payments.length} payments`;
  const title = `Pay: ${facts.title}`.slice(0, 160);
  const recommendation = `Pay ${figureReference(total)} in ${count} from ${facts.from} on ${dayWords(facts.executeOn)}.`;
  const action: Action = {
    ...{ type: "payments.pay" as const, lever: batchSubject(batchId), title, currency, batchId, digest },
    ...{ budgetMinor: totalMinor.toString(), budgetFigure: null, baselineFigure: null },
    ...{ targetFigure: null, targetValue: null },
  };
  const content: MemoContent = {
    ...{ recommendation, recommendedOption: "pay", dissent: [], quotes: [...facts.quotes] },
    why: [facts.why, "Each amount is owed by the ledger, and each account was confirmed by a call."],
    options: [
      {
        ...{ id: "pay", title: "Pay them", action },
        text: "These payments and no others; a payee whose account changes before the file is made is left out.",
        consequences: [{ label: "Leaves the account", figure: total }],
      },
      {
        ...{ id: DO_NOTHING, title: "Do not pay", consequences: [], action: null },
        text: "The amounts stay owed, and the payments can be drafted again.",
      },
    ],
    tables: tablesOf(payments, total),
    evidence: { figures: [total], artefactId: null },
    reversibility: "Until the file is sent to the bank a payment can be taken out; what the bank has booked is gone.",
    onApproval: [
      "The ledger owes the payees no longer and shows the payments as on their way.",
      "A chairman makes the bank's file, once, and hands it to the bank; nothing is sent by itself.",
    ],
  };
  return { title, rationale: recommendation, content };
}
