import { figureReference } from "@/lib/figures/schema";
import { dayWords } from "@/lib/metrics/rules/periods";
import { type Action, DO_NOTHING, type MemoContent, type MemoOption } from "../schema";

/** What the memos of exit preparation are written from: numbers only as the ids of stored figures. */
export type ExitMemoFacts = {
  preparationId: string;
  venture: string;
  currency: string;
  startedOn: string;
  valuedOn: string | null;
  /** A stored figure, by what it says; absent where it is unknown. */
  figures: Partial<Record<ExitFigure, string>>;
  criteria: readonly { label: string; met: boolean; missing: readonly string[] }[];
  artefactId: string | null;
};
export type ExitFigure =
  | "readiness"
  | "coverage"
  | "completeness"
  | "equity"
  | "equityLow"
  | "equityHigh"
  | "group"
  | "buyers";

export type ExitDraft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };

const LABELS: Readonly<Record<ExitFigure, string>> = {
  readiness: "Exit readiness",
  coverage: "Criteria answered",
  completeness: "Data room filed",
  equity: "Equity value",
  equityLow: "Equity value, low",
  equityHigh: "Equity value, high",
  group: "Net proceeds of the group",
  buyers: "Qualified buyers",
};

export const told = ({ figures }: ExitMemoFacts, keys: readonly ExitFigure[]): MemoOption["consequences"] =>
  keys.flatMap((key) => {
    const figure = figures[key];
    return figure ? [{ label: LABELS[key], figure }] : [];
  });
export const said = ({ figures }: ExitMemoFacts, key: ExitFigure): string | null => {
  const figure = figures[key];
  return figure ? figureReference(figure) : null;
};

export const nothingMoney = {
  budgetMinor: "0",
  budgetFigure: null,
  baselineFigure: null,
  targetFigure: null,
  targetValue: null,
};

/** What other proposals about the same preparation are known by. */
export const exitSubject = (preparationId: string, what: string): string => `exit:${preparationId}:${what}`;

export function valueLine(facts: ExitMemoFacts): string {
  const [central, low, high] = [said(facts, "equity"), said(facts, "equityLow"), said(facts, "equityHigh")];
  if (!central) return "No valuation is kept, so what it would bring is not known.";
  const range = low && high ? `, between ${low} and ${high}` : "";
  const net = said(facts, "group");
  return `Equity is valued at ${central}${range} on ${dayWords(facts.valuedOn ?? "an unknown day")}. ${net ? `The group would receive ${net}.` : "What the group would receive is not known."}`;
}

export const gapLines = ({ criteria }: ExitMemoFacts): string[] =>
  criteria
    .filter(({ met }) => !met)
    .map(({ label, missing }) => `Not met: ${label.toLowerCase()}. ${missing.join(" ")}`.slice(0, 600));

export const evidenceOf = ({ figures, artefactId }: ExitMemoFacts) => ({ figures: Object.values(figures), artefactId });

export const nothing = (text: string): MemoOption => ({
  ...{ id: DO_NOTHING, title: "Do nothing", text, consequences: [], action: null },
});

export type ReturnCause = "no-buyer" | "readiness-stalled" | "growth-negative";
const CAUSES: Readonly<Record<ReturnCause, { why: string; title: (venture: string) => string }>> = {
  "no-buyer": {
    why: "No qualified buyer has been found in the time that the rule gives.",
    title: (venture) => `Return ${venture} to growth: no qualified buyer`,
  },
  "growth-negative": {
    why: "Revenue has been shrinking for two quarters. The levers are to be looked at again before a sale.",
    title: (venture) => `Return ${venture} to growth: revenue shrinks`,
  },
  "readiness-stalled": {
    why: "Readiness stayed low, and the remediation tasks brought no progress.",
    title: (venture) => `Return ${venture} to growth: readiness does not rise`,
  },
};

/** 40.2 goes nowhere: back to growth management, or on by the chairman's word. */
export function returnMemo(facts: ExitMemoFacts, cause: ReturnCause): ExitDraft {
  const { why, title: titled } = CAUSES[cause];
  const title = titled(facts.venture).slice(0, 160);
  const action: Action = {
    ...{ type: "exit.return-to-growth" as const, lever: exitSubject(facts.preparationId, cause), title, reason: why },
    ...{ preparationId: facts.preparationId, currency: facts.currency, ...nothingMoney },
  };
  const content = {
    ...{ recommendation: `${why} Return to growth management and prepare again later.`, recommendedOption: "return" },
    ...{ evidence: evidenceOf(facts), dissent: [] },
    why: [why, `Preparation began on ${dayWords(facts.startedOn)}.`, ...gapLines(facts)].slice(0, 8),
    options: [
      {
        ...{
          id: "return",
          title: "Return to growth (40.1)",
          action,
          consequences: told(facts, ["readiness", "buyers"]),
        },
        text: "Preparation ends; what was gathered stays. It can be started anew at any time.",
      },
      nothing("Preparation goes on as it is. The same rule does not ask again in this preparation."),
    ],
    reversibility: "Preparation can be started anew at any time; its clock then begins again.",
    onApproval: ["Exit preparation (40.2) is closed; growth management (40.1) goes on."],
  };
  return { title, rationale: why, content };
}

export type PauseCause = "market-crash" | "key-person";
const PAUSES: Readonly<Record<PauseCause, { why: string; title: (venture: string) => string; answer: string }>> = {
  "market-crash": {
    why: "Multiples of the market have fallen by half or more from their highest of the last year.",
    title: (venture) => `Pause the exit preparation of ${venture}: multiples fell`,
    answer: "Preparation goes on in the market as it is.",
  },
  "key-person": {
    why: "A key person has left; a buyer will ask who stays. A retention plan is among the tasks, and readiness is scored anew.",
    title: (venture) => `Pause the exit preparation of ${venture}: a key person left`,
    answer: "Preparation goes on beside the retention plan.",
  },
};

/** Something happened that buyers would ask about first: preparation waits. */
export function pauseMemo(facts: ExitMemoFacts, cause: PauseCause): ExitDraft {
  const { why, title: titled, answer } = PAUSES[cause];
  const title = titled(facts.venture).slice(0, 160);
  const action: Action = {
    ...{ type: "exit.pause-preparation" as const, lever: exitSubject(facts.preparationId, cause), title },
    ...{ preparationId: facts.preparationId, currency: facts.currency, reason: why, ...nothingMoney },
  };
  const content = {
    ...{ recommendation: `${why} Pause preparation and stay in growth.`, recommendedOption: "pause", dissent: [] },
    ...{ evidence: evidenceOf(facts), why: [why, valueLine(facts)] },
    options: [
      {
        ...{ id: "pause", title: "Pause preparation", action, consequences: told(facts, ["equity", "group"]) },
        text: "No check runs until it is resumed; nothing is lost.",
      },
      nothing(answer),
    ],
    reversibility: "It can be resumed at any time.",
    onApproval: ["The checks of exit preparation wait until the chairman resumes them."],
  };
  return { title, rationale: why, content };
}
