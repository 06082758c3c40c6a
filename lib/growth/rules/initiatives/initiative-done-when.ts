/** The three lines of "done when" of growth management (specification, section 2), each from stored facts. Pure. */

export type DoneWhenFacts = {
  /** Levers with figures of their own in the newest lever analysis, its day in words; null where none was ever written. */
  analysis: { levers: number; writtenOn: string } | null;
  initiatives: readonly {
    title: string;
    status: "planned" | "running" | "paused" | "stopped" | "done";
    milestones: number;
    reached: number;
    /** Its newest measurement; null before the first. */
    verdict: "improved" | "worsened" | "cannot-tell" | null;
  }[];
};

export type Criterion = {
  key: "levers-identified" | "strategies-executed" | "metrics-improved";
  title: string;
  /** Null is unknown: nothing is stored that could tell. */
  holds: boolean | null;
  evidence: string;
};

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

function leversIdentified({ analysis }: DoneWhenFacts): Criterion {
  const evidence = analysis
    ? `The lever analysis of ${analysis.writtenOn} holds ${plural(analysis.levers, "lever")} with figures.`
    : "No lever analysis has been written.";
  return {
    ...{ key: "levers-identified", title: "Growth levers identified", evidence },
    holds: analysis !== null && analysis.levers > 0,
  };
}

/** At least one initiative has every milestone reached. */
function strategiesExecuted({ initiatives }: DoneWhenFacts): Criterion {
  const begun = initiatives.filter(({ status }) => status !== "planned" && status !== "stopped");
  const complete = begun.filter(({ milestones, reached }) => milestones > 0 && reached === milestones);
  const [milestones, reached] = [
    begun.reduce((sum, one) => sum + one.milestones, 0),
    begun.reduce((sum, one) => sum + one.reached, 0),
  ];
  const evidence =
    begun.length === 0
      ? "No initiative has been started."
      : `${plural(complete.length, "initiative")} of ${begun.length} with every milestone reached; ${reached} of ${plural(milestones, "milestone")} in all.`;
  return {
    ...{ key: "strategies-executed", title: "Strategies executed", evidence },
    holds: complete.length > 0,
  };
}

/** More initiatives measurably improved their metric than made it worse; unknown while nothing can be told. */
function metricsImproved({ initiatives }: DoneWhenFacts): Criterion {
  const verdicts = initiatives.flatMap(({ verdict }) => verdict ?? []);
  const count = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length;
  const [improved, worsened] = [count("improved"), count("worsened")];
  const evidence =
    verdicts.length === 0
      ? "No initiative has been measured."
      : `${improved} improved, ${worsened} worsened, of ${count("cannot-tell")} nobody can tell.`;
  return {
    ...{ key: "metrics-improved", title: "Metrics improved", evidence },
    holds: improved + worsened === 0 ? null : improved > worsened,
  };
}

export const growthDoneWhen = (facts: DoneWhenFacts): Criterion[] => [
  leversIdentified(facts),
  strategiesExecuted(facts),
  metricsImproved(facts),
];
