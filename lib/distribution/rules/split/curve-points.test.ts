import { expect, test } from "vitest";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { plainTerms, prepared } from "@/lib/deals/test-support/offers";
import { waterfallAsked } from "../../schema/asked";
import { payoffPicture } from "./curve-points";
import { splitOf, unitText } from "./split";

const picture = (terms: Partial<OfferTerms> = {}) => {
  const found = payoffPicture(plainTerms(terms), prepared(), "30000000");
  if (!found) throw new Error("no picture");
  return found;
};

test("breakpoints stand where the terms put them: in money of the classes, and in prices", () => {
  expect(picture().breakpoints).toMatchObject([
    { at: "10000000", price: "10000000", reason: "preference", ids: ["a"], groupAfter: "0.25" },
    { at: "50000000", price: "50000000", reason: "conversion", ids: ["a"], groupAfter: "0.4" },
  ]);
  // A tenth goes to management, and 2 M of debt before that: 12 M + 2 M… in prices.
  const terms = { basis: "enterprise", carveOut: "0.1", debt: "2000000" } as const;
  expect(picture(terms).breakpoints.map(({ price }) => price)).toEqual(["13111111.11", "57555555.56"]);
  // With 20 M in stock no price below 20 M can be offered: the first point lies below any.
  expect(picture({ stock: "20000000", stockDiscount: "0" }).breakpoints[0]?.price).toBeNull();
});

test("every point of the curve is the split at that price", () => {
  const { points, series } = picture();
  expect(series.map(({ name }) => name)).toEqual(["Common", "Series A"]);
  for (const { price, amounts } of points.filter((point) => Number(point.price) > 0)) {
    const split = splitOf(plainTerms({ price }), prepared());
    if (!split.known) throw new Error(split.reason);
    expect(amounts).toEqual(split.classes.map(({ gross }) => unitText(gross, 2)));
  }
  expect(points.filter(({ knot }) => knot).map(({ price }) => price)).toEqual(["0", "10000000", "50000000"]);
});

test("what the address asks is read as a person types it, and what cannot be read is not asked", () => {
  const offerId = "00000000-0000-4000-8000-000000000001";
  expect(waterfallAsked({ offer: `${offerId}:2`, price: "12,500,000", goal: "20 000 000", reach: "closing" })).toEqual({
    ...{ offer: { offerId, version: 2 }, plain: false, price: "12500000" },
    goal: { goal: "20000000", reach: "closing", who: "group" },
  });
  expect(waterfallAsked({ offer: "none", price: "-5", goal: "much", reach: "never", who: ["a", "b"] })).toEqual({
    ...{ offer: null, plain: true, price: "", goal: { goal: "", reach: "all", who: "group" } },
  });
});
