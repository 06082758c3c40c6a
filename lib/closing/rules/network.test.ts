import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Activity, cycleIn, scheduleOf } from "./network";

const TODAY = "2027-01-04";
const network = (text: string): Activity[] =>
  text.split(" ").map((part) => {
    const [id = "", days = "0", after = ""] = part.split(":");
    return { id, days: Number(days), dueOn: null, after: [...after] };
  });

const CASES = [
  {
    name: "Reliable Construction (Hillier and Lieberman, Introduction to Operations Research, project management)",
    activities: "A:2 B:4:A C:10:B D:6:C E:4:C F:5:E G:7:D H:9:EG I:7:C J:8:FI K:4:J L:5:J M:2:H N:6:KL",
    length: 44,
    path: "ABCEFJLN",
    slack: { A: 0, D: 4, G: 4, H: 4, I: 2, K: 1, M: 4, N: 0 },
  },
  {
    name: "General Foundry (Render, Stair and Hanna, Quantitative Analysis for Management, project management)",
    activities: "A:2 B:3 C:2:A D:4:B E:4:C F:3:C G:5:DE H:2:FG",
    length: 15,
    path: "ACEGH",
    slack: { A: 0, B: 1, C: 0, D: 1, E: 0, F: 6, G: 0, H: 0 },
  },
  { name: "nothing to do", activities: "A:0", length: 0, path: "A", slack: { A: 0 } },
];

describe("critical path", () => {
  it.each(CASES)("$name", ({ activities, length, path, slack }) => {
    const found = scheduleOf(network(activities), TODAY);
    expect(found.length).toBe(length);
    expect(found.path.join("")).toBe(path);
    expect(Object.fromEntries(Object.keys(slack).map((id) => [id, found.timed.get(id)?.slack]))).toEqual(slack);
  });

  it("ends an item without days on its due date, or when it can begin where that is later", () => {
    const due = (dueOn: string | null): Activity[] => [
      { id: "a", days: 10, dueOn: null, after: [] },
      { id: "b", days: null, dueOn, after: ["a"] },
      { id: "c", days: 2, dueOn: null, after: ["b"] },
    ];
    expect(scheduleOf(due("2027-01-24"), TODAY)).toMatchObject({ length: 22, path: ["b", "c"] });
    expect(scheduleOf(due("2027-01-24"), TODAY).timed.get("a")?.slack).toBe(10);
    expect(scheduleOf(due("2027-01-06"), TODAY)).toMatchObject({ length: 12, path: ["a", "b", "c"] });
    expect(scheduleOf(due("2026-12-01"), TODAY)).toMatchObject({ length: 12 });
    expect(scheduleOf(due(null), TODAY)).toMatchObject({ length: null, path: [], unknown: ["b"] });
    expect(scheduleOf(due(null), TODAY).timed.get("a")).toMatchObject({ finish: 10, slack: null, critical: false });
  });

  it("takes what is not in the list as settled", () => {
    expect(scheduleOf([{ id: "b", days: 3, dueOn: null, after: ["gone"] }], TODAY).length).toBe(3);
  });

  it("names a circle", () => {
    const links = [
      { id: "a", after: ["b"] },
      { id: "b", after: ["c"] },
      { id: "c", after: ["a"] },
      { id: "d", after: ["a"] },
    ];
    expect(cycleIn(links)).toEqual(["a", "b", "c", "a"]);
    expect(cycleIn([{ id: "a", after: ["a"] }])).toEqual(["a", "a"]);
    expect(cycleIn(links.filter(({ id }) => id !== "c"))).toBeNull();
  });
});

/** Up to twelve activities, each after some of those before it. */
const anyNetwork = fc
  .array(fc.record({ days: fc.nat(60), links: fc.array(fc.nat(11), { maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((rows) =>
    rows.map(({ days, links }, index): Activity => {
      const after = [...new Set(links.filter((link) => link < index))].map((link) => `n${link}`);
      return { id: `n${index}`, days, dueOn: null, after };
    }),
  );

describe("for any network", () => {
  it("is as long as the longest of its chains, which the path is, and the order of the list does not matter", () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (activities, turn) => {
        const found = scheduleOf(activities, TODAY);
        const byId = new Map(activities.map((one) => [one.id, one]));
        const longest = (id: string): number => {
          const one = byId.get(id);
          return (one?.days ?? 0) + Math.max(0, ...(one?.after ?? []).map(longest));
        };
        expect(found.length).toBe(Math.max(...activities.map(({ id }) => longest(id))));
        expect(found.path.reduce((sum, id) => sum + (byId.get(id)?.days ?? 0), 0)).toBe(found.length);
        found.path.slice(1).forEach((id, index) => {
          expect(byId.get(id)?.after).toContain(found.path[index]);
        });
        expect(found.path.every((id) => found.timed.get(id)?.critical)).toBe(true);
        expect([...found.timed.values()].every(({ slack }) => (slack ?? -1) >= 0)).toBe(true);
        const at = turn % activities.length;
        const turned = scheduleOf([...activities.slice(at), ...activities.slice(0, at)].toReversed(), TODAY);
        expect(turned.path).toEqual(found.path);
        for (const [id, timed] of found.timed) expect(turned.timed.get(id)).toEqual(timed);
      }),
    );
  });

  it("may use an item's slack and ends no later, and a day more than it ends a day later", () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(), (activities, pick) => {
        const found = scheduleOf(activities, TODAY);
        const chosen = activities[pick % activities.length];
        const slack = found.timed.get(chosen?.id ?? "")?.slack ?? 0;
        const longer = (by: number) =>
          scheduleOf(
            activities.map((one) => (one === chosen ? { ...one, days: (one.days ?? 0) + by } : one)),
            TODAY,
          ).length;
        expect(longer(slack)).toBe(found.length);
        expect(longer(slack + 1)).toBe((found.length ?? 0) + 1);
      }),
    );
  });
});
