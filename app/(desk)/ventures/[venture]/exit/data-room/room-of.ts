import { notFound } from "next/navigation";
import { requirePermission } from "@/lib/auth/session";
import { listRooms } from "@/lib/data-room/queries";
import { ventureOf } from "../../venture-of";

/** The venture and its room of this kind of deal, or 404. */
export async function roomOf(params: Promise<{ venture: string; deal: string }>) {
  const actor = await requirePermission("data-room:manage");
  const { venture: slug, deal } = await params;
  const venture = await ventureOf(slug);
  const head = venture ? (await listRooms(actor, venture.id)).find(({ dealType }) => dealType === deal) : undefined;
  if (!venture || !head) notFound();
  return { actor, venture, head, path: `/ventures/${venture.slug}/exit/data-room/${deal}` };
}
