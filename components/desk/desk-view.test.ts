import { expect, test } from "vitest";
import { lineOf } from "@/components/ventures/test-support/lines";
import { risksOfLevels, soonest, soonLine } from "./desk-view";

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

const NOW = new Date("2026-11-23T23:30:00Z");
const soon = (kind: "closing" | "exclusivity" | "offer" | "step" | "release", on: string, behind = false) => ({
  ...{ kind, id: "7", who: "Alder AG", what: kind === "step" ? "Ask for less stock" : null, on, behind },
  venture: { slug: "alder-finch", name: "Alder & Finch" },
});

test.each([
  // Half past midnight of the 24th in Berlin.
  [soon("closing", "2026-11-24"), "Closing with Alder AG", "today", "/ventures/alder-finch/deal/closing"],
  [soon("closing", "2026-11-20"), "Closing with Alder AG", "20 Nov, overdue", "/ventures/alder-finch/deal/closing"],
  [soon("offer", "2026-11-25"), "The offer of Alder AG ends", "tomorrow", "/ventures/alder-finch/deal/offers"],
  [soon("exclusivity", "2026-11-27"), "Exclusivity of Alder AG ends", "Fri", "/ventures/alder-finch/deal"],
  [soon("step", "2026-12-18"), "Alder AG: Ask for less stock", "18 Dec", "/ventures/alder-finch/deal"],
  [soon("release", "2027-01-22"), "Alder AG: release is due", "22 Jan", "/ventures/alder-finch/deal/payments"],
])("%j is %s, %s", (given, what, day, href) => {
  expect(soonLine(given, NOW, "Europe/Berlin")).toMatchObject({
    what,
    day,
    href,
    venture: "Alder & Finch",
    note: null,
  });
});

test("a closing that is behind says so", () => {
  expect(soonLine(soon("closing", "2026-12-18", true), NOW, "UTC").note).toBe("behind its checklist");
});

test.each([
  [["step", "closing", "offer"], "step,closing"],
  [["step", "offer", "step", "closing", "closing"], "step,closing"],
  [["step", "offer", "release"], "step,offer"],
  [[], ""],
] as const)("of %j two are shown: %s", (kinds, shown) => {
  const all = kinds.map((kind) => ({ kind }));
  expect(
    soonest(all, 2)
      .map(({ kind }) => kind)
      .join(),
  ).toBe(shown);
});
