import type { Unit } from "@/lib/figures/schema";
import type { LeverKind } from "../../schema";
import type { LeverDraft } from "./levers";

type Words = {
  readonly label: string;
  /** Null: money in the venture's currency. */
  readonly unit: Unit | null;
  readonly formula: string;
  readonly againstLabel: string;
  readonly against: string;
  /** Revenue per month once the whole gap is closed. */
  readonly monthly: string;
  /** How the target in the initiative's metric follows; absent where the comparison is the target. */
  readonly target?: string;
};

const GRR = "Σ min(MRR now, MRR a year ago) ÷ Σ MRR a year ago";
const HALF_YEAR = "customers still paying six months after their first payment ÷ customers won";

const WORDS: Readonly<Record<LeverKind, Words>> = {
  "retention-gap": {
    label: "Gross revenue retention of the segment",
    unit: "ratio",
    formula: `${GRR}, of the segment`,
    againstLabel: "Gross revenue retention of the best segment",
    against: "the same of the best segment",
    monthly: "monthly revenue of the segment × (best segment's retention − its own)",
  },
  "expansion-gap": {
    label: "Expansion of the segment",
    unit: "ratio",
    formula: "Σ growth of MRR over the year ÷ Σ MRR a year ago, of the segment",
    againstLabel: "Expansion of the best segment",
    against: "the same of the best segment",
    monthly: "monthly revenue of the segment × (best segment's expansion − its own)",
  },
  "channel-mix": {
    label: "Gross revenue retention of the channel",
    unit: "ratio",
    formula: `${GRR}, of the channel`,
    againstLabel: "Gross revenue retention of the best channel",
    against: "the same of the best channel",
    monthly: "monthly revenue of the channel's new customers × (best channel's retention − its own)",
  },
  "price-dispersion": {
    label: "Average price per unit and month",
    unit: null,
    formula: "mean price per unit and month of those who pay less than nine tenths of the median",
    againstLabel: "Nine tenths of the median price",
    against: "nine tenths of the plan's median price",
    monthly: "Σ (nine tenths of the plan's median price − price paid) × units, over those who pay less",
    target: "(monthly revenue + what the gap is worth per month) ÷ paying customers",
  },
  concentration: {
    label: "Share of the three largest customers",
    unit: "ratio",
    formula: "MRR of the three largest customers ÷ MRR",
    againstLabel: "Bound of a healthy concentration",
    against: "the bound of a healthy concentration",
    monthly: "monthly revenue of the three largest × share of revenue usually lost in a year",
  },
  "benchmark-retention": {
    label: "Gross revenue retention",
    unit: "ratio",
    formula: GRR,
    againstLabel: "Gross revenue retention, median of comparable companies",
    against: "the stored median of the newest benchmark for the business model and size",
    monthly: "monthly revenue × (median retention − own)",
  },
  "benchmark-expansion": {
    label: "Net revenue retention",
    unit: "ratio",
    formula: "Σ MRR now ÷ Σ MRR a year ago, of the customers of a year ago",
    againstLabel: "Net revenue retention, median of comparable companies",
    against: "the stored median of the newest benchmark for the business model and size",
    monthly: "monthly revenue × (median net retention − own, less what the gap in gross retention explains)",
  },
  "cohort-decay": {
    label: "Customers of the later cohorts kept after six months",
    unit: "ratio",
    formula: `${HALF_YEAR}, of the newer half of the cohorts of two years`,
    againstLabel: "Customers of the earlier cohorts kept after six months",
    against: "the same of the cohorts before",
    monthly: "monthly revenue of the customers won in a year × (earlier cohorts' share kept − later ones')",
    target: "paying customers + customers won in a year × (earlier cohorts' share kept − later ones')",
  },
  "funnel-drop": {
    label: "Rate of the step",
    unit: "ratio",
    formula: "those who passed the step ÷ those who came to it, last three months",
    againstLabel: "Rate of the step a year before",
    against: "the same of the same three months a year before",
    monthly: "new customers per month × (rate a year before ÷ rate now − 1) × what a new customer pays × 12",
    target: "new customers per month of the last three months × rate a year before ÷ rate now",
  },
  "channel-payback": {
    label: "Payback of the channel",
    unit: "months",
    formula: "spent through the channel ÷ customers won through it ÷ (what they pay per month × gross margin)",
    againstLabel: "Payback of the channel to move it to",
    against: "the same of the channel through which the money would win most",
    monthly:
      "what the channel's money would win in a year through the other channel (which has room to double, once for all levers) − what it wins now, per month",
    target: "monthly revenue + what the gap is worth per month",
  },
};

const STAGES: Readonly<Record<string, string>> = {
  visitors: "visitors",
  leads: "leads",
  trials: "trials",
  new_customers: "customers",
};
const stage = (metric: string): string => STAGES[metric] ?? metric;

/** The words of a lever's numbers; those of a funnel name the step. */
export function wordsOf({ kind, step }: Pick<LeverDraft, "kind" | "step">): Words {
  const words = WORDS[kind];
  if (!step) return words;
  const between = `From ${stage(step.from)} to ${stage(step.to)}`;
  return { ...words, label: between, againstLabel: `${between}, a year before` };
}
