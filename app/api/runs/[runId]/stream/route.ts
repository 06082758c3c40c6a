import { z } from "zod";
import { runEvents } from "@/lib/agents/queries/run-events";
import { getRun, TERMINAL } from "@/lib/agents/queries/runs";
import { defineRoute } from "@/lib/auth/define-route";

const paramsSchema = z.object({ runId: z.uuid(), after: z.coerce.number().int().nonnegative().default(0) });

/** A run from any place: after the last event that the browser saw, or after `?after=`. */
export const GET = defineRoute({
  permission: "venture:read",
  params: paramsSchema,
  run: async ({ actor, params, request }) => {
    const run = await getRun(actor, params.runId);
    const seen = Number.parseInt(request.headers.get("last-event-id") ?? "", 10);
    const after = Number.isInteger(seen) && seen >= 0 ? seen : params.after;
    // 204 tells an EventSource that there is nothing to come back for.
    if (TERMINAL.includes(run.status) && after >= run.lastSeq) return new Response(null, { status: 204 });
    const stream = runEvents(run.id, after, { seesRefused: actor.role === "analyst" });
    return new Response(stream, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform, private",
        "x-accel-buffering": "no",
      },
    });
  },
});
