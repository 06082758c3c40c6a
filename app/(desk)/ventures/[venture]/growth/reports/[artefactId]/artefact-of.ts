import { notFound } from "next/navigation";
import { cache } from "react";
import { requirePermission } from "@/lib/auth/session";
import { type ArtefactView, findArtefact } from "@/lib/reports/queries/artefacts";
import { artefactIdSchema } from "@/lib/reports/schema";

/** The stored version that the address names, under the venture that it names; read once for title and page. */
export const artefactOf = cache(async (slug: string, artefactId: string): Promise<ArtefactView> => {
  const actor = await requirePermission("report:read");
  const known = artefactIdSchema.safeParse({ artefactId }).success;
  const artefact = known ? await findArtefact(actor, artefactId) : null;
  if (artefact?.venture.slug !== slug) notFound();
  return artefact;
});
