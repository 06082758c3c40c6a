import fc from "fast-check";
import { expect, test } from "vitest";
import { type DriverNode, driverSensitivityInputSchema } from "../../schema";
import { driverSensitivity } from "./driver-tree";

const run = (raw: unknown) => {
  const outcome = driverSensitivity(driverSensitivityInputSchema.parse(raw));
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems)}`);
  return outcome.value;
};

const product: DriverNode = {
  id: "revenue",
  operation: "product",
  children: [
    { id: "customers", value: 100 },
    { id: "arpa", value: "50" },
  ],
};

test("revenue is the sum of the months, and a product moves with each of its factors", () => {
  const result = run({ drivers: product, horizonMonths: 12, valuationMultiple: 5 });
  expect(result.revenue.base).toBe(60000);
  expect(result.valuation).toEqual({ base: 300000 });
  expect(result.drivers).toMatchObject([
    { id: "arpa", rank: 1, revenueDelta: 6000, revenueElasticity: 1, valuationDelta: 30000 },
    { id: "customers", rank: 2, revenueDelta: 6000 },
  ]);
  expect(result.drivers[0]?.path).toEqual([
    { id: "arpa", operation: "driver", base: 50, shocked: 55 },
    { id: "revenue", operation: "product", base: 5000, shocked: 5500 },
  ]);
});

test("a stock compounds: opening × (1 − loss) + inflow, month by month", () => {
  // 1,000 → 950 + 100 = 1,050 → 997.5 + 100 = 1,097.5; with 10 % more loss 1,045 → 1,087.525
  const drivers = {
    id: "mrr",
    operation: "stock",
    opening: 1000,
    inflow: { id: "new", value: 100 },
    lossRate: { id: "churn", value: 0.05 },
  };
  const result = run({ drivers, horizonMonths: 2 });
  expect(result.revenue.byMonth).toEqual([1050, 1097.5]);
  const churn = result.drivers.find((driver) => driver.id === "churn");
  // 1,045 + (1,045 × 0.945 + 100) − (1,050 + 1,097.5)
  expect(churn?.revenueDelta).toBe(-14.975);
  expect(result.valuation).toBeNull();
  expect(result.reasons.valuation).toBe("no-valuation-multiple");
});

test("growth starts in the second month", () => {
  const result = run({ drivers: { id: "revenue", value: 100, monthlyGrowth: 0.1 }, horizonMonths: 3 });
  expect(result.revenue.byMonth).toEqual([100, 110, 121]);
});

test("the signs of arithmetic and the names of others are understood", () => {
  const drivers = {
    name: "r",
    op: "−",
    children: [
      { name: "a", value: 10 },
      { name: "b", value: 4 },
    ],
  };
  expect(run({ drivers, horizonMonths: 1 }).revenue.base).toBe(6);
});

test.each([
  ["a name used twice", { ...product, id: "arpa" }, "drivers.children[1].id"],
  [
    "a quotient of three",
    { id: "q", operation: "quotient", children: [1, 2, 3].map((n) => ({ id: `d${n}`, value: n })) },
    "drivers.children",
  ],
])("%s is refused", (_name, drivers, path) => {
  const outcome = driverSensitivity(driverSensitivityInputSchema.parse({ drivers, horizonMonths: 12 }));
  expect(outcome).toMatchObject({ ok: false, refusal: "INVALID_INPUT", problems: [{ path }] });
});

test("a shock on a driver that is not there is refused by name", () => {
  const outcome = driverSensitivity(
    driverSensitivityInputSchema.parse({ drivers: product, horizonMonths: 1, shocks: { price: 0.2 } }),
  );
  expect(outcome).toMatchObject({ ok: false, problems: [{ path: "shocks.price" }] });
});

test("a division by zero is refused, not infinite", () => {
  const drivers = {
    id: "q",
    operation: "/",
    children: [
      { id: "a", value: 1 },
      { id: "b", value: 0 },
    ],
  };
  const outcome = driverSensitivity(driverSensitivityInputSchema.parse({ drivers, horizonMonths: 1 }));
  expect(outcome).toMatchObject({ ok: false, refusal: "CONTRADICTION" });
});

test("in a sum the parts' changes add up to the change of the whole", () => {
  const parts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 36 }), (values, horizonMonths) => {
      const children = values.map((value, i) => ({ id: `d${i}`, value }));
      const result = run({ drivers: { id: "sum", operation: "sum", children }, horizonMonths });
      const deltas = result.drivers.reduce((sum, driver) => sum + Number(driver.revenueDelta), 0);
      expect(deltas).toBeCloseTo(Number(result.revenue.base) * 0.1, 6);
    }),
  );
});
