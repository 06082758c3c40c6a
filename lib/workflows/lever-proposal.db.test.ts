import { afterAll, expect, test } from "vitest";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { getVentureLevers } from "@/lib/growth/queries/levers/levers";
import { actor } from "@/lib/metrics/test-support/facts";
import { proposeLever } from "./lever-proposal";
import { growingVenture } from "./test-support/growing-venture";
import { disconnectEngineClient } from "./transport";

afterAll(disconnectEngineClient);

const analyst = actor("analyst");

test("a person's lever becomes a memo whose budget and target are its figures", async () => {
  const ventureId = await growingVenture();
  const now = clock.now();
  const { levers, portfolio } = await getVentureLevers(analyst, ventureId, null, now);
  const [first] = levers;
  expect(portfolio?.choice.chosen.map(({ id }) => id)).toContain(first?.lever.id);
  const why = "Small customers leave where large ones stay.";
  const outcome = await proposeLever(analyst, { ventureId, leverId: first?.lever.id ?? "", why }, now);
  expect(outcome).toMatchObject({ ok: true });
  const memo = await db.memo.findFirstOrThrow({ where: { ventureId } });
  expect(memo).toMatchObject({ status: "pending", proposedBy: analyst.ref });
  const { options, recommendation } = memo.content as {
    recommendation: string;
    options: { action: { budgetFigure: string; budgetMinor: string } | null }[];
  };
  expect(recommendation).toBe(why);
  const action = options.find((option) => option.action)?.action;
  expect(action?.budgetFigure).toBe(first?.figures.cost.id);
  expect(Number(action?.budgetMinor) / 100).toBeCloseTo(Number(first?.figures.cost.value), 2);
  expect(await db.figure.count({ where: { id: first?.figures.effectLow.id } })).toBe(1);
});

test("a number in the words is refused at the field, and nothing is proposed", async () => {
  const ventureId = await growingVenture();
  const now = clock.now();
  const { levers } = await getVentureLevers(analyst, ventureId, null, now);
  const leverId = levers[0]?.lever.id ?? "";
  const outcome = await proposeLever(analyst, { ventureId, leverId, why: "It brings 90,000 a year." }, now);
  expect(outcome).toMatchObject({ ok: false, refusal: "INVALID_INPUT", problems: [{ path: "why" }] });
  expect(await proposeLever(analyst, { ventureId, leverId: "nothing", why: "Because." }, now)).toMatchObject({
    refusal: "NOT_FOUND",
  });
  expect(await db.memo.count({ where: { ventureId } })).toBe(0);
});

test("who may not draft may not propose, and a venture out of sight does not exist", async () => {
  const ventureId = await growingVenture();
  const now = clock.now();
  const leverId = (await getVentureLevers(analyst, ventureId, null, now)).levers[0]?.lever.id ?? "";
  const input = { ventureId, leverId, why: "Small customers leave." };
  await expect(proposeLever(actor("chairman"), input, now)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(proposeLever(actor("analyst", []), input, now)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
