import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { refreshSnapshot } from "@/lib/metrics/mutations";
import { makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { raiseMetricAlerts } from "../../mutations/anomalies/metric-alerts";
import { listMetricWatch } from "./metric-watch";

const NOW = new Date("2026-11-22T02:15:00Z");
const DECEMBER = new Date("2026-12-22T02:15:00Z");
const usual = (t: number): number => Math.round(50_000 * 1.01 ** t + (((t * 37) % 19) - 9) * 60);

/** Three years to September 2026, then October. */
async function ventureWith(october: number): Promise<string> {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", { ...months("2023-10", 36, usual), "2026-10": october });
  await refreshSnapshot(ventureId, NOW);
  return ventureId;
}

const look = raiseMetricAlerts;
const standing = (ventureId: string) =>
  db.alert.findMany({ where: { ventureId, kind: "metric-anomaly", clearedAt: null } });

test("an unusual newest month raises one alert, once, and the next usual month clears it", async () => {
  const ventureId = await ventureWith(usual(36) / 2);
  expect((await look(ventureId, NOW)).raised).toEqual(["revenue:low"]);
  expect((await look(ventureId, NOW)).raised).toEqual([]);
  const [alert] = await standing(ventureId);
  expect(alert).toMatchObject({ severity: "warning", title: "Revenue is unusually low" });
  expect(alert?.detail).toContain("Raised by Oct 2026");
  expect(alert?.causeKey).toBe(`metric-anomaly:${ventureId}:revenue:low`);

  await reportMonths(ventureId, "revenue", { "2026-11": usual(37) });
  expect((await look(ventureId, DECEMBER)).cleared).toEqual([alert?.causeKey]);
  expect(await standing(ventureId)).toEqual([]);
});

test("two metrics are two causes, and one of them ends alone", async () => {
  const ventureId = await ventureWith(usual(36) / 2);
  await reportMonths(ventureId, "net_burn", { ...months("2023-10", 36, usual), "2026-10": usual(36) * 2 });
  expect((await look(ventureId, NOW)).raised).toEqual(["revenue:low", "net_burn:high"]);
  await reportMonths(ventureId, "revenue", { "2026-11": usual(37) });
  await look(ventureId, DECEMBER);
  expect((await standing(ventureId)).map(({ title }) => title)).toEqual(["Net burn is unusually high"]);
});

test("a usual month raises none", async () => {
  const ventureId = await ventureWith(usual(36));
  expect(await listMetricWatch(ventureId, NOW)).toMatchObject([{ metric: "revenue", state: "usual" }]);
  expect((await look(ventureId, NOW)).raised).toEqual([]);
});

test("sources that disagree on the newest month are a fault of the data: muted, and what stands goes on standing", async () => {
  const ventureId = await ventureWith(usual(36) / 2);
  await look(ventureId, NOW);
  await reportMonths(ventureId, "revenue", { "2026-10": usual(36) }, "Another");
  expect(await listMetricWatch(ventureId, NOW)).toEqual([]);
  expect((await look(ventureId, NOW)).cleared).toEqual([]);
  expect(await standing(ventureId)).toHaveLength(1);
});

test("a month that is not reported yet is late, not unusual", async () => {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", months("2023-09", 36, usual));
  expect((await look(ventureId, NOW)).raised).toEqual([]);
});

test("nothing stored, nothing said", async () => {
  expect(await look(await makeVenture(), NOW)).toEqual({ raised: [], cleared: [] });
});
