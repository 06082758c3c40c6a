import { deflateRawSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { approximate } from "@/lib/distribution/rules/exact";
import { answerClassTerms, applyOcf, previewOcf, undoOcf } from "./mutations";
import type { UploadedFile } from "./mutations/upload";
import { getCapTable, listTransactions } from "./queries";
import { holdings } from "./rules/classes";
import { capTableStoredTools } from "./tools";

const analyst = mintActor({
  id: "ana",
  ref: "user:ana",
  name: "Ana",
  role: "analyst",
  ventures: "all",
  sessionId: null,
  steppedUpAt: null,
});
const stranger = mintActor({ ...analyst, id: "eve", ref: "user:eve", ventures: [] });

let ventureId = "";
let made = 0;
beforeEach(async () => {
  made += 1;
  const base = { name: `Cap ${made}`, sector: "Robotics", businessModel: "saas", currency: "EUR", country: "DE" };
  const venture = await db.venture.create({ data: { ...base, slug: `cap-${made}`, timeZone: "Europe/Berlin" } });
  ventureId = venture.id;
});

const json = (name: string, content: object): UploadedFile => ({
  name,
  bytes: new TextEncoder().encode(JSON.stringify(content)),
});
const stock = (id: string, stock_class_id: string, quantity: string) => ({
  object_type: "TX_STOCK_ISSUANCE",
  id: `i-${id}`,
  security_id: id,
  date: "2024-01-31",
  stakeholder_id: "ann",
  stock_class_id,
  share_price: { amount: "1.00", currency: "EUR" },
  quantity,
});

function files(commonShares = "800"): UploadedFile[] {
  const manifest = { file_type: "OCF_MANIFEST_FILE", issuer: { legal_name: "Brook Ltd" }, as_of: "2026-06-30" };
  const items = [
    { object_type: "STAKEHOLDER", id: "ann", name: { legal_name: "Ann" } },
    { object_type: "STOCK_CLASS", id: "com", name: "Common", class_type: "COMMON", seniority: "1" },
    {
      object_type: "STOCK_CLASS",
      id: "a",
      name: "Series A",
      class_type: "PREFERRED",
      seniority: "2",
      liquidation_preference_multiple: "1",
      conversion_rights: [
        { conversion_mechanism: { type: "RATIO_CONVERSION", ratio: { numerator: "1", denominator: "1" } } },
      ],
    },
    { object_type: "TX_MOON_LANDING", id: "m", date: "2024-01-01" },
  ];
  return [
    json("Manifest.ocf.json", manifest),
    json("Objects.ocf.json", { file_type: "OCF_X", items }),
    json("Transactions.ocf.json", {
      file_type: "OCF_X",
      items: [stock("s", "com", commonShares), stock("p", "a", "200")],
    }),
  ];
}

async function preview(given = files()) {
  const outcome = await previewOcf(analyst, { ventureId, sourceName: "Registry", files: given });
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
async function imported(given = files()) {
  const { importId } = await preview(given);
  const outcome = await applyOcf(analyst, importId);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}
async function shares(): Promise<string[]> {
  const { table } = await getCapTable(analyst, ventureId);
  return table ? holdings(table).map(({ classId, quantity }) => `${classId} ${approximate(quantity)}`) : [];
}
const events = async () =>
  (await db.event.findMany({ where: { chain: ventureId }, orderBy: { seq: "asc" } })).map(({ type }) => type);

describe("import", () => {
  test("a preview says what is in the files and changes no position", async () => {
    const found = await preview();
    expect(found).toMatchObject({
      issuerName: "Brook Ltd",
      objects: 6,
      transactions: 2,
      classes: 2,
      alreadyImported: null,
    });
    expect(found.problems.map(({ code }) => code)).toEqual(["unknown-type"]);
    expect(await shares()).toEqual([]);
    expect(await db.importReject.count({ where: { importId: found.importId } })).toBe(1);
  });

  test("applied, the positions are there, with version, file and event", async () => {
    const { importId, packageId, version } = await imported();
    expect(version).toBe(1);
    expect(await shares()).toEqual(["a 200", "com 800"]);
    const stored = await getCapTable(analyst, ventureId);
    expect(stored.package).toMatchObject({ id: packageId, importId, issuerName: "Brook Ltd", asOf: "2026-06-30" });
    expect(await listTransactions(analyst, ventureId)).toMatchObject([
      { date: "2024-01-31", securityId: "p", quantity: "200", place: "Transactions.ocf.json#items[1]" },
      { date: "2024-01-31", securityId: "s" },
      { type: "TX_MOON_LANDING" },
    ]);
    expect(await events()).toEqual(["import.received", "cap-table.imported"]);
  });

  test("the same package again is already imported, in whatever order its files come, and changes nothing", async () => {
    await imported();
    const again = await preview(files().reverse());
    expect(again.alreadyImported).not.toBeNull();
    expect(await applyOcf(analyst, again.importId)).toMatchObject({ ok: false, refusal: "ALREADY_IMPORTED" });
    expect(await db.capTablePackage.count({ where: { ventureId } })).toBe(1);
    expect((await getCapTable(analyst, ventureId)).version).toBe(1);
  });

  test("of two clicks on apply one wins", async () => {
    const { importId } = await preview();
    const outcomes = await Promise.all([applyOcf(analyst, importId), applyOcf(analyst, importId)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.capTablePackage.count({ where: { ventureId } })).toBe(1);
  });

  test("two different packages at once: both land, one after the other, one is current", async () => {
    const [one, other] = [await preview(), await preview(files("900"))];
    const outcomes = await Promise.all([applyOcf(analyst, one.importId), applyOcf(analyst, other.importId)]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await db.capTablePackage.count({ where: { ventureId, supersededAt: null } })).toBe(1);
  });

  test("undone, the one before is the cap table again; a package that was built upon stays", async () => {
    const first = await imported();
    const second = await imported(files("900"));
    expect(await shares()).toEqual(["a 200", "com 900"]);
    expect(await undoOcf(analyst, first.importId, "wrong file")).toMatchObject({ ok: false, refusal: "BUILT_UPON" });
    expect(await undoOcf(analyst, second.importId, "wrong file")).toMatchObject({ ok: true });
    expect(await shares()).toEqual(["a 200", "com 800"]);
    expect(await undoOcf(analyst, second.importId, "again")).toMatchObject({ ok: false, refusal: "NOT_APPLIED" });
    expect(await undoOcf(analyst, first.importId, "all of it")).toMatchObject({ ok: true, value: { restored: null } });
    expect(await shares()).toEqual([]);
    const again = await preview();
    expect(again.alreadyImported).toBeNull();
    expect(await applyOcf(analyst, again.importId)).toMatchObject({ ok: true });
  });

  test("no manifest, no JSON, not one's venture", async () => {
    const upload = (given: UploadedFile[]) => previewOcf(analyst, { ventureId, sourceName: "Registry", files: given });
    expect(await upload(files().slice(1))).toMatchObject({ refusal: "NO_MANIFEST" });
    expect(await upload([{ name: "x.zip", bytes: new Uint8Array([0x50, 0x4b, 3, 4, 0]) }])).toMatchObject({
      refusal: "UNREADABLE_FILE",
    });
    await expect(previewOcf(stranger, { ventureId, sourceName: "x", files: files() })).rejects.toThrow("NOT_FOUND");
    const { importId } = await preview();
    await expect(applyOcf(stranger, importId)).rejects.toThrow("NOT_FOUND");
    await expect(getCapTable(stranger, ventureId)).rejects.toThrow("NOT_FOUND");
  });

  test("a ZIP of the same files is the same package", async () => {
    await imported();
    const again = await preview([{ name: "package.zip", bytes: zip(files()) }]);
    expect(again.alreadyImported).not.toBeNull();
  });
});

describe("what the charter answers", () => {
  const answer = {
    participation: "none" as const,
    capMultiple: null,
    liquidationMultiple: null,
    conversionRatio: null,
  };

  test("positions refuse a waterfall until the question is answered, then give its classes", async () => {
    await imported();
    const [tool] = capTableStoredTools;
    if (!tool) throw new Error("no tool");
    const call = { actor: analyst, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
    const before = await callTool(tool, { ventureId }, call);
    expect(before).toMatchObject({
      ok: true,
      result: { waterfallClasses: null, openQuestions: [{ classId: "a", topic: "participation" }] },
      figures: [{ value: "800", unit: "shares" }, { value: "200" }],
    });
    const given = { ventureId, classId: "a", ...answer, evidence: "Charter, section 2.1" };
    expect(await answerClassTerms(analyst, given)).toEqual({ ok: true, value: { version: 2 } });
    const after = await callTool(tool, { ventureId }, call);
    expect(after).toMatchObject({
      result: {
        openQuestions: [],
        waterfallClasses: [
          { id: "com", kind: "common", shares: 800 },
          { id: "a", kind: "preferred", shares: 200, invested: 200, participation: "none", seniority: 1 },
        ],
      },
    });
    expect((await events()).at(-1)).toBe("cap-table.terms-answered");
    expect(await callTool(tool, { ventureId }, { ...call, actor: null })).toMatchObject({ ok: false });
  });

  test("a class that is not there, or not preferred, is refused", async () => {
    await imported();
    for (const classId of ["com", "z"]) {
      const outcome = await answerClassTerms(analyst, { ventureId, classId, ...answer, evidence: "Charter" });
      expect(outcome).toMatchObject({ ok: false, refusal: "UNKNOWN_CLASS" });
    }
  });
});

/** A minimal archive: local headers, central directory, end record (PKWARE APPNOTE 4.3). */
function zip(entries: readonly UploadedFile[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const data = deflateRawSync(bytes);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt32LE(bytes.length, 22);
    header.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    header.copy(central, 10, 8, 28);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(offset, 42);
    parts.push(header, Buffer.from(name), data);
    directory.push(central, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
