"use client";

import type { FigureView } from "@/lib/figures/schema";

export type { FigureView } from "@/lib/figures/schema";

const SUFFIX: Readonly<Record<string, string>> = { months: " mo", days: " d", multiple: "×", percent: " %" };

function shown({ value, unit, reason }: FigureView): string {
  if (value === null) return reason === "not-burning" ? "∞" : "unknown";
  if (unit === "text") return value;
  const number = Number(value);
  const compact = Math.abs(number) >= 100_000;
  const options: Intl.NumberFormatOptions = compact
    ? { notation: "compact", maximumFractionDigits: 1 }
    : { maximumFractionDigits: unit === "count" || unit === "shares" ? 0 : 2 };
  const text =
    unit === "ratio"
      ? `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(number * 100)} %`
      : /^[A-Z]{3}$/.test(unit)
        ? new Intl.NumberFormat("en", { ...options, style: "currency", currency: unit }).format(number)
        : `${new Intl.NumberFormat("en", options).format(number)}${SUFFIX[unit] ?? ""}`;
  return text.replace(/^-/, "−");
}

/** A number on a screen: looks like text, opens to its proof. */
export function FigureValue({ figure }: { figure: FigureView }) {
  return (
    <button
      type="button"
      className="figure tabular-nums"
      data-figure={figure.id}
      aria-label={`${figure.label}: ${shown(figure)}`}
    >
      {figure.stale ? <s title={figure.stale}>{shown(figure)}</s> : shown(figure)}
    </button>
  );
}
