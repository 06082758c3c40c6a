import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestDue, digestLetter, hasNews, houseDigest, newsSince, type ToldDigest } from "./digest";

const daily = { frequency: "daily", hour: 7 } as const;
const weekly = { frequency: "weekly", hour: 7 } as const;
const at = (text: string) => new Date(text);

describe("when a digest is due", () => {
  // 23 November 2026 is a Monday; Zurich is an hour ahead of UTC in winter and two in summer.
  test.each([
    ["before the hour", daily, "2026-11-23T05:59:00Z", null, null],
    ["from the hour on", daily, "2026-11-23T06:00:00Z", null, "2026-11-23"],
    ["late in the day, when nothing ran in the morning", daily, "2026-11-23T20:00:00Z", "2026-11-22", "2026-11-23"],
    ["not twice on a day", daily, "2026-11-23T20:00:00Z", "2026-11-23", null],
    ["the local day counts, not that of Greenwich", daily, "2026-11-23T23:30:00Z", "2026-11-23", null],
    ["at the summer's hour", daily, "2026-07-06T05:00:00Z", "2026-07-05", "2026-07-06"],
    ["on Monday for the week", weekly, "2026-11-23T06:00:00Z", "2026-11-16", "2026-11-23"],
    ["not before Monday's hour", weekly, "2026-11-23T05:00:00Z", "2026-11-16", null],
    ["not on another day of that week", weekly, "2026-11-25T12:00:00Z", "2026-11-23", null],
    ["on the next day that runs, where Monday was missed", weekly, "2026-11-24T03:00:00Z", "2026-11-16", "2026-11-24"],
    ["never, where it is off", { frequency: "off", hour: 7 } as const, "2026-11-23T12:00:00Z", null, null],
  ])("%s", (_what, setting, moment, last, expected) => {
    expect(digestDue(setting, at(moment), "Europe/Zurich", last)).toBe(expected);
  });

  test("hour by hour through two months of any zone: each day once, each week once, clocks that change included", () => {
    const zones = fc.constantFrom("Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland");
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 23 }), fc.constantFrom(daily, weekly), (zone, hour, kind) => {
        let last: string | null = null;
        const sent: string[] = [];
        for (let time = Date.UTC(2026, 2, 1); time < Date.UTC(2026, 3, 30); time += 3_600_000) {
          const due = digestDue({ ...kind, hour }, new Date(time), zone, last);
          if (due) sent.push(due);
          last = due ?? last;
        }
        expect(new Set(sent).size).toBe(sent.length);
        expect(sent.length).toBeGreaterThanOrEqual(kind.frequency === "daily" ? 59 : 8);
        expect(sent.length).toBeLessThanOrEqual(kind.frequency === "daily" ? 61 : 10);
      }),
      { numRuns: 12 },
    );
  });

  test("the house sends the chairman one a day, and nobody else", () => {
    expect([houseDigest("chairman").frequency, houseDigest("analyst").frequency]).toEqual(["daily", "off"]);
    const now = at("2026-11-23T07:00:00Z");
    expect(newsSince("weekly", null, now)).toEqual(at("2026-11-16T07:00:00Z"));
    expect(newsSince("daily", at("2026-11-20T07:00:00Z"), now)).toEqual(at("2026-11-20T07:00:00Z"));
  });
});

const told: ToldDigest = {
  day: "2026-11-23",
  waiting: 4,
  today: 1,
  memos: [
    {
      id: "m1",
      title: "Approve the exit\r\nBcc: everyone@example.com",
      venture: "Meridian Robotics",
      reasons: ["due within a day", "$28.4 M at stake", "cannot be undone"],
      fresh: true,
    },
  ],
  readings: [{ id: "m2", title: "Fund the channel", askedBy: "Ada", dueOn: "2026-11-25" }],
  suspended: [{ id: "m3", title: "Counter at 52", reason: "Cash runway is 8.2 mo" }],
  alerts: [{ id: "a1", severity: "warning", title: "Data is stale", venture: { slug: "lumen", name: "Lumen" } }],
};

describe("the letter", () => {
  const { subject, text } = digestLetter(told, "https://desk.example");

  test("says in its subject what there is", () => {
    expect(subject).toBe("Monday 23 November: 4 decisions, 1 due within a day, 1 to read, 1 suspended, 1 new alert");
  });

  test("names what waits with its reasons, and links to the pages alone", () => {
    expect(text).toContain("due within a day · $28.4 M at stake · cannot be undone");
    const links = text.match(/https?:\S+/g);
    expect(links).toEqual([
      "https://desk.example/inbox/m1",
      "https://desk.example/inbox",
      "https://desk.example/inbox/m2",
      "https://desk.example/inbox/m3",
      "https://desk.example/alerts?venture=lumen#alert-a1",
      "https://desk.example/settings",
    ]);
    // Nothing in an address says what to decide.
    expect(links?.join(" ")).not.toMatch(/approv|reject|verdict|token|key=/i);
  });

  test("a title stays on its line, so that nothing in it looks like a part of the letter", () => {
    expect(text).toContain("New: Approve the exit Bcc: everyone@example.com (Meridian Robotics)");
    expect(subject).not.toContain("\n");
  });

  test("there is nothing to send where there is nothing to tell", () => {
    expect(hasNews(told)).toBe(true);
    expect(hasNews({ ...told, waiting: 0, today: 0, memos: [], readings: [], suspended: [], alerts: [] })).toBe(false);
  });
});
