import { type Actor, mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import type { ImportFileInput, ImportKind } from "../schema";

export const NOW = new Date("2026-04-15T09:00:00Z");
export const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

export const analyst = (ventures: "all" | string[] = "all"): Actor =>
  mintActor({
    id: "018f0000-0000-7000-8000-000000000001",
    ref: "user:018f0000-0000-7000-8000-000000000001",
    name: "Ana Lyst",
    role: "analyst",
    ventures,
    sessionId: null,
    steppedUpAt: null,
  });

let count = 0;

export async function makeVenture(currency = "EUR"): Promise<string> {
  count += 1;
  const venture = await db.venture.create({
    data: {
      slug: `venture-${count}`,
      name: `Venture ${count}`,
      sector: "software",
      businessModel: "saas",
      currency,
      country: "DE",
      timeZone: "Europe/Berlin",
    },
  });
  return venture.id;
}

export const csvFile = (
  ventureId: string,
  kind: ImportKind,
  text: string,
  more: Partial<ImportFileInput> = {},
): ImportFileInput => ({
  ventureId,
  kind,
  fileName: `${kind}.csv`,
  bytes: new TextEncoder().encode(text),
  sourceName: "Finance export",
  asOf: NOW,
  ...more,
});
