import type { Figure, Unit } from "@/lib/figures/schema";
import type { Tone } from "@/lib/metrics/rules/levels";
import type { ReportChart } from "../../schema";
import type { Light } from "./status";
import type { Week } from "./weeks";

/** What a weekly report is written from. Every number is a figure; what is not known says why. */

export type Num = { id: string; label: string; value: string | null; unit: Unit; asOf: string; reason: string | null };

export const num = ({ id, label, value, unit, asOf, reason }: Figure): Num => ({
  ...{ id, label, value, unit, asOf, reason: reason ?? null },
});
export const numOrNull = (figure: Figure | null | undefined): Num | null => (figure ? num(figure) : null);

export type MetricLine = {
  key: string;
  label: string;
  actual: Num;
  plan: Num | null;
  /** Of the month before the actual's. */
  prior: Num | null;
  change: Num | null;
  level: { word: string; tone: Tone } | null;
  /** Its value is another than in the report of the week before; null without one. */
  moved: boolean | null;
};

export type DecisionDue = {
  memoId: string;
  title: string;
  venture: string;
  dueOn: string;
  /** Before the week's report was written. */
  overdue: boolean;
  reversible: boolean;
  stake: Num | null;
  waiting: string;
};

export type DecisionTaken = {
  title: string;
  venture: string;
  verdict: string;
  on: string;
  by: string;
  note: string;
  stake: Num | null;
  /** Against what was recommended, or reversed. */
  override: boolean;
};

/** A criterion that counts as met, or a condition that is given up, on somebody's word. */
export type OverrideLine = {
  what: string;
  venture: string;
  /** What was done: "overridden", "taken back", "waived by us", "waived by them". */
  how: string;
  on: string;
  by: string;
  reason: string;
};

export type AutomaticDecision = {
  title: string;
  venture: string;
  agent: string;
  on: string;
  rule: string;
  stake: Num | null;
  reversed: boolean;
};
export type AgentWork = { agent: string; runs: Num; failed: Num; tokens: Num; cost: Num };

export type Risk = {
  severity: "critical" | "warning" | "info";
  title: string;
  detail: string;
  venture: string;
  since: string;
  isNew: boolean;
  notedBy: string | null;
};

/** A line of the risk list: who answers for it, and what is done about it. */
export type RiskLine = {
  title: string;
  venture: string;
  /** By likelihood and impact. */
  level: "high" | "medium" | "low";
  likelihood: string;
  impact: string;
  owner: string | null;
  mitigation: string;
  status: string;
  dueOn: string | null;
  overdue: boolean;
};

export type InitiativeWeek = {
  title: string;
  status: string;
  owner: string;
  measure: string;
  budget: Num | null;
  spent: Num | null;
  baseline: Num | null;
  now: Num | null;
  outcome: string;
  reviewOn: string;
  next: { title: string; dueOn: string; overdue: boolean } | null;
};
export type ExperimentWeek = {
  name: string;
  status: string;
  startedOn: string | null;
  plannedEnd: string | null;
  estimate: Num | null;
  low: Num | null;
  high: Num | null;
  outcome: string;
};

export type ReadinessWeek = {
  score: Num;
  band: string | null;
  coverage: Num;
  target: Num;
  /** Kept a week before, or the day kept last before the week. */
  before: { score: Num; day: string } | null;
  change: Num | null;
  components: { label: string; figure: Num }[];
  moves: string[];
  redFlags: string[];
  gaps: string[];
  actions: { label: string; toDo: string; points: Num }[];
};

export type OfferWeek = {
  bidder: string;
  stage: string;
  dated: string | null;
  validUntil: string | null;
  price: Num | null;
  atClosing: Num | null;
  total: Num | null;
  worth: Num | null;
  conditions: string[];
  open: string[];
  next: { what: string; on: string | null } | null;
};
export type ClosingWeek = {
  bidder: string;
  target: string | null;
  days: Num;
  toTarget: Num;
  spare: Num;
  openConditions: Num;
  overdue: Num;
  unheld: Num;
  conditions: { title: string; party: string; dueOn: string | null; overdue: boolean }[];
};
export type DealWeek = {
  buyers: { label: string; figure: Num }[];
  offers: OfferWeek[];
  closing: ClosingWeek | null;
};

export type Spread = { low: Num | null; central: Num | null; high: Num | null };
export type ValueWeek = { valuedOn: string; enterprise: Spread; equity: Spread; group: Spread };
export type ReleaseLine = {
  tranche: string;
  kind: string;
  dueOn: string;
  amount: Num;
  state: string;
  condition: string;
  frozen: boolean;
};

export type GapLine = { what: string; why: string };

/** A day ahead that somebody must know. */
export type DayAhead = { on: string; what: string; venture: string };

export type VentureFacts = {
  kind: "venture";
  week: Week;
  writtenAt: string;
  venture: { id: string; slug: string; name: string; currency: string; stage: string; exitedOn: string | null };
  light: Light;
  lastLight: { light: Light["light"]; week: string } | null;
  decisions: DecisionDue[];
  waitingCount: Num;
  metrics: MetricLine[];
  cash: { key: string; line: MetricLine }[];
  charts: ReportChart[];
  initiatives: InitiativeWeek[];
  experiments: ExperimentWeek[];
  readiness: ReadinessWeek | null;
  deal: DealWeek;
  value: ValueWeek | null;
  releases: ReleaseLine[];
  risks: Risk[];
  /** Not told by reports of before it was kept. */
  register?: RiskLine[];
  taken: DecisionTaken[];
  /** Not told by reports of before it was kept. */
  overrides?: OverrideLine[];
  automatic: AutomaticDecision[];
  work: AgentWork[];
  gaps: GapLine[];
  ahead: DayAhead[];
};

/** `rateOn`: the day of which the newest stored rate is; not told by reports of before it was kept. */
export type DollarAmount = { figure: Num; venture: string; rate: string | null; rateOn?: string | null };

export type HoldingFacts = {
  kind: "holding";
  week: Week;
  writtenAt: string;
  light: Light;
  lastLight: { light: Light["light"]; week: string } | null;
  ventures: VentureFacts[];
  /** Ventures of the week of which no report was there. */
  missing: string[];
  waitingCount: Num;
  lights: { light: Light["light"]; count: Num }[];
  /** In US dollars at the stored rates of the last day. */
  totals: { key: string; label: string; figure: Num; parts: DollarAmount[] }[];
  work: AgentWork[];
  /** Risks of the holding itself; not told by reports of before it was kept. */
  register?: RiskLine[];
};

export type WeeklyFacts = VentureFacts | HoldingFacts;
