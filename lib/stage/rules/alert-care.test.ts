import { describe, expect, test } from "vitest";
import { ALERT_KINDS } from "../schema";
import { ALERT_ROWS, alertRow, type Channel } from "../schema/alert-care";
import { alertLetter, alertState, type Cared, eventIsOver, quietUntil, settingOf, toldFrom } from "./alert-care";
import { type RiskFacts, riskLevel, riskScore, viewRisks } from "./risks";

const RAISED = new Date("2026-11-20T02:15:00Z");
const at = (day: string) => new Date(`${day}T09:00:00Z`);

describe("how an alert stands", () => {
  const cared = (more: Partial<Cared>): Cared => ({
    ...{ raisedAt: RAISED, acknowledgedAt: null, snoozedUntil: null, snoozedAt: null, mutedUntil: null, ...more },
  });
  test.each<[string, Partial<Cared>, string, string]>([
    ["new", {}, "2026-11-23", "open"],
    ["noted", { acknowledgedAt: at("2026-11-21") }, "2026-11-23", "noted"],
    ["put off, the day before", { snoozedUntil: "2026-11-25", snoozedAt: at("2026-11-21") }, "2026-11-24", "snoozed"],
    ["put off, on its day", { snoozedUntil: "2026-11-25", snoozedAt: at("2026-11-21") }, "2026-11-25", "open"],
    [
      "put off before it was raised again",
      { snoozedUntil: "2026-11-25", snoozedAt: at("2026-11-19") },
      "2026-11-23",
      "open",
    ],
    ["muted, on its last day", { mutedUntil: "2026-11-25" }, "2026-11-25", "muted"],
    ["muted, the day after", { mutedUntil: "2026-11-25" }, "2026-11-26", "open"],
    ["muted and noted", { mutedUntil: "2026-11-25", acknowledgedAt: at("2026-11-21") }, "2026-11-23", "muted"],
  ])("%s", (_what, more, today, state) => {
    expect(alertState(cared(more), today)).toBe(state);
  });
  test.each<[string, Partial<Cared>, string]>([
    ["raised", {}, RAISED.toISOString()],
    ["put off", { snoozedUntil: "2026-11-25", snoozedAt: at("2026-11-21") }, "2026-11-25T00:00:00.000Z"],
    [
      "put off before it was raised again",
      { snoozedUntil: "2026-11-25", snoozedAt: at("2026-11-19") },
      RAISED.toISOString(),
    ],
    ["muted", { mutedUntil: "2026-11-25" }, "2026-11-26T00:00:00.000Z"],
    ["muted before it was raised", { mutedUntil: "2026-11-10" }, RAISED.toISOString()],
  ])("the digest tells of one that was %s from then on", (_what, more, from) => {
    expect(toldFrom(cared(more)).toISOString()).toBe(from);
  });
  test.each<[string, string | null]>([
    ["2026-11-23", "PAST"],
    ["2026-11-24", null],
    ["2026-12-03", null],
    ["2026-12-04", "TOO_FAR"],
  ])("quiet until %s, at most ten days from 23 November: %s", (until, problem) => {
    expect(quietUntil(until, "2026-11-23", 10)).toBe(problem);
  });
  test("what was refused to an agent is over a week after it was noted, or after a month", () => {
    const now = new Date("2026-12-20T02:15:00Z");
    expect(eventIsOver({ raisedAt: RAISED, acknowledgedAt: null }, now)).toBe(true);
    expect(eventIsOver({ raisedAt: at("2026-12-01"), acknowledgedAt: null }, now)).toBe(false);
    expect(eventIsOver({ raisedAt: at("2026-12-01"), acknowledgedAt: at("2026-12-12") }, now)).toBe(true);
    expect(eventIsOver({ raisedAt: at("2026-12-01"), acknowledgedAt: at("2026-12-14") }, now)).toBe(false);
  });
});

describe("severity and channels", () => {
  // spec/stage-40, section 8, row by row.
  test.each<[string, string, Channel[]]>([
    ["growth-critical", "critical", ["inbox", "email"]],
    ["valuation-decline", "critical", ["inbox", "email"]],
    ["exit-ready", "info", ["dashboard"]],
    ["runway-low", "warning", ["inbox", "email"]],
    ...["concentration-high", "retention-low", "data-stale", "metric-anomaly", "agent-refused", "closing-overdue"].map(
      (kind): [string, string, Channel[]] => [kind, "warning", ["dashboard", "digest"]],
    ),
    ["escrow-release-due", "info", ["dashboard", "digest"]],
  ])("%s is %s and told by %j", (kind, severity, channels) => {
    const row = ALERT_ROWS[kind];
    expect(row?.severity).toBe(severity);
    expect(row?.channels).toEqual(expect.arrayContaining(channels));
    expect(row?.channels.includes("email")).toBe(channels.includes("email"));
  });
  test("every alert that is decided from figures has its row", () => {
    expect(ALERT_KINDS.filter((kind) => !(kind in ALERT_ROWS))).toEqual([]);
  });
  test("what a person set goes before what was raised; a letter about a letter is never written", () => {
    expect(settingOf("runway-low", "warning", { severity: "critical", channels: ["digest"] })).toEqual({
      ...{ severity: "critical", channels: ["digest"] },
    });
    expect(
      settingOf("delivery-failed", "warning", { severity: "critical", channels: ["email", "inbox"] }).channels,
    ).toEqual(["inbox"]);
    expect(settingOf("unheard-of", "critical", undefined)).toEqual({ severity: "critical", channels: ["dashboard"] });
    expect(alertRow("unheard-of").label).toBe("Unheard of");
  });
  test("a letter says what, links to the page, and carries no way to decide", () => {
    const told = {
      id: "a1",
      severity: "critical",
      title: "growth rate critical",
      detail: "Raised below 5 %.",
      venture: { slug: "halcyon", name: "Halcyon" },
    };
    const { subject, text } = alertLetter(told, "https://chairman.example");
    expect(subject).toBe("Critical: Halcyon: growth rate critical");
    expect(text).toContain("https://chairman.example/alerts?venture=halcyon#alert-a1");
    expect(text.match(/https?:\/\/\S+/g)).toHaveLength(1);
    expect(text).not.toMatch(/approve|token/i);
  });
});

describe("risks", () => {
  const risk = (title: string, likelihood: number, impact: number, more: Partial<RiskFacts> = {}): RiskFacts => ({
    ...{ title, likelihood, impact, venture: null, owner: null, dueOn: null, status: "open", ...more },
  });
  test.each<[number, number, number, string]>([
    [1, 1, 1, "healthy"],
    [1, 5, 5, "healthy"],
    [2, 4, 8, "warning"],
    [2, 5, 10, "warning"],
    [3, 5, 15, "critical"],
    [5, 5, 25, "critical"],
  ])("%i × %i is %i: %s", (likelihood, impact, score, level) => {
    expect([riskScore({ likelihood, impact }), riskLevel({ likelihood, impact })]).toEqual([score, level]);
  });
  test("are filtered and sorted as the address asks; closed ones only when they are asked for", () => {
    const halcyon = { slug: "halcyon", name: "Halcyon" };
    const list = [
      risk("b", 2, 2, { venture: halcyon, dueOn: "2026-12-01" }),
      risk("a", 2, 2),
      risk("c", 5, 5, { status: "closed" }),
      risk("d", 3, 3, { owner: { id: "u1", name: "Ada" } }),
    ];
    const view = { venture: "", owner: "", status: "" as const, sort: "score" as const, descending: true };
    const titles = (change: object) => viewRisks(list, { ...view, ...change }).map(({ title }) => title);
    expect(titles({})).toEqual(["d", "a", "b"]);
    expect(titles({ status: "all" })).toEqual(["c", "d", "a", "b"]);
    expect(titles({ venture: "holding" })).toEqual(["d", "a"]);
    expect(titles({ venture: "halcyon" })).toEqual(["b"]);
    expect(titles({ owner: "nobody", sort: "title", descending: false })).toEqual(["a", "b"]);
    expect(titles({ sort: "due", descending: false })).toEqual(["b", "d", "a"]);
  });
});
