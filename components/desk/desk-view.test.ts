import { expect, test } from "vitest";
import { lineOf } from "@/components/ventures/test-support/lines";
import { risksOfLevels } from "./desk-view";

const alert = {
  id: "1",
  severity: "critical",
  title: "runway",
  detail: "",
  venture: { slug: "halcyon", name: "Halcyon" },
};
const critical = (name: string, stage: "active" | "exited" = "active") =>
  lineOf(name, {
    stage,
    values: { growth: "0.2", readiness: "58" },
    tones: { growth: "healthy", readiness: "critical" },
  });

test("a critical level is a risk until an alert speaks of it, one for each venture that is still here", () => {
  const lines = [
    critical("Halcyon"),
    critical("Lumen"),
    critical("Gone", "exited"),
    critical("Kestrel"),
    lineOf("Calm"),
  ];
  const risks = risksOfLevels(lines, [alert], 2);
  expect(risks.map((risk) => [risk.venture?.name, risk.title, risk.figure?.value])).toEqual([
    ["Lumen", "readiness", "58"],
    ["Kestrel", "readiness", "58"],
  ]);
  expect(risksOfLevels(lines, [], 1)).toHaveLength(1);
  expect(risksOfLevels(lines, [alert], 0)).toEqual([]);
});
