import { dayWords } from "@/lib/metrics/rules/periods";

/** Steps of the runs below the stage in words, as its timeline tells them. */

export type StepEvent = {
  type: string;
  payload: Readonly<Record<string, unknown>>;
  /** Which turn of the growth loop. */
  turn: number | null;
};

const VERDICTS: Readonly<Record<string, string>> = {
  ...{ approved: "approved", conditional: "approved with conditions", rejected: "rejected", reversed: "reversed" },
  ...{ question: "asked back", deferred: "put off", "first-approval": "approved by a first person" },
};
export const verdictWords = (verdict: string): string => VERDICTS[verdict] ?? verdict;

/** A status that a verdict has brought about: the verdict tells it. */
export const isSettled = (status: string): boolean =>
  status === "approved" || status === "conditional" || status === "rejected" || status === "reversed";

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function checkWords({ round, consequences, nextCheckOn }: StepEvent["payload"]): string {
  const found = listIn(consequences).length;
  const what = found === 0 ? "nothing stands against it" : counted(found, "finding");
  const next = typeof nextCheckOn === "string" ? `; the next check is on ${dayWords(nextCheckOn)}` : "";
  return `Exit preparation, check ${String(round)}: ${what}${next}.`;
}

const GOVERNANCE: Readonly<Record<string, (title: string, trigger: string) => string>> = {
  "directive.fired": (title, trigger) => `${trigger} fired: ${title}.`,
  "directive.ended": (title) => `The cause of a directive is over: ${title}.`,
  "handoff.written": (title) => `Handed over to governance: ${title}.`,
  "governance.answered": (title) => `Governance answered: ${title}.`,
};

export function stepWords({ type, payload, turn }: StepEvent): string {
  if (type === "growth-cycle.advanced")
    return `Growth loop${turn === null ? "" : `, turn ${turn}`}: from ${String(payload.from)} to ${String(payload.to)}.`;
  if (type === "exit-preparation.checked") return checkWords(payload);
  if (type === "exit-preparation.remediated")
    return `${counted(listIn(payload.criteria).length, "remediation task")} made.`;
  return GOVERNANCE[type]?.(String(payload.title ?? ""), String(payload.trigger ?? "A trigger")) ?? type;
}
