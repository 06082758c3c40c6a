import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeWeeks, dayAt, following, isoWeekOf, mondayOfWeek, weekAfter, weekAt, weekIn } from "./weeks";

describe("ISO weeks", () => {
  // ISO 8601:2004, 2.2.10 and the table of its years with 53 weeks.
  test.each([
    ["2005-01-01", "2004-W53"],
    ["2005-01-03", "2005-W01"],
    ["2007-12-31", "2008-W01"],
    ["2008-12-29", "2009-W01"],
    ["2010-01-03", "2009-W53"],
    ["2020-12-31", "2020-W53"],
    ["2021-01-03", "2020-W53"],
    ["2021-01-04", "2021-W01"],
    ["2024-12-30", "2025-W01"],
    ["2026-11-22", "2026-W47"],
    ["2026-11-23", "2026-W48"],
    ["2027-01-03", "2026-W53"],
    ["2027-01-04", "2027-W01"],
  ])("%s is in %s", (day, week) => expect(isoWeekOf(day)).toBe(week));

  test.each(["2026-W53", "2020-W53", "2032-W53"])("%s exists", (week) => expect(mondayOfWeek(week)).not.toBeNull());
  test.each(["2025-W53", "2027-W53", "2026-W54", "2026-W00", "2026-47", "W47"])("%s does not", (week) =>
    expect(mondayOfWeek(week)).toBeNull(),
  );

  test("weeks follow each other across any year without a gap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 80_000 }), (days) => {
        const day = new Date(Date.UTC(1900, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
        const week = isoWeekOf(day);
        const { startsOn, endsOn } = weekIn(week, "UTC");
        expect(startsOn <= day && day <= endsOn).toBe(true);
        expect(weekIn(weekAfter(week), "UTC").startsAt).toBe(weekIn(week, "UTC").endsAt);
      }),
    );
  });

  test.each([
    ["Asia/Kathmandu", "America/New_York"],
    ["America/New_York", "Asia/Kathmandu"],
    ["Europe/Zurich", "Europe/Zurich"],
  ])("one in %s goes on where the one before in %s ended", (zone, zoneBefore) => {
    const before = weekIn("2026-W47", zoneBefore);
    const week = following(weekIn("2026-W48", zone), new Date(before.endsAt));
    expect(week).toEqual({ ...weekIn("2026-W48", zone), startsAt: before.endsAt });
    expect(following(weekIn("2026-W48", zone), null)).toEqual(weekIn("2026-W48", zone));
  });

  test.each(["Asia/Kathmandu", "America/New_York", "Europe/Zurich"])(
    "the first and last moment in %s are of its first and last day",
    (zone) => {
      const { startsAt, endsAt, startsOn, endsOn } = weekIn("2026-W48", zone);
      expect(dayAt(new Date(startsAt), zone)).toBe(startsOn);
      expect(dayAt(new Date(Date.parse(endsAt) - 1), zone)).toBe(endsOn);
    },
  );

  test.each([
    // Clocks of the EU went forward on 29 March 2026 and back on 25 October 2026; those of New York on 8 March and 1 November.
    ["2026-W13", "Europe/Zurich", 167],
    ["2026-W43", "Europe/Zurich", 169],
    ["2026-W10", "America/New_York", 167],
    ["2026-W44", "America/New_York", 169],
    ["2026-W47", "Asia/Kathmandu", 168],
  ])("%s in %s has %i hours", (week, zone, hours) => {
    const { startsAt, endsAt } = weekIn(week, zone);
    expect((Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000).toBe(hours);
  });

  test("a moment belongs to the week of the zone", () => {
    const moment = new Date("2026-11-22T23:30:00Z");
    expect(weekAt(moment, "UTC")).toBe("2026-W47");
    expect(weekAt(moment, "Europe/Zurich")).toBe("2026-W48");
    expect(weekAt(moment, "America/New_York")).toBe("2026-W47");
  });
});

describe("weeks that are due", () => {
  test.each([
    ["2026-W46", "2026-11-22T22:59:59Z", ["2026-W46"]],
    ["2026-W46", "2026-11-22T23:00:00Z", ["2026-W46", "2026-W47"]],
    ["2026-W48", "2026-11-23T09:00:00Z", []],
    ["2026-W52", "2027-01-11T00:00:00Z", ["2026-W52", "2026-W53", "2027-W01"]],
  ])("since %s at %s", (since, moment, weeks) =>
    expect(completeWeeks(since, new Date(moment), "Europe/Zurich", 99)).toEqual(weeks),
  );
});
