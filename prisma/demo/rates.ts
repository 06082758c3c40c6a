import { readFileSync } from "node:fs";
import path from "node:path";

/** Written into each row, so that nobody takes a made-up rate for a published one. */
export const DEMO_RATE_SOURCE = "demo rate (made up)";

export type DemoRate = { day: string; base: string; quote: string; rate: string };

/** Month-end rates into EUR and USD for the currencies of the demo portfolio: plausible, and made up. */
export function readDemoRates(): DemoRate[] {
  const text = readFileSync(path.join(import.meta.dirname, "fx-rates.csv"), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [day = "", base = "", quote = "", rate = ""] = line.split(",");
      return { day, base, quote, rate };
    });
}
