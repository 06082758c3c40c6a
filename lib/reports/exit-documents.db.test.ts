import { expect, test } from "vitest";
import { person } from "@/lib/decisions/test-support/memos";
import { growingVenture } from "@/lib/workflows/test-support/growing-venture";
import { writeExitDocument } from "./mutations/exit-documents";
import { findComparison, getArtefact, getDocument } from "./queries/artefacts";
import { EXIT_DOCUMENTS } from "./schema/exit-documents";

const NOW = new Date();
const ana = person("analyst", "ana");

test("each document is stored with the figures that it quotes, in versions that can be compared", async () => {
  const ventureId = await growingVenture();
  for (const kind of EXIT_DOCUMENTS) {
    const first = await writeExitDocument(ana, { ventureId, kind }, NOW);
    const second = await writeExitDocument(ana, { ventureId, kind }, NOW);
    expect([first.version, second.version]).toEqual([1, 2]);
    const document = await getDocument(ana, second.artefactId);
    expect(JSON.stringify(document.blocks)).not.toContain('"figure":null');
    expect((await findComparison(ana, second.artefactId))?.before.version).toBe(1);
  }
  const { artefactId } = await writeExitDocument(ana, { ventureId, kind: "exit-teaser" }, NOW);
  const { figures } = await getArtefact(ana, artefactId);
  expect(Object.values(figures).length).toBeGreaterThan(2);
  const stranger = { ...ana, ventures: [] } as typeof ana;
  await expect(writeExitDocument(stranger, { ventureId, kind: "exit-teaser" }, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
