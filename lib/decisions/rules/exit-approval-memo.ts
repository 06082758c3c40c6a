import type { Action, MemoOption, MemoTable } from "../schema";
import {
  type ExitDraft,
  type ExitMemoFacts,
  evidenceOf,
  exitSubject,
  gapLines,
  nothing,
  nothingMoney,
  said,
  told,
  valueLine,
} from "./exit-memo";

/** The id of a stored figure; null is unknown. */
type Told = string | null;
type Ends = { label: string; low: Told; central: Told; high: Told };

/** Everything that the chairman decides an exit on, beside what every memo of preparation says. */
export type ExitApprovalFacts = ExitMemoFacts & {
  /** Values of the range, and what each holder would receive of it. */
  values: readonly Ends[];
  holders: readonly Ends[];
  buyers: readonly { name: string; kind: string; tier: string; stage: string; fit: Told; capacity: Told }[];
  timing: {
    verdict: "hold" | "prepare" | "execute" | null;
    /** Why, in words without numbers. */
    reasons: readonly string[];
    score: Told;
    waiting: readonly { months: number; p10: Told; p50: Told; p90: Told; beats: Told; breakEven: Told }[];
  };
  /** What readiness lacks, by name: red flags and criteria that nobody answered. */
  flags: readonly string[];
  unanswered: readonly string[];
};

const cell = (id: Told): { figure: string } | null => (id === null ? null : { figure: id });
const words = (text: string): { text: string } => ({ text: text.slice(0, 300) });
const ends = (rows: readonly Ends[]): MemoTable["rows"] =>
  rows.slice(0, 40).map(({ label, low, central, high }) => ({
    label: label.slice(0, 200),
    cells: [cell(low), cell(central), cell(high)],
  }));
const ENDS = ["Low", "Middle", "High"];

function buyerTable({ buyers }: ExitApprovalFacts): MemoTable {
  return {
    ...{ title: "Qualified buyers", columns: ["Kind", "List", "Stands at", "Fit", "Could pay"] },
    rows: buyers.slice(0, 30).map(({ name, kind, tier, stage, fit, capacity }) => ({
      label: name.slice(0, 200),
      cells: [words(kind), words(tier), words(stage), cell(fit), cell(capacity)],
    })),
    note: buyers.length === 0 ? "Nobody on the list is qualified." : null,
  };
}

const MONTH_WORDS: Readonly<Record<number, string>> = { 6: "six", 12: "twelve", 24: "twenty-four" };
const monthsOf = (months: number): string => `${MONTH_WORDS[months] ?? months} months`;

function timingTable({ timing, figures }: ExitApprovalFacts): MemoTable {
  const today = { label: "Sell now, equity value", cells: [figures.equityLow, figures.equity, figures.equityHigh] };
  return {
    title: "Sell now or wait, worth today",
    columns: ["Low (P10)", "Middle (median)", "High (P90)", "Chance to beat selling now", "Break-even multiple"],
    rows: [
      { label: today.label, cells: [...today.cells.map((id) => cell(id ?? null)), null, null] },
      ...timing.waiting.map(({ months, p10, p50, p90, beats, breakEven }) => ({
        label: `Wait ${monthsOf(months)}`,
        cells: [cell(p10), cell(p50), cell(p90), cell(beats), cell(breakEven)],
      })),
    ],
    note: timing.waiting.length === 0 ? "What waiting is worth is not known: a number that it needs is missing." : null,
  };
}

/** Criteria of 40.2, red flags, and what nobody has answered. */
function gapTable({ criteria, flags, unanswered }: ExitApprovalFacts): MemoTable {
  const row = (label: string, missing: readonly string[], none: string) => ({
    label,
    cells: [words(missing.length > 0 ? "open" : "met"), words(missing.length > 0 ? missing.join(" ") : none)],
  });
  return {
    ...{ title: "Gaps", columns: ["State", "What is missing"], note: null },
    rows: [
      ...criteria.map(({ label, missing }) => row(label, missing, "Nothing.")),
      row(
        "Red flags",
        flags.map((flag) => `${flag}.`),
        "None.",
      ),
      row(
        "Readiness criteria without an answer",
        unanswered.slice(0, 8).map((one) => `${one}.`),
        "None.",
      ),
    ],
  };
}

const tablesOf = (facts: ExitApprovalFacts): MemoTable[] => [
  {
    title: "Value range",
    columns: ENDS,
    rows: ends(facts.values),
    note: facts.valuedOn ? null : "No valuation is kept.",
  },
  {
    ...{ title: "Net proceeds per holder, through the waterfall", columns: ENDS, rows: ends(facts.holders) },
    note: facts.holders.length > 0 ? null : "The cap table does not say enough for a waterfall.",
  },
  buyerTable(facts),
  timingTable(facts),
  gapTable(facts),
];

function waitOptions({ timing }: ExitApprovalFacts): MemoOption[] {
  return timing.waiting.map(({ months, p50, beats, breakEven }) => {
    const consequences = [
      { label: "Worth today", figure: p50 },
      { label: "Chance to beat selling now", figure: beats },
      { label: "Break-even multiple", figure: breakEven },
    ];
    return {
      ...{ id: `wait-${months}`, title: `Wait ${monthsOf(months)}`, action: null },
      text: "Defer this memo to choose it: preparation and growth go on, and it comes back on that day.",
      consequences: consequences.flatMap(({ label, figure }) => (figure ? [{ label, figure }] : [])),
    };
  });
}

/** What else than the sale of the whole could be done, by who of the qualified buyers could do it. */
function routes({ buyers }: ExitApprovalFacts): MemoOption {
  const has = (kind: string) => buyers.some((buyer) => buyer.kind === kind);
  const text = [
    has("financial")
      ? "A financial buyer is qualified: the sale of a part, or a recapitalization with a dividend, can be asked for."
      : "No financial buyer is qualified, so nobody could be asked for the sale of a part or a recapitalization yet.",
    has("management")
      ? "Management is qualified: a buy-out can be asked for."
      : "Management is not among the qualified buyers.",
    "Reject this memo with a note to have one prepared.",
  ].join(" ");
  return {
    id: "routes",
    title: "Another route: a part, a recapitalization, a buy-out",
    text,
    action: null,
    consequences: [],
  };
}

const verdictLine = ({ timing }: ExitApprovalFacts): string =>
  timing.verdict
    ? `Exit timing says ${timing.verdict}: ${timing.reasons.join(", ")}.${timing.score ? ` Market score [[fig:${timing.score}]].` : ""}`
    : "Exit timing has no answer yet; what it lacks is on its page.";

function dissentOf(facts: ExitApprovalFacts, gaps: readonly string[]): ExitDraft["content"]["dissent"] {
  const { verdict, reasons } = facts.timing;
  const timing =
    verdict && verdict !== "execute" ? [{ by: "Exit timing", text: `It says ${verdict}: ${reasons.join(", ")}.` }] : [];
  const same = gaps.length > 0 || facts.flags.length > 0;
  return [
    ...timing,
    ...(same ? [{ by: "The same facts", text: "Gaps that a buyer finds later are taken off the price." }] : []),
  ];
}

/** Readiness is reached: the whole case, and the chairman decides. It cannot be undone. */
export function approvalMemo(facts: ExitApprovalFacts): ExitDraft {
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
    ...{ recommendation, recommendedOption: "approve", evidence: evidenceOf(facts), tables: tablesOf(facts) },
    why: [
      ...(readiness ? [`Exit readiness stands at ${readiness}, at the profile's target or above.`] : []),
      valueLine(facts),
      ...(said(facts, "buyers") ? [`Qualified buyers: ${said(facts, "buyers")}.`] : ["Nobody has entered a buyer."]),
      verdictLine(facts).slice(0, 600),
      ...gaps,
    ].slice(0, 8),
    options: [
      {
        ...{ id: "approve", title: "Start value realization (40.3)", action },
        text: "Offers may be asked for and negotiated. Growth goes on beside it. Each step outside the holding asks again.",
        consequences: told(facts, ["equity", "equityLow", "equityHigh", "group", "buyers"]),
      },
      ...waitOptions(facts),
      routes(facts),
      nothing(
        "Hold: preparation goes on as it is; nobody outside is asked, and the question comes again when readiness falls and rises anew.",
      ),
    ],
    reversibility: "It cannot be undone: the process becomes known. It can still be ended before anything is signed.",
    onApproval: [
      "Exit preparation (40.2) is closed and value realization (40.3) opens.",
      "Nothing is sent outside by it; each teaser, access and offer is a decision of its own.",
    ],
    dissent: dissentOf(facts, gaps),
  };
  return { title, rationale: recommendation, content };
}

type Kept = (id: string) => boolean;
const keep = (id: Told, isKept: Kept): Told => (id !== null && isKept(id) ? id : null);
const keepAll = <T extends object>(row: T, isKept: Kept): T =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, FIGURE_ID.test(String(value)) ? keep(value, isKept) : value]),
  ) as T;
const FIGURE_ID = /^[0-9a-f]{16}$/;

/** The same case without figures that nobody stored: their cells are unknown. */
export function onlyStored(facts: ExitApprovalFacts, isKept: Kept): ExitApprovalFacts {
  const { figures, timing } = facts;
  return {
    ...facts,
    figures: Object.fromEntries(Object.entries(figures).filter(([, id]) => isKept(id))),
    values: facts.values.map((row) => keepAll(row, isKept)),
    holders: facts.holders.map((row) => keepAll(row, isKept)),
    buyers: facts.buyers.map((row) => keepAll(row, isKept)),
    timing: {
      ...timing,
      score: keep(timing.score, isKept),
      waiting: timing.waiting.map((row) => keepAll(row, isKept)),
    },
  };
}

/** The id of every figure of the case. */
export function figuresOfCase({ figures, values, holders, buyers, timing }: ExitApprovalFacts): string[] {
  const cells = [...values, ...holders, ...buyers, ...timing.waiting].flatMap((row) => Object.values(row));
  return [...Object.values(figures), timing.score, ...cells].filter(
    (value): value is string => typeof value === "string" && FIGURE_ID.test(value),
  );
}
