import { type Design, type Draft, designSchema, type Method } from "../schema/design";

type Given = Partial<Omit<Design, "arms" | "metrics">> & {
  arms?: Design["arms"];
  metrics?: {
    key: string;
    name: string;
    kind: "rate" | "mean" | "ratio";
    role: Design["metrics"][number]["role"];
    better?: "up" | "down";
    margin?: number;
  }[];
};

export const design = (given: Given = {}): Design =>
  designSchema.parse({
    unit: "visitors",
    arms: [
      { key: "control", name: "Control", weight: 1 },
      { key: "b", name: "Annual plan first", weight: 1 },
    ],
    metrics: [{ key: "signup", name: "Sign-up", kind: "rate", role: "primary" }],
    baseline: { rate: 0.1 },
    minimalEffect: 0.2,
    trafficPerDay: 500,
    ...given,
  });

export const draft = (ventureId: string, name: string, method: Method = "fixed", given: Given = {}): Draft => ({
  ...{ ventureId, experimentId: null, version: null, name, hypothesis: "Annual first sells more", initiativeId: null },
  ...{ method, design: design(given) },
});

export const rates = (control: [number, number], b: [number, number]): string =>
  `arm,n,successes\ncontrol,${control[1]},${control[0]}\nb,${b[1]},${b[0]}\n`;
