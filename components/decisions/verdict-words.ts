import type { Stance } from "@/lib/decisions/schema/inbox";
import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { FieldProblem } from "@/lib/errors";

export const STATUS_WORDS: Readonly<Record<string, string>> = {
  pending: "waits for a decision",
  question: "waits for an answer",
  deferred: "deferred",
  confirming: "approved by one, waits for the second",
  approved: "approved",
  conditional: "approved with conditions",
  rejected: "rejected",
  expired: "expired",
  withdrawn: "withdrawn",
  reversed: "reversed",
};

export const VERDICT_WORDS: Readonly<Record<string, string>> = {
  "first-approval": "Approved as the first of two",
  approved: "Approved",
  conditional: "Approved with conditions",
  rejected: "Rejected",
  question: "Asked",
  deferred: "Deferred",
  reversed: "Reversed",
};

/** What a colleague says who was asked to read it. */
export const STANCE_WORDS: Readonly<Record<Stance, string>> = {
  for: "would approve",
  against: "would not approve",
  undecided: "is undecided",
};

/** What has happened where an action is about no initiative. */
export const DEED_WORDS: Readonly<Record<string, string>> = {
  "growth.review-strategy": "the initiatives wait",
  "exit.open-room": "the room is open to them",
  "exit.approach-buyers": "these buyers may be approached",
  "exit.approve-exit": "exit preparation is closed, and value realization (40.3) is open",
  "exit.score-criterion": "the criterion is scored, unless somebody has scored it since",
  "exit.start-preparation": "exit preparation (40.2) is open beside growth",
  "exit.return-to-growth": "exit preparation is closed, and growth goes on",
  "exit.pause-preparation": "exit preparation waits",
  "deal.delay-exit": "the sale is closed, and growth goes on alone",
  "deal.pause-sale": "the sale waits",
  "deal.freeze-tranche": "the tranche stays frozen",
  "deal.lift-freeze": "the tranche can be released again",
  "stage.regress-to-39": "the venture is back in stage 39",
  "deal.waive-condition": "our waiver is recorded",
  "deal.release-signatures": "the signatures are released, unless a condition has opened again since",
  "deal.send-status": "the letters are on their way",
  "distribution.issue-statements":
    "each holder has a door of their own; a letter is on its way where a mail server is set up",
  "payments.pay": "the payments are approved, and the bank’s file can be made",
  "policy.promote": "the agent may do this by itself, up to what was approved",
};

/** What can be said of taking it back. */
export function reversalWords({ reversible, discloses }: { reversible: boolean; discloses: boolean }): string {
  if (!reversible) return "cannot be undone";
  return discloses ? "reversible, but what was seen stays seen" : "reversible";
}

const SENTENCES: Readonly<Record<string, string>> = {
  ...ERROR_SENTENCES,
  OWN_APPROVAL: "You approved this already; the second one has to be somebody else.",
  AS_IT_STANDS: "The second person approves what the first one approved, as it stands, or rejects it.",
  OWN_PROPOSAL: "You proposed this yourself, so someone else has to decide it.",
  EXPIRED: "This memo has expired. Nothing was recorded; a new analysis can propose it again.",
  STALE: "Figures in this memo changed since it was written. Bring them up to date, read them, and decide then.",
  NOT_RECOMPUTED: "These figures have to be recomputed first: open each one and press Recompute.",
  UNKNOWN_OPTION: "This option has nothing to carry out. Reject the memo instead.",
  DATE_PASSED: "This day is over. Choose a later one.",
  DATE_AFTER_EXPIRY: "The memo expires before that day. Choose an earlier one.",
  CLOSED: "This memo is closed. Nothing was recorded.",
  TOO_LATE: "The minute is over: this verdict stands.",
  NOT_YOURS: "Only the one who decided can take it back.",
  IRREVERSIBLE: "This cannot be undone.",
  NOTHING_TO_REVERSE: "There is no decision to act that could be reversed.",
  NOTHING_TO_UNDO: "There is nothing to take back.",
  CHANGED_SINCE: "The memo changed since. Nothing was taken back.",
  NOT_A_COLLEAGUE: "Choose a colleague who sees this venture, and not yourself.",
  ASKED_ALREADY: "They have it to read already.",
  ALREADY_SAID: "The opinion has been given and stands on the memo.",
  OFFLINE: "Not sent: the server does not answer. What you chose stays here; try again.",
};

const problem = (problems: readonly FieldProblem[] | undefined, path: string): string | null =>
  problems?.find((each) => each.path === path)?.expected ?? null;

/** What a person reads for a refused verdict: what happened, what was kept, what to do. */
export function refusalSentence(code: string, problems?: readonly FieldProblem[]): string {
  const plain = SENTENCES[code] ?? ERROR_SENTENCES.INTERNAL;
  if (code === "STALE" || code === "NOT_RECOMPUTED") {
    const names = problems?.map((each) => (code === "STALE" ? each.expected : each.path)) ?? [];
    return names.length > 0 ? `${plain} (${names.join(", ")})` : plain;
  }
  if (code !== "CONFLICT") return plain;
  const [status, by] = [problem(problems, "status"), problem(problems, "by")];
  if (!status) return plain;
  const word = STATUS_WORDS[status];
  const who = by ? ` by ${by}` : "";
  return word
    ? `This memo was ${word}${who} before your verdict arrived. Yours was not recorded.`
    : `This memo changed after you opened it: ${status.toLowerCase()}${who}. Your verdict was not recorded; read the new version first.`;
}
