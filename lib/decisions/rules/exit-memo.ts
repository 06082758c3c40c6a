import { figureReference } from "@/lib/figures/schema";
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
  /** Each group of holders with what it would receive. */
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

type Draft = { title: string; rationale: string; content: Omit<MemoContent, "quotes"> };

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

const told = ({ figures }: ExitMemoFacts, keys: readonly ExitFigure[]): MemoOption["consequences"] =>
  keys.flatMap((key) => {
    const figure = figures[key];
    return figure ? [{ label: LABELS[key], figure }] : [];
  });
const said = ({ figures }: ExitMemoFacts, key: ExitFigure): string | null => {
  const figure = figures[key];
  return figure ? figureReference(figure) : null;
};

const nothingMoney = {
  budgetMinor: "0",
  budgetFigure: null,
  baselineFigure: null,
  targetFigure: null,
  targetValue: null,
};

/** What other proposals about the same preparation are known by. */
export const exitSubject = (preparationId: string, what: string): string => `exit:${preparationId}:${what}`;

function valueLine(facts: ExitMemoFacts): string {
  const [central, low, high] = [said(facts, "equity"), said(facts, "equityLow"), said(facts, "equityHigh")];
  if (!central) return "No valuation is kept, so what it would bring is not known.";
  const range = low && high ? `, between ${low} and ${high}` : "";
  const net = said(facts, "group");
  return `Equity is valued at ${central}${range} on ${facts.valuedOn}. ${net ? `The group would receive ${net}.` : "What the group would receive is not known."}`;
}

const gapLines = ({ criteria }: ExitMemoFacts): string[] =>
  criteria
    .filter(({ met }) => !met)
    .map(({ label, missing }) => `Not met: ${label.toLowerCase()}. ${missing.join(" ")}`.slice(0, 600));

const evidenceOf = ({ figures, artefactId }: ExitMemoFacts) => ({ figures: Object.values(figures), artefactId });

const waiting = (facts: ExitMemoFacts): MemoOption => ({
  ...{ id: "wait", title: "Go on preparing", action: null, consequences: told(facts, ["readiness", "completeness"]) },
  text: "Preparation goes on and is looked at again at the next check. What waiting is worth is on the timing page.",
});
const nothing = (text: string): MemoOption => ({
  ...{ id: DO_NOTHING, title: "Do nothing", text, consequences: [], action: null },
});

/** Readiness is reached: the whole case, and the chairman decides. It cannot be undone. */
export function approvalMemo(facts: ExitMemoFacts): Draft {
  const title = `Approve the exit process of ${facts.venture}`.slice(0, 160);
  const action: Action = {
    ...{ type: "exit.approve-exit" as const, lever: exitSubject(facts.preparationId, "approval"), title },
    ...{ preparationId: facts.preparationId, currency: facts.currency, ...nothingMoney },
  };
  const gaps = gapLines(facts);
  const readiness = said(facts, "readiness");
  const recommendation =
    gaps.length === 0
      ? "Readiness and all criteria of exit preparation are met. Start value realization."
      : "Readiness has reached the profile's target; criteria named below are still open. Start value realization if these can wait.";
  const content = {
    ...{ recommendation, recommendedOption: "approve", evidence: evidenceOf(facts) },
    why: [
      ...(readiness ? [`Exit readiness stands at ${readiness}, at the profile's target or above.`] : []),
      valueLine(facts),
      ...(said(facts, "buyers") ? [`Qualified buyers: ${said(facts, "buyers")}.`] : ["Nobody has entered a buyer."]),
      ...gaps,
    ].slice(0, 8),
    options: [
      {
        ...{ id: "approve", title: "Start value realization (40.3)", action },
        text: "Offers may be asked for and negotiated. Growth goes on beside it. Each step outside the holding asks again.",
        consequences: told(facts, ["equity", "equityLow", "equityHigh", "group", "buyers"]),
      },
      waiting(facts),
      nothing(
        "Preparation goes on as it is; nobody outside is asked, and the question comes again when readiness falls and rises anew.",
      ),
    ],
    reversibility: "It cannot be undone: the process becomes known. It can still be ended before anything is signed.",
    onApproval: [
      "Exit preparation (40.2) is closed and value realization (40.3) opens.",
      "Nothing is sent outside by it; each teaser, access and offer is a decision of its own.",
    ],
    dissent:
      gaps.length > 0 ? [{ by: "The same facts", text: "Gaps that a buyer finds later are taken off the price." }] : [],
  };
  return { title, rationale: recommendation, content };
}

export type ReturnCause = "no-buyer" | "readiness-stalled";
const CAUSES: Readonly<Record<ReturnCause, { why: string; title: (venture: string) => string }>> = {
  "no-buyer": {
    why: "No qualified buyer has been found in the time that the rule gives.",
    title: (venture) => `Return ${venture} to growth: no qualified buyer`,
  },
  "readiness-stalled": {
    why: "Readiness stayed low, and the remediation tasks brought no progress.",
    title: (venture) => `Return ${venture} to growth: readiness does not rise`,
  },
};

/** 40.2 goes nowhere: back to growth management, or on by the chairman's word. */
export function returnMemo(facts: ExitMemoFacts, cause: ReturnCause): Draft {
  const { why, title: titled } = CAUSES[cause];
  const title = titled(facts.venture).slice(0, 160);
  const action: Action = {
    ...{ type: "exit.return-to-growth" as const, lever: exitSubject(facts.preparationId, cause), title, reason: why },
    ...{ preparationId: facts.preparationId, currency: facts.currency, ...nothingMoney },
  };
  const content = {
    ...{ recommendation: `${why} Return to growth management and prepare again later.`, recommendedOption: "return" },
    ...{ evidence: evidenceOf(facts), dissent: [] },
    why: [why, `Preparation began on ${facts.startedOn}.`, ...gapLines(facts)].slice(0, 8),
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

/** The market fell: preparation waits. */
export function pauseMemo(facts: ExitMemoFacts): Draft {
  const title = `Pause the exit preparation of ${facts.venture}: multiples fell`.slice(0, 160);
  const why = "Multiples of the market have fallen by half or more from their highest of the last year.";
  const action: Action = {
    ...{ type: "exit.pause-preparation" as const, lever: exitSubject(facts.preparationId, "market-crash"), title },
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
      nothing("Preparation goes on in the market as it is."),
    ],
    reversibility: "It can be resumed at any time.",
    onApproval: ["The checks of exit preparation wait until the chairman resumes them."],
  };
  return { title, rationale: why, content };
}
