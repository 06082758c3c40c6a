import "server-only";
import { type Db, db, type Tx } from "@/lib/db";
import { dayIn } from "@/lib/format";

/** The day that it is where the venture is: last days and due dates count by it, for everybody alike. */
export async function roomDay(ventureId: string, now: Date, tx: Db | Tx = db): Promise<string> {
  const { timeZone } = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { timeZone: true } });
  return dayIn(now, timeZone).toString();
}
