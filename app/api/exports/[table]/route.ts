import { Readable } from "node:stream";
import { ZONE_COOKIE, zoneOf } from "@/components/shell/zone";
import { defineRoute } from "@/lib/auth/define-route";
import { isPermitted } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { AppError } from "@/lib/errors";
import { tableFile } from "@/lib/integrations/table-file";
import { noteMadeExport } from "@/lib/reports/actions";
import { type ExportTable, STORED_TABLES } from "@/lib/reports/queries/exports";
import { EXPORT_PERMISSIONS, type ExportName, exportRequestSchema } from "@/lib/reports/schema";
import { portfolio } from "./portfolio";

const TABLES: Readonly<Record<ExportName, ExportTable>> = { ...STORED_TABLES, portfolio };

/** The zone in which the reader's days begin and end. */
function zoneOfReader(request: Request): string {
  const cookies = request.headers.get("cookie")?.split("; ") ?? [];
  return zoneOf(cookies.find((cookie) => cookie.startsWith(`${ZONE_COOKIE}=`))?.slice(ZONE_COOKIE.length + 1));
}

/** Any table as a file, with the filter and the order of its screen; each table asks for its own permission. */
export const GET = defineRoute({
  permission: "account:self",
  params: exportRequestSchema,
  run: async ({ actor, params: { table, format, ...asked }, request }) => {
    if (!isPermitted(actor.role, EXPORT_PERMISSIONS[table])) throw new AppError("FORBIDDEN");
    const query = TABLES[table].query.safeParse(asked);
    if (!query.success) throw new AppError("INVALID_INPUT", { cause: query.error });
    const now = clock.now();
    const opened = await TABLES[table].open({ actor, now, zone: zoneOfReader(request) }, query.data);
    const noted = await noteMadeExport({ ventureId: opened.ventureId, table, format, query: asked });
    if (!noted.ok) throw new AppError("UNAVAILABLE", { cause: new Error(noted.refusal) });
    const { name, type, body } = tableFile(opened, { table, format, now });
    return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
});
