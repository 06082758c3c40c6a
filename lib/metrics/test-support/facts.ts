import { mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";

/** People and facts for the database tests of metrics and figures. */
export const actor = (role: Role, ventures: "all" | string[] = "all") =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });

let made = 0;

export async function makeVenture(currency = "EUR"): Promise<string> {
  made += 1;
  const { id } = await db.venture.create({
    data: {
      slug: `venture-${made}`,
      name: `Venture ${made}`,
      sector: "Software",
      businessModel: "saas",
      currency,
      country: "DE",
      timeZone: "Europe/Berlin",
      stage: "active",
    },
  });
  return id;
}

export async function makeSource(ventureId: string, name: string): Promise<string> {
  const key = { ventureId_name: { ventureId, name } };
  const { id } = await db.dataSource.upsert({ where: key, create: { ventureId, name, kind: "import" }, update: {} });
  return id;
}

const AS_OF = new Date("2026-11-20T00:00:00Z");

type Values = Readonly<Record<string, number | string>>;

/** Monthly values by first day of the month. */
export async function reportMonths(
  ventureId: string,
  metric: string,
  values: Values,
  source = "Accounts",
  currency: string | null = "EUR",
) {
  const sourceId = await makeSource(ventureId, source);
  await db.metricPoint.createMany({
    data: Object.entries(values).map(([month, value]) => ({
      ...{
        ventureId,
        metric,
        sourceId,
        currency,
        grain: "month",
        value: String(value),
        asOf: AS_OF,
        recordedAt: AS_OF,
      },
      basis: "actual" as const,
      periodStart: new Date(`${month}-01T00:00:00Z`),
      recordedBy: "user:analyst",
    })),
  });
  await bump(ventureId, `metric:${metric}`);
}

/** "2025-01" to "2026-10" and so on, each with the value that `of` gives its position. */
export function months(
  from: string,
  count: number,
  of: (index: number) => number | string,
): Record<string, number | string> {
  const [year = 0, month = 1] = from.split("-").map(Number);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const position = year * 12 + month - 1 + index;
      return [`${Math.floor(position / 12)}-${String((position % 12) + 1).padStart(2, "0")}`, of(index)];
    }),
  );
}

export type Sold = {
  id: string;
  customer: string;
  start: string;
  end?: string | null;
  minor: number;
  interval?: "month" | "quarter" | "year";
  quantity?: number;
  currency?: string;
};

export async function sell(ventureId: string, rows: readonly Sold[], source = "Billing") {
  const sourceId = await makeSource(ventureId, source);
  await db.subscription.createMany({
    data: rows.map(({ id, customer, start, end, minor, interval = "month", quantity = 1, currency = "EUR" }) => ({
      ...{ ventureId, sourceId, currency, interval, quantity, asOf: AS_OF, recordedAt: AS_OF },
      externalId: id,
      customerExternalId: customer,
      startOn: new Date(`${start}T00:00:00Z`),
      endOn: end ? new Date(`${end}T00:00:00Z`) : null,
      amountMinor: BigInt(minor),
      recordedBy: "user:analyst",
    })),
  });
  await bump(ventureId, "subscriptions");
}

export async function bump(ventureId: string, dataset: string) {
  await db.datasetVersion.upsert({
    where: { ventureId_dataset: { ventureId, dataset } },
    create: { ventureId, dataset, version: 1, changedAt: AS_OF },
    update: { version: { increment: 1 } },
  });
}
