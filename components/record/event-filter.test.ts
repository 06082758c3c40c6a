import { expect, test } from "vitest";
import { filterHref, parseFilter, periodOf } from "./event-filter";

test("what is not understood is left out", () => {
  expect(
    parseFilter({ type: "memo'; drop", venture: "../etc", from: "2026-13-01", until: "soon", cursor: "x" }),
  ).toEqual({
    type: "",
    venture: "",
    from: "",
    until: "",
    cursor: null,
  });
});

test("an address comes back as the filter that it was made from", () => {
  const filter = {
    type: "memo.approved",
    venture: "lumen-health",
    from: "2026-11-01",
    until: "2026-11-22",
    cursor: "120",
  };
  const address = new URL(filterHref(filter, { cursor: "120" }), "http://chairman.example");
  expect(parseFilter(Object.fromEntries(address.searchParams))).toEqual(filter);
  expect(filterHref(parseFilter({ cursor: "9" }))).toBe("/record/events");
});

test("a day begins and ends on the reader's clock", () => {
  const period = periodOf({ from: "2026-03-29", until: "2026-03-29" }, "Europe/Berlin");
  expect(period.from?.toISOString()).toBe("2026-03-28T23:00:00.000Z");
  // The clocks go forward on that day: it has 23 hours.
  expect(period.until?.toISOString()).toBe("2026-03-29T22:00:00.000Z");
});
