import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { EXPORT_PERMISSIONS, type MadeExport } from "../schema";

/** Data that leaves the house is noted before the first row does: by whom, which table, under which filter. */
export async function noteExport(actor: Actor, made: MadeExport, now: Date): Promise<void> {
  const { ventureId, table, format, query } = made;
  if (!isPermitted(actor.role, EXPORT_PERMISSIONS[table])) throw new AppError("FORBIDDEN");
  if (ventureId && !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  await db.$transaction((tx) =>
    recordEvent(tx, {
      ...{ ventureId, type: "export.made", actor: actor.ref, subject: `table:${table}`, at: now },
      payload: { table, format, query },
    }),
  );
}
