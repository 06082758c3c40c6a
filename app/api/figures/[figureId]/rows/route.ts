import { z } from "zod";
import { defineRoute } from "@/lib/auth/define-route";
import { listSourceRows, sourceRowsCsv } from "@/lib/figures/queries";
import { figureIdSchema } from "@/lib/figures/schema";

const paramsSchema = z.object({
  figureId: figureIdSchema,
  source: z.coerce.number().int().min(0).max(50).default(0),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  revision: z.coerce.number().int().positive().optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

/** The stored rows behind a figure: a page of them, or all as a file. */
export const GET = defineRoute({
  permission: "figure:read",
  params: paramsSchema,
  run: async ({ actor, params: { figureId, source, page, revision, format } }) => {
    if (format === "json") return Response.json(await listSourceRows(actor, figureId, { source, page, revision }));
    // The first page is read before the answer begins, so that a refusal is still one.
    const lines = await sourceRowsCsv(actor, figureId, source, revision);
    const headers = {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="figure-${figureId}-${source + 1}.csv"`,
    };
    return new Response(streamOf(lines), { headers });
  },
});

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
