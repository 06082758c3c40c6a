import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { person } from "@/lib/decisions/test-support/memos";
import { documentFile } from "@/lib/integrations/document-file";
import { readPdf } from "@/lib/integrations/test-support/read-pdf";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { writeExitDocument } from "./mutations/exit-documents";
import { findComparison, getArtefact, getDocument } from "./queries/artefacts";
import { DOCUMENT_FORMATS } from "./schema";
import { EXIT_DOCUMENTS } from "./schema/exit-documents";

const NOW = new Date();
const ana = person("analyst", "ana");

test("each document is stored with the figures that it quotes, in versions that can be compared", async () => {
  const ventureId = await growingVenture();
  for (const kind of EXIT_DOCUMENTS) {
    const { artefactId, version } = await writeExitDocument(ana, { ventureId, kind }, NOW);
    expect(version).toBe(1);
    const document = await getDocument(ana, artefactId);
    expect(JSON.stringify(document.blocks)).not.toContain('"figure":null');
  }
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const { artefactId, version } = await writeExitDocument(ana, { ventureId, kind: "exit-teaser" }, NOW);
  expect(version).toBe(2);
  expect((await findComparison(ana, artefactId))?.before.version).toBe(1);
  const { figures } = await getArtefact(ana, artefactId);
  expect(Object.values(figures).length).toBeGreaterThan(2);
  const teaser = await getDocument(ana, artefactId);
  for (const format of DOCUMENT_FORMATS) {
    const { name, body } = await documentFile(teaser, format);
    expect(name).toMatch(new RegExp(`^project-[0-9a-f]{4}-exit-teaser-v\\d+\\.${format}$`));
    if (format === "md") expect(String(body)).not.toContain(venture.name);
    if (format === "pdf") {
      const { text, title } = await readPdf(body as Buffer);
      expect(`${text} ${title}`).not.toContain(venture.name);
      expect(text).toContain("Project ");
    }
  }
  const stranger = { ...ana, ventures: [] } as typeof ana;
  await expect(writeExitDocument(stranger, { ventureId, kind: "exit-teaser" }, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
