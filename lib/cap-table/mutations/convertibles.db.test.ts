import { beforeEach, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { applyOcf, previewOcf } from "../mutations";
import { findCapTableView, getCapTable } from "../queries";
import { convertibleTermsSchema } from "../schema";
import { capTableStoredTools } from "../tools";
import { answerConvertible } from "./convertibles";

const analyst = mintActor({
  ...{ id: "ana", ref: "user:ana", name: "Ana", role: "analyst", ventures: "all", sessionId: null, steppedUpAt: null },
});
const stranger = mintActor({ ...analyst, id: "eve", ref: "user:eve", ventures: [] });
const CSV = "Holder,Kind,Shares,Invested,Date\nAnn,common,8000000,,2024-01-01\nFund,note,,1000000,2025-01-01\n";

let ventureId = "";
let made = 0;
beforeEach(async () => {
  made += 1;
  const base = { name: `Simple ${made}`, sector: "Robotics", businessModel: "saas", currency: "EUR", country: "DE" };
  const data = { ...base, slug: `simple-${made}`, timeZone: "Europe/Berlin" };
  ventureId = (await db.venture.create({ data })).id;
});

const upload = (text = CSV) => {
  const files = [{ name: "holdings.csv", bytes: new TextEncoder().encode(text) }];
  return previewOcf(analyst, { ventureId, sourceName: "By hand", files });
};
async function load() {
  const preview = await upload();
  if (!preview.ok) throw new Error(preview.refusal);
  const applied = await applyOcf(analyst, preview.value.importId);
  if (!applied.ok) throw new Error(applied.refusal);
  return preview.value;
}
const positions = () => {
  const [tool] = capTableStoredTools;
  if (!tool) throw new Error("no tool");
  return callTool(tool, { ventureId }, { actor: analyst, now: new Date("2026-01-01T12:00:00Z") } as never);
};
const terms = (more: object = {}) =>
  convertibleTermsSchema.parse({
    ...{ ventureId, securityId: "row 3", kind: "note", onExit: "better", interestRatio: "0.06", evidence: "note, 4" },
    ...more,
  });

test("a CSV of holdings is previewed, kept as it came, applied, and is the cap table", async () => {
  const preview = await load();
  expect(preview).toMatchObject({
    issuerName: `Simple ${made}`,
    asOf: "2025-01-01",
    holders: 2,
    classes: 1,
    problems: [],
  });
  const row = await db.import.findUniqueOrThrow({ where: { id: preview.importId }, include: { file: true } });
  expect(Buffer.from(row.file.bytes).toString()).toContain("Fund,note,,1000000");
  expect((await upload()).ok && (await upload())).toMatchObject({
    value: { alreadyImported: { importId: preview.importId } },
  });
  expect((await findCapTableView(analyst, ventureId))?.convertibles).toMatchObject([
    { id: "row 3", label: "NOTE of Fund", amount: "1000000", currency: "EUR", terms: null },
  ]);
});

test("a note stops the split by name until its terms are given, and each answer is on record", async () => {
  await load();
  expect(await positions()).toMatchObject({
    ok: true,
    result: { waterfallClasses: null, reasons: { waterfallClasses: expect.stringContaining("NOTE of Fund") } },
  });
  const { version } = await getCapTable(analyst, ventureId);
  expect(await answerConvertible(analyst, terms())).toEqual({ ok: true, value: { version: version + 1 } });
  expect(await positions()).toMatchObject({
    result: {
      waterfallClasses: [
        { kind: "common", shares: 8_000_000 },
        { kind: "note", principal: 1_000_000, accruedInterest: 60_000, shares: 0 },
      ],
    },
  });
  await answerConvertible(analyst, terms({ valuationCap: "8000000", maturesOn: "2027-01-01" }));
  expect((await getCapTable(analyst, ventureId)).convertibles.get("row 3")).toEqual({
    ...{ securityId: "row 3", kind: "note", valuationCap: "8000000", discountRatio: null, mostFavoured: false },
    ...{ interestRatio: "0.06", interestFrom: null, maturesOn: "2027-01-01", onExit: "better", premiumRatio: null },
    evidence: "note, 4",
  });
  const events = await db.event.findMany({ where: { chain: ventureId, type: "cap-table.convertible-answered" } });
  expect(events.map(({ payload }) => (payload as { before: unknown }).before === null).sort()).toEqual([false, true]);
});

test("terms of a security that is none, or of a venture that one may not see, are refused", async () => {
  await load();
  expect(await answerConvertible(analyst, terms({ securityId: "row 2" }))).toMatchObject({
    refusal: "UNKNOWN_SECURITY",
  });
  await expect(answerConvertible(stranger, terms())).rejects.toMatchObject({ code: "NOT_FOUND" });
  for (const wrong of [{ discountRatio: "1" }, { valuationCap: "0" }, { kind: "safe" }, { premiumRatio: "-1" }]) {
    expect(convertibleTermsSchema.safeParse({ ...terms(), ...wrong }).success).toBe(false);
  }
});
