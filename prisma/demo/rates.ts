import { readFileSync } from "node:fs";
import path from "node:path";
import { RATES_SOURCE } from "@/lib/imports/schema";
import type { DemoFile } from "./portfolio";

export const DEMO_RATES_UNTIL = "2026-11-20";

/**
 * Month-end rates into EUR and USD for the currencies of the demo portfolio: plausible, and made up, as each row says, so
 * that nobody takes one for a published rate.
 */
export const demoRatesFile = (): DemoFile => ({
  name: "fx-rates.csv",
  kind: "rates",
  sourceName: RATES_SOURCE,
  bytes: readFileSync(path.join(import.meta.dirname, "fx-rates.csv")),
});
