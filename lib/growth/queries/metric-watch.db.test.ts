import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { refreshSnapshot } from "@/lib/metrics/mutations";
import { makeVenture, months, reportMonths } from "@/lib/metrics/test-support/facts";
import { raiseAlerts } from "@/lib/stage/mutations";
import { findMetricAnomalies } from "./metric-watch";

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

const look = async (ventureId: string, now: Date) =>
  raiseAlerts(ventureId, now, await findMetricAnomalies(ventureId, now));
const standing = (ventureId: string) =>
  db.alert.findMany({ where: { ventureId, kind: "metric-anomaly", clearedAt: null } });

test("an unusual newest month raises one alert, once, and the next usual month clears it", async () => {
  const ventureId = await ventureWith(usual(36) / 2);
  expect((await look(ventureId, NOW)).raised).toEqual(["metric-anomaly"]);
  expect((await look(ventureId, NOW)).raised).toEqual([]);
  const [alert] = await standing(ventureId);
  expect(alert).toMatchObject({ severity: "warning", title: "a metric is not as usual" });
  expect(alert?.detail).toContain("Revenue low in 2026-10");

  await reportMonths(ventureId, "revenue", { "2026-11": usual(37) });
  expect((await look(ventureId, DECEMBER)).cleared).toEqual(["metric-anomaly"]);
  expect(await standing(ventureId)).toEqual([]);
});

test("a usual month raises none", async () => {
  const ventureId = await ventureWith(usual(36));
  expect(await findMetricAnomalies(ventureId, NOW)).toEqual([]);
  expect((await look(ventureId, NOW)).raised).not.toContain("metric-anomaly");
});

test("sources that disagree on the newest month are a fault of the data: muted, and what stands goes on standing", async () => {
  const ventureId = await ventureWith(usual(36) / 2);
  await look(ventureId, NOW);
  await reportMonths(ventureId, "revenue", { "2026-10": usual(36) }, "Another");
  expect(await findMetricAnomalies(ventureId, NOW)).toBeNull();
  expect((await look(ventureId, NOW)).cleared).not.toContain("metric-anomaly");
  expect(await standing(ventureId)).toHaveLength(1);
});

test("a month that is not reported yet is late, not unusual", async () => {
  const ventureId = await makeVenture();
  await reportMonths(ventureId, "revenue", months("2023-09", 36, usual));
  expect(await findMetricAnomalies(ventureId, NOW)).toEqual([]);
});

test("nothing stored, nothing said", async () => {
  expect(await findMetricAnomalies(await makeVenture(), NOW)).toBeNull();
});
