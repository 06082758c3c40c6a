import type { CountFormat, Design } from "../schema/design";
import type { ReadCounts } from "./counts";
import { readCsvCounts } from "./read-csv";
import { readGrowthbookCounts, readPosthogCounts } from "./read-export";

const READERS: Readonly<Record<CountFormat, (text: string, design: Design) => ReadCounts>> = {
  csv: readCsvCounts,
  growthbook: readGrowthbookCounts,
  posthog: readPosthogCounts,
};

export const readCounts = (format: CountFormat, text: string, design: Design): ReadCounts =>
  READERS[format](text, design);
