import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { getRoomHead } from "../queries";
import { type ManifestLine, manifestOf, type Placed } from "../rules/manifest";

/** Every live document of a room at its newest version, with its place in the index. */
export async function listHoldings(tx: Db | Tx, roomId: string): Promise<(Placed & { versionId: string })[]> {
  const [sections, rows] = await Promise.all([
    tx.roomSection.findMany({ where: { roomId } }),
    tx.roomDocument.findMany({
      where: { roomId, removedAt: null },
      include: { item: true, versions: { orderBy: { number: "desc" }, take: 1 } },
    }),
  ]);
  const titles = new Map(sections.map(({ number, title }) => [number, title]));
  return rows.flatMap(({ id, title, item, ordinal, versions }) => {
    const [newest] = versions;
    if (!newest) return [];
    const { number: version, hash, sizeBytes, type, fileName } = newest;
    const place = item
      ? {
          ...{ section: item.section, sectionTitle: titles.get(item.section) ?? "", number: item.number },
          ...{ itemTitle: item.title, ordinal: ordinal ?? 0 },
        }
      : null;
    return [
      {
        documentId: id,
        versionId: newest.id,
        title,
        version,
        hash,
        sizeBytes: Number(sizeBytes),
        type,
        fileName,
        place,
      },
    ];
  });
}

export async function getManifest(actor: Actor, roomId: string): Promise<ManifestLine[]> {
  await getRoomHead(actor, roomId);
  return manifestOf(await listHoldings(db, roomId));
}
