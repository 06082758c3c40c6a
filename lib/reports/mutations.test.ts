import { beforeAll, describe, expect, test } from "vitest";
import { GET } from "@/app/api/artefacts/[artefactId]/[format]/route";
import { type Actor, mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { withActor } from "@/lib/auth/session";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { freezePerformance, writeRecommendations } from "./mutations";
import { storeArtefact } from "./mutations/artefacts";
import { explainContradictions } from "./mutations/contradictions";
import { changeView, dropView, keepView, startWith } from "./mutations/portfolio-views";
import { findComparison, getArtefact, getDocument, listArtefacts } from "./queries/artefacts";
import { listPortfolioChoices } from "./queries/portfolio";

const actor = (role: Role, ventures: "all" | string[] = "all"): Actor =>
  mintActor({ id: role, ref: `user:${role}`, name: role, role, ventures, sessionId: null, steppedUpAt: null });
const chairman = actor("chairman");

let [own, other]: [string, string] = ["", ""];
beforeAll(async () => {
  own = await growingVenture();
  other = await growingVenture();
});

const figureIds = (text: string): string[] => [...new Set(text.match(/[0-9a-f]{16}(?=, revision)/g) ?? [])].sort();

async function download(as: Actor | null, artefactId: string, format: string): Promise<Response> {
  const request = new Request(`http://127.0.0.1/api/artefacts/${artefactId}/${format}`);
  return withActor(as, () => GET(request, { params: Promise.resolve({ artefactId, format }) }));
}

describe("the performance of a venture", () => {
  test("is kept as a version with each figure's revision, and recorded", async () => {
    const now = new Date();
    const first = await freezePerformance(chairman, own, now);
    expect(first.version).toBe(1);
    const view = await getArtefact(chairman, first.artefactId);
    expect(view.kindName).toBe("Performance dashboard");
    const tables = view.blocks.filter((block) => block.kind === "table");
    expect(tables.map(({ caption }) => caption)).toEqual(
      expect.arrayContaining(["Stage metrics", "Recurring revenue", "Efficiency"]),
    );
    const mrr = Object.values(view.figures).find(({ label }) => label.startsWith("MRR"));
    expect(mrr).toMatchObject({ value: "80000", unit: "EUR", stale: null });
    const chart = view.blocks.find((block) => block.kind === "chart");
    const point = chart?.points.findLast(({ value }) => value !== null);
    if (!point?.figure) throw new Error("a point without a figure");
    const opened = await openFigure(chairman, point.figure.id, point.figure.ask, now);
    expect(opened).toMatchObject({ ok: true, value: { id: point.figure.id, value: point.value } });
    const event = await db.event.findFirst({ where: { subject: `artefact:${first.artefactId}` } });
    expect(event).toMatchObject({ type: "artefact.stored", actor: "user:chairman", chain: own });
  });

  test("is the next version the next time, and only of that venture", async () => {
    const again = await freezePerformance(chairman, own, new Date());
    const elsewhere = await freezePerformance(chairman, other, new Date());
    expect([again.version, elsewhere.version]).toEqual([2, 1]);
    const { versions } = await getArtefact(chairman, again.artefactId);
    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  });

  test("two at once are two versions", async () => {
    const both = await Promise.all([1, 2].map(() => freezePerformance(chairman, other, new Date())));
    expect(both.map(({ version }) => version).sort()).toEqual([2, 3]);
  });

  test("of a venture out of sight is not found", async () => {
    await expect(freezePerformance(actor("analyst", [own]), other, new Date())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(writeRecommendations(actor("analyst", [own]), other, new Date())).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("recommendations", () => {
  test("come from the levers of the data, with their figures, and from the initiatives", async () => {
    const day = new Date("2026-11-01T00:00:00Z");
    const plan = {
      ventureId: own,
      lever: "x",
      ownerRole: "Head of growth",
      budgetMinor: 1n,
      currency: "EUR",
      metric: "mrr",
      startsOn: day,
      reviewOn: day,
    };
    await db.initiative.create({
      data: { ...plan, title: "Call [the] customers", status: "running", stopRule: "Nobody answers", createdAt: day },
    });
    const { artefactId } = await writeRecommendations(chairman, own, new Date());
    const { blocks, figures } = await getArtefact(chairman, artefactId);
    const text = JSON.stringify(blocks);
    expect(text).toContain("[[name:small]]");
    expect(text).toContain("[[name:Call  the  customers]]");
    expect(text).toContain("What would disprove it");
    const quoted = text.match(/(?<=\[\[fig:)[0-9a-f]{16}/g) ?? [];
    expect(quoted.length).toBeGreaterThan(4);
    expect(quoted.filter((id) => !figures[id])).toEqual([]);
  });
});

describe("a version beside the one before", () => {
  test("says which figures moved and which words changed", async () => {
    const { artefactId: first } = await freezePerformance(chairman, own, new Date());
    const { row, before } = await db.artefact
      .findUniqueOrThrow({ where: { id: first } })
      .then((found) => ({ row: found, before: found.body as { blocks: object[] } }));
    const refs = row.figures as { id: string; revision: number }[];
    const [moved] = refs;
    if (!moved) throw new Error("nothing quoted");
    const { revision: _revision, ...copied } = await db.figure.findFirstOrThrow({
      where: { id: moved.id },
      orderBy: { revision: "desc" },
    });
    const revision = _revision + 1;
    await db.figure.create({
      data: { ...copied, inputs: copied.inputs ?? {}, sources: copied.sources ?? [], revision, value: "123456" },
    });
    const content = {
      ...{ kind: row.kind, title: row.title, ventureId: own, runId: null },
      body: { model: "rules", blocks: [...before.blocks, { kind: "paragraph", text: "A new sentence." }] },
      figures: refs.map((ref) => (ref.id === moved.id ? { ...ref, revision } : ref)),
    };
    const { id } = await db.$transaction((tx) => storeArtefact(tx, content, new Date()));
    const found = await findComparison(chairman, id);
    expect(found?.before.id).toBe(first);
    expect(found?.comparison.figures.map(({ after }) => [after?.id, after?.value])).toEqual([[moved.id, "123456"]]);
    expect(found?.comparison.passages.filter(({ change }) => change !== "same")).toEqual([
      { change: "new", words: [{ kind: "new", text: "A new sentence." }] },
    ]);
    await db.figure.delete({ where: { id_revision: { id: moved.id, revision } } });
  });

  test("a first version has none", async () => {
    const third = await growingVenture();
    const { artefactId } = await freezePerformance(chairman, third, new Date());
    expect(await findComparison(chairman, artefactId)).toBeNull();
  });
});

describe("downloads", () => {
  test("in three formats name the same figures as the stored version", async () => {
    const { artefactId } = await freezePerformance(chairman, own, new Date());
    const stored = (await getDocument(chairman, artefactId)).figures.map(({ id }) => id).sort();
    expect(stored.length).toBeGreaterThan(10);
    const md = await download(chairman, artefactId, "md");
    expect(md.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(md.headers.get("content-disposition")).toMatch(/filename="northwind-\d+-performance-dashboard-v\d+\.md"/);
    expect(md.headers.get("cache-control")).toBe("private, no-store");
    expect(figureIds(await md.text())).toEqual(stored);
    const pdf = await download(chairman, artefactId, "pdf");
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const again = await download(chairman, artefactId, "pdf");
    expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true);
    const { Workbook } = (await import("exceljs")).default;
    const book = new Workbook();
    await book.xlsx.load(await (await download(chairman, artefactId, "xlsx")).arrayBuffer());
    const ids = book.getWorksheet("Figures")?.getColumn(6).values.slice(2);
    expect([...(ids ?? [])].sort()).toEqual(stored);
  });

  test("wait while a figure was corrected, and once that is explained keep the revision that was quoted", async () => {
    const { artefactId } = await freezePerformance(chairman, own, new Date());
    const before = await (await download(chairman, artefactId, "md")).text();
    const quoted = (await getDocument(chairman, artefactId)).figures[0];
    if (!quoted) throw new Error("nothing quoted");
    const row = await db.figure.findFirstOrThrow({ where: { id: quoted.id }, orderBy: { revision: "desc" } });
    await db.figure.create({
      data: { ...row, inputs: row.inputs ?? {}, sources: row.sources ?? [], revision: row.revision + 1, value: "1" },
    });
    expect((await download(chairman, artefactId, "md")).status).toBe(409);
    const [found] = (await getArtefact(chairman, artefactId)).contradictions;
    const said = { ventureId: own, keys: [found?.key ?? ""], reason: "The correction came after the day" };
    expect(await explainContradictions(chairman, said, new Date())).toMatchObject({ ok: true });
    expect(await explainContradictions(chairman, said, new Date())).toMatchObject({ refusal: "SOLVED" });
    const after = await (await download(chairman, artefactId, "md")).text();
    expect(after).toContain("The correction came after the day");
    const figureLine = new RegExp(`^.*${quoted.id}.*$`, "m");
    expect(figureLine.exec(after)?.[0]).toBe(figureLine.exec(before)?.[0]);
    expect((await getArtefact(chairman, artefactId)).figures[quoted.id]?.stale).toContain("another value");
    await db.figure.delete({ where: { id_revision: { id: row.id, revision: row.revision + 1 } } });
  });

  test("are refused outside the permission, the scope and the formats", async () => {
    const { artefactId } = await freezePerformance(chairman, own, new Date());
    const status = async (as: Actor | null, id: string, format = "md") => (await download(as, id, format)).status;
    expect(await status(null, artefactId)).toBe(401);
    expect(await status(actor("admin"), artefactId)).toBe(403);
    expect(await status(actor("guest", []), artefactId)).toBe(403);
    expect(await status(actor("analyst", [other]), artefactId)).toBe(404);
    expect(await status(chairman, "01900000-0000-7000-8000-0000000000ff")).toBe(404);
    expect(await status(chairman, artefactId, "exe")).toBe(400);
    expect(await status(actor("analyst", [own]), artefactId)).toBe(200);
  });
});

describe("the list", () => {
  test("holds the newest of each kind, of the ventures in sight", async () => {
    const seen = await listArtefacts(actor("analyst", [other]), {}, 50);
    expect(seen.map(({ kind, version }) => [kind, version])).toEqual([["performance-dashboard", 3]]);
    await expect(listArtefacts(actor("analyst", [other]), { ventureId: own }, 5)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(listArtefacts(actor("admin"), {}, 5)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("of one kind holds every version, newest first", async () => {
    const rows = await listArtefacts(chairman, { ventureId: other, kind: "performance-dashboard" }, 50);
    expect(rows.map(({ version }) => version)).toEqual([3, 2, 1]);
  });
});

describe("kept views of the portfolio", () => {
  const now = new Date();
  async function reader(name: string): Promise<Actor> {
    const { id } = await db.user.create({ data: { email: `${name}@views.example`, name, role: "analyst" } });
    return mintActor({ ...actor("analyst"), id, ref: `user:${id}`, name });
  }
  const names = async (as: Actor) =>
    (await listPortfolioChoices(as)).views.map(({ name, own, start }) => ({ name, own, start }));

  test("are kept tidy, one of a name, shared with the house only where their owner says so", async () => {
    const [ana, ben] = [await reader("Ana"), await reader("Ben")];
    const asked = "runway-to=12&page=7&x=1&sort=runway";
    const kept = await keepView(ana, { name: "Short", query: asked, shared: false }, now);
    if (!kept.ok) throw new Error(kept.refusal);
    const { viewId, query } = kept.value;
    expect(query).toBe("runway-to=12&sort=runway");
    const twin = { name: "Short", query: "", shared: false };
    expect(await keepView(ana, twin, now)).toMatchObject({ refusal: "NAME_TAKEN" });
    expect(await keepView(ben, twin, now)).toMatchObject({ ok: true });
    expect(await names(ben)).toEqual([{ name: "Short", own: true, start: false }]);
    const missing = { code: "NOT_FOUND" };
    await expect(startWith(ben, viewId, now)).rejects.toMatchObject(missing);
    await expect(changeView(ben, { viewId, version: 1, shared: true }, now)).rejects.toMatchObject(missing);

    expect(await changeView(ana, { viewId, version: 1, shared: true }, now)).toMatchObject({ value: { version: 2 } });
    const late = changeView(ana, { viewId, version: 1, name: "Other" }, now);
    await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
    await startWith(ben, viewId, now);
    expect(await names(ben)).toEqual([
      { name: "Short", own: true, start: false },
      { name: "Short", own: false, start: true },
    ]);
    // Taken back from the house it is nobody else's start any more; dropped it is nobody's view.
    await changeView(ana, { viewId, version: 2, shared: false }, now);
    expect(await names(ben)).toEqual([{ name: "Short", own: true, start: false }]);
    await startWith(ana, viewId, now);
    expect((await names(ana))[0]).toMatchObject({ start: true });
    await dropView(ben, viewId, now);
    expect(await names(ana)).toHaveLength(1);
    await dropView(ana, viewId, now);
    expect(await names(ana)).toEqual([]);
    const subject = `portfolio-view:${viewId}`;
    const events = await db.event.findMany({ where: { subject }, orderBy: { id: "asc" } });
    expect(events.map(({ type }) => type.split(".")[1])).toEqual([
      ...["kept", "changed", "start-chosen", "changed", "start-chosen", "dropped"],
    ]);
  });
});
