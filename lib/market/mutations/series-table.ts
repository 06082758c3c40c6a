import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { ok, type Result } from "@/lib/errors";
import { readServerTable } from "@/lib/imports/mutations/fetch";
import { csvOf } from "@/lib/imports/queries/file";
import type { SeriesTable } from "../schema/series";

type Refusal = "SERVER_FAILED" | "NO_ROWS" | "UNREADABLE_FILE" | "TOO_MANY_ROWS";

/** The text of a workbook, or of what a server's tool answers; nothing is kept yet. */
export async function readTable(
  actor: Actor,
  input: SeriesTable,
): Promise<Result<{ fileName: string | null; csv: string }, Refusal>> {
  if (input.from === "workbook") {
    const read = await csvOf(Buffer.from(input.base64, "base64"));
    return read.ok ? ok({ fileName: null, csv: read.value }) : read;
  }
  const read = await readServerTable(actor, { ventureId: null, serverId: input.serverId, tool: input.tool });
  return read.ok ? ok({ fileName: `${read.value.server}: ${input.tool}`, csv: read.value.table }) : read;
}
