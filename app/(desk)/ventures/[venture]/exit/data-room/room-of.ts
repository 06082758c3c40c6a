import { notFound } from "next/navigation";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listRooms } from "@/lib/data-room/queries";
import { dayIn } from "@/lib/format";
import { ventureOf } from "../../venture-of";

/** The venture and its room of this kind of deal, and the day that it is there; or 404. */
export async function roomOf(params: Promise<{ venture: string; deal: string }>) {
  const actor = await requirePermission("data-room:manage");
  const { venture: slug, deal } = await params;
  const venture = await ventureOf(slug);
  const head = venture ? (await listRooms(actor, venture.id)).find(({ dealType }) => dealType === deal) : undefined;
  if (!venture || !head) notFound();
  const now = clock.now();
  const today = dayIn(now, venture.timeZone).toString();
  return { venture, head, now, today, path: `/ventures/${venture.slug}/exit/data-room/${deal}` };
}
