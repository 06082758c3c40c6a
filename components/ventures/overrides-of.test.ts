import { expect, test } from "vitest";
import { configureVentureSchema, overridesSchema } from "@/lib/ventures/schema";
import { overridesOf } from "./overrides-of";

function formOf(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test("an empty field leaves the profile's value", () => {
  expect(overridesOf(formOf({ escrow: "", growthBudgetCap: "  ", strategyReview: "" }))).toEqual({});
});

test.each([
  ["minimumValuation", "5 000 000", 5_000_000],
  ["minimumValuation", "12,500,000", 12_500_000],
  ["escrow", "12.5", 12.5],
  ["escrow", "12,5", 12.5],
  ["earnOutPeriod", "0", 0],
])("%s %j is %d", (key, typed, value) => {
  const overrides = overridesOf(formOf({ [key]: typed }));
  expect(overrides).toEqual({ [key]: value });
  expect(overridesSchema.safeParse(overrides).success).toBe(true);
});

test.each([
  ["escrow", "21", "Escrow: from 5 to 20 % of proceeds"],
  ["escrow", "a fifth", "Escrow: from 5 to 20 % of proceeds"],
  ["strategyReview", "daily", "Strategy review: one of monthly, quarterly, semi-annually, annually"],
])("%s %j is refused with its range at its field", (key, typed, message) => {
  const change = {
    ventureId: "01900000-0000-7000-8000-000000000001",
    version: 1,
    profile: "balanced",
    overrides: overridesOf(formOf({ [key]: typed })),
  };
  const issues = configureVentureSchema.safeParse(change).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[`overrides.${key}`, message]]);
});
