import { expect, test } from "vitest";
import type { CaredAlert } from "@/lib/stage/queries/alert-list";
import { alertLine, inDays, parseAlertFilter } from "./alert-view";
import { parseRiskView, riskSortHref } from "./risk-view";

test("what the address asks of the alerts; what it does not understand it leaves out", () => {
  expect(parseAlertFilter({ venture: "halcyon", kind: "runway-low", severity: "critical", state: "muted" })).toEqual({
    ...{ venture: "halcyon", kind: "runway-low", severity: "critical", state: "muted" },
  });
  expect(parseAlertFilter({ venture: "../x", kind: "toString", severity: "loud", state: ["open", "noted"] })).toEqual({
    ...{ venture: "", kind: "", severity: "", state: "open" },
  });
});

test("a risk list sorted by a column is turned round by a second press, and keeps its filter", () => {
  const view = parseRiskView({ venture: "holding", status: "all", sort: "nonsense" });
  expect(view).toEqual({ venture: "holding", owner: "", status: "all", sort: "score", descending: true });
  expect(riskSortHref(view, "score")).toBe("/alerts/risks?venture=holding&status=all&sort=score&order=ascending");
  expect(riskSortHref(view, "due")).toBe("/alerts/risks?venture=holding&status=all&sort=due&order=ascending");
  expect(parseRiskView({ sort: "due", order: "descending" })).toMatchObject({ sort: "due", descending: true });
});

test("an alert says who cares for it and until when", () => {
  const raisedAt = new Date("2026-11-20T02:15:00Z");
  const alert: CaredAlert = {
    ...{
      id: "a",
      kind: "rollback",
      severity: "critical",
      channels: [],
      title: "t",
      detail: "",
      raisedAt,
      toldFrom: raisedAt,
      risks: 0,
    },
    ...{ state: "open", acknowledgedAt: null, acknowledgedBy: null, snoozedUntil: null, snoozedBy: null },
    ...{ mutedUntil: null, mutedBy: null, muteReason: null, figure: null },
    venture: { id: "v", slug: "halcyon", name: "Halcyon" },
  };
  expect(alertLine(alert, "UTC")).toMatchObject({ care: null, noted: false, href: "/ventures/halcyon/deal/rollbacks" });
  const muted = { ...alert, state: "muted" as const, mutedUntil: "2026-12-01", mutedBy: "Ada", muteReason: "Known" };
  expect(alertLine(muted, "UTC").care).toBe("Muted through 1 Dec 2026 by Ada: Known");
  const noted = { ...alert, state: "noted" as const, acknowledgedAt: raisedAt, acknowledgedBy: "Ada" };
  expect(alertLine(noted, "UTC")).toMatchObject({ noted: true, care: expect.stringContaining("Noted by Ada") });
  expect(inDays("2026-12-28", 7)).toBe("2027-01-04");
});
