const SUBSTAGES: Readonly<Record<string, string>> = {
  "40.1": "growth",
  "40.2": "exit preparation",
  "40.3": "value realization",
};
const STAGES = { mature: "39 mature", active: "40 active", exited: "exited" } as const;

/** Where a venture stands, in words: "40.1 growth, 40.2 exit preparation". */
export function stageWords(stage: keyof typeof STAGES, openSubstages: readonly string[]): string {
  if (stage !== "active" || openSubstages.length === 0) return STAGES[stage];
  return [...openSubstages]
    .sort()
    .map((code) => `${code} ${SUBSTAGES[code] ?? ""}`.trim())
    .join(", ");
}

export const substageName = (code: string): string => SUBSTAGES[code] ?? code;
