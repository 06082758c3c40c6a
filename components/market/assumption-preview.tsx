"use client";

import { useMemo } from "react";
import { PreviewBox, type PreviewLine } from "@/components/ui/preview-box";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatNumber, formatRatio } from "@/lib/format";
import { type ExitTiming, exitTiming, type TimingFacts } from "@/lib/market/rules/exit-timing";
import type { TimingAssumptions } from "@/lib/market/schema/timing";
import { VERDICT_WORDS } from "./words";

type AssumptionPreviewProps = {
  kept: TimingAssumptions;
  /** Null while something cannot be read. */
  assumptions: TimingAssumptions | null;
  facts: TimingFacts;
};

function linesOf({ market, waiting, waitingReason, verdict, resolved }: ExitTiming): PreviewLine[] {
  const ratio = (value: number | null) => (value === null ? "unknown" : formatRatio(value));
  return [
    { name: "Answer", text: verdict.verdict ? VERDICT_WORDS[verdict.verdict] : "none yet" },
    { name: "Market score", text: market.score === null ? "unknown" : formatNumber(market.score, { decimals: 2 }) },
    { name: "Growth a year", text: ratio(resolved.growth.value) },
    { name: "Drift of the multiple", text: ratio(resolved.drift.value) },
    { name: "Volatility of it", text: ratio(resolved.volatility.value) },
    ...(waiting?.ranges ?? []).flatMap(({ months, beats, breakEven }) => [
      { name: `${months} months beat selling`, text: formatRatio(beats) },
      {
        name: `${months} months break even at`,
        text: breakEven === null ? "no multiple" : `${formatNumber(breakEven, { decimals: 1, keepZeros: true })}×`,
      },
    ]),
    ...(waiting ? [] : [{ name: "Waiting", text: REASON_SENTENCES[waitingReason ?? ""] ?? "unknown" }]),
  ];
}

/** What the assumptions as they stand come to: computed here by the same rules, a preview until they are kept. */
export function AssumptionPreview({ kept, assumptions, facts }: AssumptionPreviewProps) {
  const before = useMemo(() => linesOf(exitTiming(facts, kept)), [facts, kept]);
  const lines = useMemo(() => (assumptions ? linesOf(exitTiming(facts, assumptions)) : []), [facts, assumptions]);
  return <PreviewBox before={before} lines={lines} />;
}
