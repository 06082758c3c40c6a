import type { LevelName } from "@/components/ui/level";
import { MEASURES, type Measure } from "@/lib/reports/schema/portfolio";
import type { PortfolioLine } from "../venture-line";

type Given = Partial<Omit<PortfolioLine, "figures">> & {
  values?: Partial<Record<Measure, string | null>>;
  tones?: Partial<Record<Measure, LevelName>>;
  reasons?: Partial<Record<Measure, string>>;
};

/** A venture for tests; what is not said is not known. */
export function lineOf(name: string, { values = {}, tones = {}, reasons = {}, ...rest }: Given = {}): PortfolioLine {
  const figures = Object.fromEntries(
    MEASURES.map((column, index) => {
      if (!(column in values)) return [column, null];
      const figure = {
        id: `${index}`.padStart(16, "0"),
        revision: 1,
        value: values[column] ?? null,
        unit: column === "valuation" ? "EUR" : "ratio",
        label: column,
        asOf: "2026-10-31",
        reason: reasons[column] ?? null,
      };
      const tone = tones[column];
      return [column, { figure, level: tone ? { word: tone, tone } : null }];
    }),
  ) as PortfolioLine["figures"];
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const base = {
    id: slug,
    slug,
    name,
    sector: "Robotics",
    currency: "EUR",
    stage: "active" as const,
    openSubstages: ["40.1"],
    ...{ profile: "balanced" as const, autonomy: "assisted" as const, owner: null },
  };
  return { ...base, trend: [], asOf: "2026-10-31", contradictions: 0, ...rest, figures };
}
