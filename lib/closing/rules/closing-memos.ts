import { type Action, DO_NOTHING, type MemoContent } from "@/lib/decisions/schema";
import type { AskSend } from "../schema";

type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };
type About = {
  venture: string;
  currency: string;
  bidder: string;
  figures: readonly { label: string; figure: string }[];
};

const committing = (lever: string, title: string, currency: string) => ({
  ...{ lever, title: title.slice(0, 160), budgetMinor: "0", currency, budgetFigure: null, baselineFigure: null },
  ...{ targetFigure: null, targetValue: null },
});
const nothing = (title: string, text: string) => ({ id: DO_NOTHING, title, text, consequences: [], action: null });

type Case = {
  title: string;
  recommendation: string;
  why: readonly string[];
  option: { title: string; text: string };
  otherwise: { title: string; text: string };
  action: Action;
  reversibility: string;
  onApproval: readonly string[];
  artefactId?: string;
};

const draft = ({ figures }: About, one: Case): Draft => ({
  ...{ title: one.title.slice(0, 160), rationale: one.recommendation.slice(0, 1_200) },
  content: {
    ...{ recommendation: one.recommendation.slice(0, 1_200), recommendedOption: "do", dissent: [] },
    why: one.why.map((each) => each.slice(0, 600)),
    options: [
      {
        ...{
          id: "do",
          title: one.option.title.slice(0, 160),
          text: one.option.text.slice(0, 1_200),
          action: one.action,
        },
        consequences: figures.map(({ label, figure }) => ({ label, figure })),
      },
      nothing(one.otherwise.title, one.otherwise.text),
    ],
    evidence: { figures: figures.map(({ figure }) => figure), artefactId: one.artefactId ?? null },
    ...{ reversibility: one.reversibility, onApproval: one.onApproval.map((each) => each.slice(0, 400)) },
  },
});

export const waiverSubject = (itemId: string): string => `closing:waive:${itemId}`;

/** We give up a condition that protects us. */
export function waiverMemo(about: About, item: { id: string; version: number; title: string }, reason: string): Draft {
  const title = `Waive “${item.title}” towards ${about.bidder}`;
  return draft(about, {
    title,
    recommendation: `Waive the condition “${item.title}” in the sale of ${about.venture} to ${about.bidder}.`,
    why: [reason],
    option: { title: "Waive it", text: "We would have to close without it." },
    otherwise: { title: "Insist on it", text: "The condition stays open; nobody has to close before it is met." },
    action: {
      ...{ type: "deal.waive-condition", ...committing(waiverSubject(item.id), title, about.currency) },
      ...{ itemId: item.id, itemVersion: item.version, reason },
    },
    reversibility: "A waiver that the other side knows of binds us; it is not taken back.",
    onApproval: ["Our waiver is recorded with its reason and this memo.", "Counsel tells the other side in writing."],
  });
}

export const releaseSubject = (dealId: string): string => `closing:release:${dealId}`;

/** All signatures are released at once: the sale closes. */
export function releaseMemo(about: About, deal: { id: string; version: number }, reason: string): Draft {
  const title = `Release all signatures: ${about.venture} to ${about.bidder}`;
  return draft(about, {
    title,
    recommendation: `Release all held signatures and close the sale of ${about.venture} to ${about.bidder}.`,
    why: [reason, "Every condition is met or waived, and every signature is held."],
    option: { title: "Release them", text: "All documents take effect together." },
    otherwise: { title: "Keep them held", text: "Nothing takes effect; the signatures stay with counsel." },
    action: {
      ...{ type: "deal.release-signatures", ...committing(releaseSubject(deal.id), title, about.currency) },
      ...{ dealId: deal.id, closingVersion: deal.version },
    },
    reversibility: "It cannot be undone: what is released binds.",
    onApproval: [
      "All signatures are released in one act, unless a condition has opened again since.",
      "The deal can be recorded as complete, and its payments prepared.",
    ],
  });
}

export const sendSubject = (artefactId: string): string => `closing:send:${artefactId}`;

/** A status update goes to the people who are named, and to nobody else. */
export function sendMemo(about: About, { dealId, artefactId, recipients, message }: AskSend): Draft {
  const title = `Send the status of the sale to ${recipients.map(({ name }) => name).join(", ")}`;
  return draft(about, {
    title,
    recommendation: `Send the status of the sale of ${about.venture} to ${about.bidder} to the people who are named.`,
    why: ["They are told where the closing stands, in these words and no others."],
    option: { title: "Send it", text: message },
    otherwise: { title: "Send nothing", text: "The report stays in the house." },
    action: {
      ...{ type: "deal.send-status", ...committing(sendSubject(artefactId), title, about.currency) },
      ...{ dealId, artefactId, recipients, message },
    },
    reversibility: "What was sent stays sent.",
    onApproval: recipients.slice(0, 12).map(({ name, email }) => `Sent outside, once: ${name}, ${email}.`),
    artefactId,
  });
}
