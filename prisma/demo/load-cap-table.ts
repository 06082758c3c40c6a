import type { Actor } from "@/lib/auth/actor";
import { answerClassTerms, applyOcf, previewOcf } from "@/lib/cap-table/mutations";
import { db } from "@/lib/db";
import type { DemoVenture } from "./portfolio";

/** The package through the importer, then the answers that somebody read in the charter. Safe to repeat. */
export async function loadCapTable(analyst: Actor, ventureId: string, demo: DemoVenture): Promise<void> {
  if (!(await db.capTablePackage.findFirst({ where: { ventureId, supersededAt: null } }))) {
    await importPackage(analyst, ventureId, demo);
  }
  for (const { classId, participation, capMultiple, evidence } of demo.terms) {
    if (await db.shareClassTerms.findUnique({ where: { ventureId_classId: { ventureId, classId } } })) continue;
    const silent = { capMultiple: capMultiple ?? null, liquidationMultiple: null, conversionRatio: null };
    const answer = await answerClassTerms(analyst, { ventureId, classId, participation, evidence, ...silent });
    if (!answer.ok) throw new Error(`${demo.script.venture.name}, ${classId}: ${answer.refusal}`);
  }
}

async function importPackage(analyst: Actor, ventureId: string, { capTable, script }: DemoVenture): Promise<void> {
  const files = capTable.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  const preview = await previewOcf(analyst, { ventureId, sourceName: "Open Cap Format", files });
  if (!preview.ok) throw new Error(`${script.venture.name}, cap table: ${preview.refusal}`);
  const { importId, problems } = preview.value;
  if (problems.length > 0) throw new Error(`${script.venture.name}, cap table: ${JSON.stringify(problems)}`);
  const applied = await applyOcf(analyst, importId);
  if (!applied.ok) throw new Error(`${script.venture.name}, cap table: ${applied.refusal}`);
}
