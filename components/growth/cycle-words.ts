import type { CycleView } from "@/lib/growth/queries/cycle/cycles";

/** The phases of one turn, with what happens in each. */
export const PHASES = [
  { phase: "analyse", label: "Analyse", about: "The specialist looks for levers and proposes." },
  { phase: "decide", label: "Decide", about: "The chairman answers the proposals." },
  { phase: "execute", label: "Execute", about: "Approved initiatives are carried out until the review." },
  { phase: "measure", label: "Measure", about: "Each initiative is held against what would have been." },
  { phase: "learn", label: "Learn", about: "The report compares what was forecast with what came." },
] as const;

export const phaseLabel = (phase: CycleView["phase"]): string =>
  PHASES.find((known) => known.phase === phase)?.label ?? "Closed";

export const CYCLE_REFUSALS: Readonly<Record<string, string>> = {
  ALREADY_OPEN: "A cycle of this venture is open already.",
  GROWTH_NOT_OPEN: "Growth management (40.1) of this venture is not open, so there is nothing to review.",
  NOT_RUNNING: "The cycle does not run; resume it first.",
  NOT_PAUSED: "The cycle is not paused.",
  ALREADY_REVIEWING: "The review has begun already.",
};
