import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { getRoomHead } from "../queries";

export type FindingLine = {
  id: string;
  version: number;
  section: number;
  title: string;
  detail: string;
  severity: string;
  priceEffectMinor: string | null;
  currency: string;
  status: string;
  resolution: string | null;
  foundBy: string;
  foundAt: string;
  document: { id: string; title: string } | null;
};

export async function listFindings(actor: Actor, roomId: string): Promise<FindingLine[]> {
  await getRoomHead(actor, roomId);
  const rows = await db.roomFinding.findMany({
    where: { roomId },
    orderBy: { foundAt: "desc" },
    include: { document: { select: { id: true, title: true } } },
  });
  const people = await namesByRef(
    db,
    rows.map(({ foundBy }) => foundBy),
  );
  return rows.map(
    ({
      id,
      version,
      section,
      title,
      detail,
      severity,
      priceEffectMinor,
      currency,
      status,
      resolution,
      foundBy,
      foundAt,
      document,
    }) => ({
      ...{ id, version, section, title, detail, severity, currency, status, resolution, document },
      ...{
        priceEffectMinor: priceEffectMinor?.toString() ?? null,
        foundBy: people.get(foundBy) ?? foundBy,
        foundAt: foundAt.toISOString(),
      },
    }),
  );
}
