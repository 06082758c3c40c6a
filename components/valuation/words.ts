import { ERROR_SENTENCES } from "@/lib/error-sentences";
import type { AppErrorCode } from "@/lib/errors";
import type { ValuationRefusal } from "@/lib/valuation/schema/venture";

const SENTENCES: Readonly<Record<ValuationRefusal, string>> = {
  STALE_VALUATION: "Someone kept another version since you opened this. Nothing was saved; reload to see what stands.",
  NO_METHOD: "No method that is used has a value. Use at least one whose inputs are complete.",
  CONTRADICTION: "These inputs contradict each other. Nothing was saved.",
};

export function valuationSentence(refusal: string | null): string | null {
  if (refusal === null) return null;
  if (refusal in SENTENCES) return SENTENCES[refusal as ValuationRefusal];
  return ERROR_SENTENCES[refusal as AppErrorCode] ?? "It did not work. Nothing was saved; try again.";
}

export const DRIVER_WORDS: Readonly<Record<string, string>> = {
  rate: "Cost of capital",
  growth: "Growth after the plan",
  multiple: "Exit multiple",
  flows: "Cash flows of the plan",
};

const NAMES: Readonly<Record<string, string>> = {
  methods: "",
  dcf: "Discounted cash flow",
  trading: "Trading comparables",
  precedents: "Precedent transactions",
  ventureCapital: "Venture capital method",
  firstChicago: "First Chicago",
  recentRound: "Recent round",
  bridge: "Bridge",
  simulation: "Simulation",
};

/** "methods.dcf.freeCashFlows.0" as a person reads it. */
export function pathWords(path: string): string {
  return path
    .split(".")
    .flatMap((part) => {
      if (/^\d+$/.test(part)) return [`${Number(part) + 1}`];
      const known = NAMES[part];
      if (known !== undefined) return known ? [known] : [];
      return [part.replace(/([A-Z])/g, " $1").toLowerCase()];
    })
    .join(", ");
}
