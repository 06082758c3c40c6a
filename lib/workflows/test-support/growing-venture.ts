import { endOfMonth, startOfMonth, today } from "@internationalized/date";
import { db } from "@/lib/db";
import { bump, makeSource, months, reportMonths, type Sold, sell } from "@/lib/metrics/test-support/facts";

/** A venture whose facts hold one lever that is worth its cost. Two of them differ in nothing but their ids. */

const TIME_ZONE = "Europe/Berlin";
// Everything is told from today, so that the last twelve months are never empty.
const month = (before: number) => startOfMonth(today(TIME_ZONE)).subtract({ months: before });
const named = (before: number): string => month(before).toString().slice(0, 7);

const SEGMENTS = ["large", "small"];
const LEFT = new Set(["small-0", "small-1", "small-2", "small-3"]);
const customers = SEGMENTS.flatMap((segment) =>
  Array.from({ length: 6 }, (_, index) => ({ segment, id: `${segment}-${index}` })),
);

let made = 0;

/** Six customers per segment at 10,000 a month; four of the small ones left half a year ago. Ten heads at 1,000. */
export async function growingVenture(): Promise<string> {
  made += 1;
  const { id: ventureId } = await db.venture.create({
    data: {
      ...{
        slug: `northwind-${String(made).padStart(4, "0")}`,
        name: "Northwind",
        sector: "Software",
        businessModel: "saas",
      },
      ...{ currency: "EUR", country: "DE", timeZone: TIME_ZONE, stage: "active" },
      settings: { create: { profile: "balanced", autonomy: "assisted" } },
    },
  });
  await sellTo(ventureId);
  const monthly = (metric: string, value: number, currency: string | null = "EUR") =>
    reportMonths(
      ventureId,
      metric,
      months(named(24), 24, () => value),
      "Accounts",
      currency,
    );
  await monthly("revenue", 100_000);
  await monthly("cost_of_revenue", 25_000);
  await monthly("operating_expenses", 10_000);
  await monthly("headcount", 10, null);
  return ventureId;
}

async function sellTo(ventureId: string): Promise<void> {
  const sourceId = await makeSource(ventureId, "CRM");
  const at = new Date(`${month(0)}T00:00:00Z`);
  const facts = { ventureId, sourceId, asOf: at, recordedAt: at, recordedBy: "user:analyst" };
  await db.customer.createMany({
    data: customers.map(({ id, segment }) => ({ ...facts, externalId: id, name: id, segment })),
  });
  await bump(ventureId, "customers");
  const start = month(22).toString();
  const end = endOfMonth(month(7)).toString();
  await sell(
    ventureId,
    customers.map(
      ({ id }): Sold => ({ id: `s-${id}`, customer: id, start, end: LEFT.has(id) ? end : null, minor: 1_000_000 }),
    ),
  );
}
